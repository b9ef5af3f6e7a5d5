"""Which page may stand where, and what each writes about itself when it is saved."""

from typing import Any

import pytest
from factories import LISTS, MODELS, MadeSite, make_output
from wagtail.models import Page

from contactpoint.home.models import HomePage, StandardPage
from contactpoint.outputs.models import Output, Publication
from contactpoint.outputs.models.lists import LISTS as BY_KIND

HOMES: dict[str, Any] = {model.KIND: model for model in LISTS}


@pytest.mark.parametrize("kind", MODELS)
def test_an_item_stands_in_its_own_list_alone(kind: str) -> None:
    model = MODELS[kind]
    parents = [page.__name__ for page in model.clean_parent_page_models()]
    assert parents == [HOMES[kind].__name__]
    assert model.clean_subpage_models() == []
    assert [page.__name__ for page in HOMES[kind].clean_subpage_models()] == [model.__name__]


@pytest.mark.parametrize("model", LISTS)
def test_a_list_stands_under_the_front_page_once(model: Any, site: MadeSite) -> None:
    assert model.clean_parent_page_models() == [HomePage]
    assert not model.can_create_at(site.homes["en"])
    assert BY_KIND[model.KIND][0] == model.SLUG


def test_the_front_page_stands_at_the_root_and_standard_pages_in_each_other() -> None:
    assert HomePage.clean_parent_page_models() == [Page]
    assert set(StandardPage.clean_parent_page_models()) == {HomePage, StandardPage}
    assert StandardPage.clean_subpage_models() == [StandardPage]


def test_nobody_creates_a_bare_output(site: MadeSite) -> None:
    assert not Output.can_create_at(site.lists["en"]["news"])


@pytest.mark.parametrize("kind", MODELS)
def test_each_model_says_its_kind_and_renders_its_own_template(kind: str, site: MadeSite) -> None:
    page = make_output(site, kind)
    assert Output.objects.get(pk=page.pk).kind == kind
    assert page.template == f"outputs/{kind.replace('-', '_')}.html"


def test_a_page_added_by_an_editor_is_found_by_its_words(site: MadeSite) -> None:
    page = Publication(
        title="L'Été à Liège",
        slug="ete",
        teaser="Über “Straße”",
        body=[("paragraph", "<p>caf&eacute; <b>bold</b></p>"), ("heading", "Kop")],
    )
    site.lists["en"]["publications"].add_child(instance=page)
    words = Output.objects.get(pk=page.pk).words
    assert words == " l ete a liege | uber strasse cafe bold kop"
    page.title = "Winter"
    page.save()
    assert Output.objects.get(pk=page.pk).words.startswith(" winter |")


def test_words_are_no_part_of_a_revision(site: MadeSite) -> None:
    page = make_output(site, title="One")
    assert "words" not in page.save_revision().content
    page.get_latest_revision().publish()
    assert Output.objects.get(pk=page.pk).words.startswith(" one |")


def test_a_copy_for_another_language_has_words_of_its_own(site: MadeSite) -> None:
    page = make_output(site, title="Reception centres")
    copy = page.copy_for_translation(site.homes["fr"].locale)
    assert Output.objects.get(pk=copy.pk).words.startswith(" reception centres |")
