"""Translations keep the rules of the desk: who begins them, who publishes them, and when."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from editing import sign_in
from factories import MadeSite, make_institution
from people import person
from translating import fresh
from wagtail.models import Page
from wagtail_localize.models import Translation

from contactpoint.outputs.models import Output, OutputInstitution


def _start(client: Client, page: Output, language: str = "fr") -> Any:
    return client.post(reverse("languages_start"), {"page": page.pk, "language": language})


def test_a_translator_begins_a_translation_and_works_on_it(
    site: MadeSite, dutch: Output, committed: Any
) -> None:
    _user, client = person("Translators")
    answer = committed(_start, client, dutch)
    made = Translation.objects.get().get_target_instance()
    assert answer["Location"] == reverse("languages_beside", args=[made.pk])
    segments = client.get(answer["Location"]).context["segments"]
    committed(client.post, answer["Location"], {f"text-{segments[0].pk}": "Accueil"})
    assert client.get(answer["Location"]).context["done"] == 1
    committed(client.post, answer["Location"], {"publish": "1"})
    assert not fresh(made).live
    submit = reverse("wagtail_localize:submit_page_translation", args=[dutch.pk])
    assert client.get(submit).status_code == 200
    changes = reverse("languages_changes", args=[dutch.pk])
    assert client.get(changes)["Location"] == "/admin/"


@pytest.mark.parametrize("role", ["Contributors", "Glossary editors"])
def test_who_neither_edits_nor_translates_begins_nothing(
    site: MadeSite, dutch: Output, role: str
) -> None:
    _user, client = person(role)
    assert _start(client, dutch)["Location"] == "/admin/"
    assert not Translation.objects.exists()


def test_nobody_begins_a_translation_of_what_holds_the_portal(site: MadeSite, db: None) -> None:
    client = Client()
    sign_in(client)
    root = Page.objects.get(depth=1)
    language = next(code for code in ("fr", "nl") if code != root.locale.language_code)
    answer = client.post(reverse("languages_start"), {"page": root.pk, "language": language})
    assert answer["Location"] == "/admin/"


def test_bringing_translations_up_to_date_publishes_none_that_one_may_not_publish(
    site: MadeSite, by_segment: Translation, committed: Any
) -> None:
    page = by_segment.get_target_instance()
    address = reverse("wagtail_localize:update_translations", args=[by_segment.source_id])
    before = fresh(page).live_revision_id
    _user, translator = person("Translators")
    assert translator.get(address).status_code == 200
    committed(translator.post, address, {"publish_translations": "on"})
    assert fresh(page).live_revision_id == before
    agency = make_institution("agency")
    agency.two_pairs_of_eyes = True
    agency.save()
    OutputInstitution.objects.create(page=page, institution=agency, role="publisher")
    _user, editor = person("Editors")
    committed(editor.post, address, {"publish_translations": "on"})
    assert fresh(page).live_revision_id == before
    page.institution_links.all().delete()
    committed(editor.post, address, {"publish_translations": "on"})
    assert fresh(page).live_revision_id != before


def test_a_translation_under_embargo_goes_live_when_that_ends_and_says_so(
    site: MadeSite, dutch: Output, committed: Any
) -> None:
    ends = timezone.now().replace(microsecond=0) + timedelta(days=2)
    Output.objects.filter(pk=dutch.pk).update(live=False, embargo_until=ends)
    _user, client = person("Editors")
    address = committed(_start, client, fresh(dutch))["Location"]
    made = Translation.objects.get().get_target_instance()
    committed(client.post, address, {"publish": "1"})
    assert not fresh(made).live
    assert fresh(made).scheduled_revision.approved_go_live_at == ends
    assert "It goes live at the time that is set." in client.get(address).content.decode()
