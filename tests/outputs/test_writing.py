"""A form of an item as somebody writes in it: where it begins, how days are read, what is twice."""

import datetime
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from editing import rows, sign_in, stream
from factories import MadeSite, make_output
from people import person
from wagtail.models import Page
from wagtail.users.models import UserProfile

from contactpoint.outputs.models import Output

KINDS = ("news-item", "publication", "event", "video", "vacancy", "development")
RELATIONS = (
    *("theme_links", "classifications", "institution_links", "country_links", "family_links"),
    *("related_links", "files", "comments"),
)


def _posted(**given: Any) -> dict[str, str]:
    """A form with a title and no rows but those given, by relation."""
    data = {"title": "Words", "slug": "words", "teaser": "", "published_on": "", "source_url": ""}
    data |= stream("body", "")
    for name in RELATIONS:
        data |= rows(name, given.pop(name, []))
    return data | {"series": "", **given}


def _new(client: Client, site: MadeSite, model: str = "newsitem", place: str = "news") -> Any:
    parent = site.lists["en"][place]
    return client.get(reverse("wagtailadmin_pages:add", args=["outputs", model, parent.pk]))


def test_a_new_item_begins_with_its_title_and_is_dated_today(
    client: Client, site: MadeSite
) -> None:
    sign_in(client)
    form = _new(client, site).context["form"]
    assert "autofocus" in str(form["title"])
    assert form["published_on"].value() == timezone.localdate()


def test_an_item_without_a_day_keeps_none(client: Client, site: MadeSite) -> None:
    sign_in(client)
    page = make_output(site, published_on=None)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    assert form["published_on"].value() is None
    assert "autofocus" not in str(form["title"])


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_the_day_comes_before_the_month(language: str) -> None:
    with translation.override(language):
        day = forms.DateField().clean("03/04/2026")
        moment = forms.DateTimeField().clean("03/04/2026 09:30")
    assert day == datetime.date(2026, 4, 3)
    assert timezone.localtime(moment).replace(tzinfo=None) == datetime.datetime(2026, 4, 3, 9, 30)


@pytest.mark.parametrize("typed", ["2026-04-03", "3/4/2026", "3.4.2026", "3-4-2026", "3 Apr 2026"])
def test_an_english_editor_may_write_a_day_in_any_way_of_the_network(typed: str) -> None:
    with translation.override("en"):
        assert forms.DateField().clean(typed) == datetime.date(2026, 4, 3)


@pytest.mark.parametrize(
    ("model", "place", "special"),
    [("event", "events", "starts_at"), ("vacancy", "vacancies", "closes_on"),
     ("development", "chronicle", "effective_on"), ("publication", "publications",
     "publication_type"), ("video", "videos", "recording")],
)  # fmt: skip
def test_what_only_a_kind_has_stands_before_the_text(
    client: Client, site: MadeSite, model: str, place: str, special: str
) -> None:
    sign_in(client)
    page = _new(client, site, model, place).content.decode()
    assert (
        page.index("id_teaser")
        < page.index(f'name="{special}"')
        < page.index('data-contentpath="body"')
    )


def test_the_end_of_a_tab_leads_on(client: Client, site: MadeSite) -> None:
    sign_in(client)
    page = _new(client, site).content.decode()
    for tab in ("tab-about", "tab-checklist"):
        assert f'id="{tab}"' in page
        assert f'data-w-tabs-id-param="{tab}"' in page


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_the_end_of_a_tab_leads_on_in_every_language(
    client: Client, site: MadeSite, language: str
) -> None:
    user = sign_in(client)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    page = _new(client, site).content.decode()
    targets = [part.split('"')[0] for part in page.split('data-w-tabs-id-param="')[1:]]
    assert targets == ["tab-about", "tab-checklist"]
    assert all(f'id="{target}"' in page for target in targets)


def test_rows_that_a_draft_saved_meanwhile_are_not_written_again(
    client: Client, site: MadeSite
) -> None:
    sign_in(client)
    page = make_output(site, live=False, themes=["asylum"], concepts=["reception"])
    page.save_revision()
    theme, concept = page.theme_links.get().theme, page.classifications.get().concept
    data = _posted(
        theme_links=[{"theme": theme.pk}],
        classifications=[{"concept": concept.pk, "keyword": ""}],
        **{"action-publish": "1"},
    )
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert answer.status_code == 302
    written = Output.objects.get(pk=page.pk)
    assert written.live
    assert written.theme_links.count() == written.classifications.count() == 1


def test_a_draft_that_is_saved_late_takes_nothing_off_the_site(site: MadeSite) -> None:
    page = make_output(site, live=False)
    page.save_revision()
    stale = page.get_latest_revision_as_object()
    Page.objects.get(pk=page.pk).specific.save_revision().publish()
    form_class = type(page).get_edit_handler().get_form_class()
    form = form_class(_posted(title="Later words"), instance=stale)
    assert form.is_valid(), form.errors
    form.save(commit=True).save_revision()
    written = Output.objects.get(pk=page.pk)
    assert written.live
    assert written.has_unpublished_changes
    assert written.first_published_at is not None
    assert written.title != "Later words"
    assert written.get_latest_revision_as_object().title == "Later words"


def test_a_title_that_was_there_before_gets_an_address_of_its_own(
    client: Client, site: MadeSite
) -> None:
    """Also for a draft that saves itself, again and again; what is public keeps its address."""
    sign_in(client)
    public = make_output(site, title="Words", slug="words")
    parent = site.lists["en"]["news"].pk
    add = reverse("wagtailadmin_pages:add", args=["outputs", "newsitem", parent])
    saved = client.post(add, _posted(), headers={"accept": "application/json"})
    assert saved.status_code == 200, saved.content
    draft = Output.objects.get(pk=saved.json()["pk"])
    assert draft.slug == "words-2"
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert client.post(edit, _posted(title="Words again")).status_code == 302
    written = Page.objects.get(pk=draft.pk)
    assert (written.draft_title, written.slug) == ("Words again", "words-2")
    other = make_output(site, title="Other", slug="other")
    edit = reverse("wagtailadmin_pages:edit", args=[other.pk])
    answer = client.post(edit, _posted(**{"action-publish": "1"}))
    assert "slug" in answer.context["form"].errors
    assert Page.objects.get(pk=public.pk).slug == "words"


@pytest.mark.parametrize(
    "typed",
    ["https://doi.org/10.2838/45693", "http://dx.doi.org/10.2838/45693", "DOI: 10.2838/45693"],
)
def test_a_doi_may_be_pasted_as_it_is_copied(site: MadeSite, typed: str) -> None:
    page: Any = make_output(site, "publication")
    form_class = type(page).get_edit_handler().get_form_class()
    form = form_class({"doi": typed}, instance=page)
    assert form.fields["doi"].clean(typed) == "10.2838/45693"


def test_versions_are_compared_in_words_by_the_events_clock(client: Client, site: MadeSite) -> None:
    user = sign_in(client)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "fr"})
    starts = datetime.datetime(2027, 3, 9, 12, tzinfo=datetime.UTC)
    page: Any = make_output(site, "event", starts_at=starts, time_zone="Europe/Helsinki")
    first = page.save_revision()
    page.starts_at += datetime.timedelta(hours=1)
    page.takes_registrations = True
    second = page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    shown = client.get(address).content.decode()
    assert 'deletion">09/03/2027 14:00</span> <span class="addition">09/03/2027 15:00' in shown
    assert 'deletion">Non</span> <span class="addition">Oui</span>' in shown
    assert "+00:00" not in shown


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Désolé"), ("nl", "je hebt geen toegang"), ("de", "Sie haben leider keinen Zugang")],
)
def test_a_refusal_is_said_in_the_language_of_the_person(
    site: MadeSite, language: str, said: str
) -> None:
    user, client = person("Translators")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    page = make_output(site)
    client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert said in client.get(reverse("wagtailadmin_home")).content.decode()
