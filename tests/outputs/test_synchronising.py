"""What is true in every language is edited once: on the source, for every kind of output."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from editing import sign_in
from factories import (
    MODELS,
    MadeSite,
    make_concept,
    make_country,
    make_family,
    make_institution,
    make_output,
    make_site,
    make_theme,
)
from wagtail.models import Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from contactpoint.media.models import CustomDocument, Recording
from contactpoint.outputs.models import (
    Classification,
    Event,
    FamilyLink,
    Output,
    OutputCountry,
    OutputFile,
    OutputInstitution,
    OutputTheme,
    Publication,
    Video,
)
from contactpoint.outputs.sources import source_of
from contactpoint.outputs.synchronising import facts, synchronise_facts

pytestmark = pytest.mark.django_db
OTHERS = ("fr", "nl", "de")
Committed = Callable[..., Any]


@pytest.fixture
def site() -> MadeSite:
    return make_site(standard=False)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Committed:
    """Calls a function and then what it left for the end of its transaction."""

    def call(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return function(*args, **kwargs)

    return call


def _document(name: str) -> CustomDocument:
    return CustomDocument.objects.create(title=name, file=ContentFile(b"x", name=f"{name}.zip"))


def _source(site: MadeSite, kind: str) -> Output:
    """An item of a kind with every child row and every fact it can have."""
    day, moment = datetime.date(2021, 3, 17), timezone.now().replace(microsecond=0)
    own: dict[str, dict[str, Any]] = {
        "publication": {
            "publication_type": "emn-inform",
            "authors": "Duprez, Aline; Maes, Wout",
            "covers_from": day,
            "covers_until": day,
            "doi": "10.2838/45693",
        },
        "event": {
            "starts_at": moment,
            "whole_day": True,
            "called_off": True,
            "online": True,
            "place": "Brussels",
            "time_zone": "Europe/Helsinki",
            "takes_registrations": True,
            "capacity": 9,
            "join_url": "https://meet.example/1",
            "registration_closes_at": moment,
            "languages": [("language", {"language": "fr", "how": "interpreted"})],
            "outcomes": [
                ("outcome", {"kind": "photos", "page": None, "url": "https://p.example/"})
            ],
        },
        "vacancy": {"closes_on": day},
        "development": {"effective_on": day, "legal_reference": "Act of 15 December 1980"},
    }
    page = make_output(
        site, kind, title=f"A {kind}", text="Some text.", themes=["asylum", "reception"],
        concepts=["housing", "return"], institutions=["cgrs", "fedasil"], countries=["BE", "FR"],
        related=[make_output(site, title="Beside")], published_on=day, series="EMN studies",
        source_url="https://emn.example/1", **own.get(kind, {}),
    )  # fmt: skip
    Classification.objects.create(
        page=page, keyword="asiel?", source="imported", resolves_to="unknown", confidence=0.0,
        language="nl", reason="unknown", sort_order=2,
    )  # fmt: skip
    for order, name in enumerate(("one", "two")):
        OutputFile.objects.create(page=page, document=_document(name), sort_order=order)
    if isinstance(page, Video):
        page.recording = Recording.objects.create(
            title="Film", type="video", file=ContentFile(b"x", name="film.mp4"), duration=1
        )
        page.save()
    return _fresh(page)


def _fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def _translations(page: Page) -> dict[str, Any]:
    return {
        other.locale.language_code: other.specific
        for other in page.get_translations().select_related("locale")
    }


def _edit(page: Output) -> None:
    """Add, remove and reorder child rows, and change dates, as the edit form does."""
    page.published_on = datetime.date(2022, 1, 2)
    page.series = ""
    page.theme_links = [
        OutputTheme(theme=make_theme("integration"), sort_order=0),
        OutputTheme(theme=make_theme("asylum"), sort_order=1),
    ]
    page.classifications = [
        Classification(concept=make_concept("return"), sort_order=0),
        Classification(concept=make_concept("visa"), source="suggested", sort_order=1),
        Classification(concept=make_concept("housing"), keyword="logement", sort_order=2),
    ]
    page.institution_links = [
        OutputInstitution(institution=make_institution("fedasil"), role="author", sort_order=0)
    ]
    page.country_links = [
        OutputCountry(country=make_country(code), sort_order=order)
        for order, code in enumerate(("FR", "LU", "BE"))
    ]
    page.related_links = []
    page.family_links = [FamilyLink(family=make_family("pathways"), part="inform", sort_order=0)]
    page.files = [OutputFile(document=_document("three"), sort_order=0)]
    if isinstance(page, Publication):
        page.publication_type = "thematic-study"
        page.authors = page.doi = ""
        page.covers_until = datetime.date(2023, 4, 5)
    if isinstance(page, Event):
        page.capacity, page.waiting_list = 12, False
        page.languages = [("language", {"language": "vgt", "how": "interpreted"})]
        page.outcomes = []


def _type(source: TranslationSource, language: str, path: str, text: str) -> None:
    """What a translator types for one string."""
    segment = StringSegment.objects.get(source=source, context__path=path)
    locale = Translation.objects.get(source=source, target_locale__language_code=language)
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale=locale.target_locale,
        context=TranslationContext.objects.get(pk=segment.context_id),
        defaults={"data": text},
    )


@pytest.mark.parametrize("kind", MODELS)
def test_facts_of_every_kind_follow_the_source_through_wagtail_localize(
    site: MadeSite, kind: str, committed: Committed
) -> None:
    page = _source(site, kind)
    locales = [site.homes[code].locale for code in OTHERS]
    committed(translate_object, page, locales)
    source = TranslationSource.objects.get_for_instance(page)
    made = _translations(page)
    assert set(made) == set(OTHERS)
    assert all(facts(other) == facts(page) for other in made.values())
    _type(source, "nl", "title", "Een titel")
    _type(source, "nl", "teaser", "Een inleiding")
    translation = Translation.objects.get(source=source, target_locale__language_code="nl")
    committed(translation.save_target)

    _edit(page)
    committed(page.save_revision().publish)
    page = _fresh(page)
    source.refresh_from_db()
    source.update_from_db()
    for translation in source.translations.all():
        committed(translation.save_target)
    for language, other in _translations(page).items():
        assert facts(other) == facts(page), language
    dutch = _translations(page)["nl"]
    assert (dutch.title, dutch.teaser) == ("Een titel", "Een inleiding")
    assert [link.theme.slug for link in dutch.theme_links.all()] == ["integration", "asylum"]
    assert dutch.live


@pytest.mark.parametrize("kind", MODELS)
def test_publishing_the_source_is_enough(site: MadeSite, kind: str, committed: Committed) -> None:
    page = _source(site, kind)
    committed(translate_object, page, [site.homes["nl"].locale])
    source = TranslationSource.objects.get_for_instance(page)
    _type(source, "nl", "title", "Een titel")
    committed(source.translations.get().save_target)
    _edit(page)
    page.title = "Another title"
    committed(page.save_revision().publish)
    page = _fresh(page)
    dutch = _translations(page)["nl"]
    assert facts(dutch) == facts(page)
    assert dutch.title == "Een titel"
    committed(source.translations.get().save_target)
    assert facts(_translations(page)["nl"]) == facts(page), "the frozen copy had old facts"
    assert _translations(page)["nl"].title == "Een titel", "text was sent on by nobody"


@pytest.mark.parametrize("kind", MODELS)
def test_translations_made_by_hand_follow_too(
    site: MadeSite, kind: str, committed: Committed
) -> None:
    page = _source(site, kind)
    french = make_output(
        site, kind, title="Un titre", language="fr", translation_of=page, text="Du texte."
    )
    assert synchronise_facts(page) == 1
    assert facts(_fresh(french)) == facts(page)
    assert synchronise_facts(page) == 0
    revisions = _fresh(french).revisions.count()
    assert synchronise_facts(page) == 0
    assert _fresh(french).revisions.count() == revisions
    _edit(page)
    committed(page.save_revision().publish)
    french = _fresh(french)
    assert facts(french) == facts(_fresh(page))
    assert (french.title, french.teaser) == ("Un titre", "What Un titre says.")
    assert "Du texte." in str(french.body)
    assert facts(french.get_latest_revision_as_object()) == facts(french)


def test_a_draft_of_a_translation_gets_the_facts_and_stays_a_draft(
    site: MadeSite, committed: Committed
) -> None:
    page = _source(site, "news-item")
    french = make_output(site, title="Un titre", language="fr", translation_of=page)
    french.title = "Un meilleur titre"
    french.save_revision()
    german = make_output(site, title="Ein Titel", language="de", translation_of=page, live=False)
    german.save_revision()
    assert synchronise_facts(page) == 2
    french, german = _fresh(french), _fresh(german)
    assert (french.title, french.live, french.has_unpublished_changes) == ("Un titre", True, True)
    draft = french.get_latest_revision_as_object()
    assert (draft.title, facts(draft)) == ("Un meilleur titre", facts(page))
    assert facts(french) == facts(page)
    assert not german.live
    assert facts(german.get_latest_revision_as_object()) == facts(page)


def test_a_translation_that_is_published_with_facts_of_its_own_is_put_right(
    site: MadeSite, committed: Committed
) -> None:
    page = _source(site, "news-item")
    french = make_output(site, title="Un titre", language="fr", translation_of=page)
    french.published_on = datetime.date(1999, 1, 1)
    committed(french.save_revision().publish)
    assert facts(_fresh(french)) == facts(page)


def test_a_film_in_another_language_stays(site: MadeSite) -> None:
    page = _source(site, "video")
    film = Recording.objects.create(
        title="Film NL", type="video", file=ContentFile(b"x", name="nl.mp4"), duration=1
    )
    dutch = make_output(site, "video", language="nl", translation_of=page, recording=film)
    french = make_output(site, "video", language="fr", translation_of=page)
    synchronise_facts(page)
    assert _fresh(dutch).recording == film
    assert _fresh(french).recording == page.recording


def test_the_source_is_what_was_submitted_else_english_else_the_oldest(
    site: MadeSite, committed: Committed
) -> None:
    dutch = make_output(site, language="nl")
    french = make_output(site, language="fr", translation_of=dutch)
    assert source_of(french).pk == dutch.pk
    english = make_output(site, language="en", translation_of=dutch)
    assert source_of(french).pk == english.pk
    committed(translate_object, _fresh(french), [site.homes["de"].locale])
    assert {source_of(page).pk for page in (dutch, english, french)} == {french.pk}
    assert synchronise_facts(_fresh(english)) == 0


def test_facts_are_read_only_on_a_translation_and_lead_to_the_source(
    client: Client, site: MadeSite
) -> None:
    page = _source(site, "publication")
    french = make_output(site, "publication", title="Un titre", language="fr", translation_of=page)
    synchronise_facts(page)
    sign_in(client)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[french.pk])).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown
    assert 'name="teaser"' in shown
    for name in ("published_on", "theme_links-TOTAL_FORMS", "publication_type", "suggested"):
        assert f'name="{name}"' not in shown
    assert "EMN inform" in shown
    assert "17 March 2021" in shown
    source_form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'name="published_on"' in source_form
    assert 'name="theme_links-TOTAL_FORMS"' in source_form
    data = {
        "title": "Un autre titre", "slug": french.slug, "teaser": "", "body-count": "0",
        "seo_title": "", "search_description": "", "published_on": "1999-01-01",
    }  # fmt: skip
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[french.pk]), data)
    assert answer.status_code == 302
    draft = _fresh(french).get_latest_revision_as_object()
    assert draft.title == "Un autre titre"
    assert facts(draft) == facts(page)
