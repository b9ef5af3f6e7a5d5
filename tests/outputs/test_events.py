"""What an event tells: when by whose clock, in which languages, its programme, what came of it."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from editing import rows, sign_in
from factories import MadeSite, make_output
from wagtail.models import Collection, CollectionViewRestriction, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from contactpoint.media.models import CustomDocument
from contactpoint.outputs.facts import facts
from contactpoint.outputs.models import Event
from contactpoint.outputs.relations import About
from contactpoint.outputs.synchronising import synchronise_facts
from contactpoint.search import sources

START = datetime.datetime(2027, 3, 9, 12, 0, tzinfo=datetime.UTC)
SESSIONS = (
    {"id": "a", "starts": "09:00:00", "ends": "10:30:00", "title": "Opening", "day": "2027-03-09"},
    {"id": "b", "starts": "11:00:00", "ends": None, "title": "Words", "day": "2027-03-10"},
)


def sessions(*given: dict[str, Any]) -> list[dict[str, Any]]:
    """A programme as it is stored."""
    empty = {"day": None, "starts": None, "ends": None, "speakers": "", "text": "", "slides": None}
    return [
        {
            "type": "session",
            "id": one["id"],
            "value": empty | {name: value for name, value in one.items() if name != "id"},
        }
        for one in given
    ]


def make(site: MadeSite, **fields: Any) -> Any:
    return make_output(site, "event", **{"slug": "words", "starts_at": START, **fields})


def shown(page: Any) -> dict[str, list[str]]:
    return {fact.label: [value.text for value in fact.values] for fact in facts(page, About())}


def test_hours_are_those_of_the_events_own_clock(site: MadeSite) -> None:
    page = make(site, time_zone="Europe/Helsinki", ends_at=START + datetime.timedelta(hours=2))
    found = shown(page)
    assert found["When"] == ["9 March 2027, 14:00–16:00"]
    assert found["Time zone"] == ["Helsinki, UTC+2"]
    page.time_zone = "Asia/Kolkata"
    assert shown(page)["Time zone"] == ["Kolkata, UTC+5:30"]
    page.time_zone = "UTC"
    assert shown(page)["Time zone"] == ["UTC"]


def test_languages_places_and_accessibility_stand_in_the_margin(site: MadeSite) -> None:
    page = make(
        site,
        online=True,
        place="Brussels",
        capacity=80,
        accessibility="No steps.",
        languages=[
            ("language", {"language": "en", "how": "spoken"}),
            ("language", {"language": "fr", "how": "interpreted"}),
            ("language", {"language": "vgt", "how": "interpreted"}),
        ],
    )
    found = shown(page)
    assert found["Where"] == ["Brussels, and online"]
    assert found["Languages"] == [
        "English",
        "French (interpreted)",
        "Flemish Sign Language (interpreted)",
    ]
    assert found["Places"] == ["80"]
    assert found["Accessibility"] == ["No steps."]


def test_the_programme_stands_by_day_with_who_speaks(site: MadeSite, client: Client) -> None:
    first, second = SESSIONS
    spoken = first | {"speakers": "Fedasil\n\nA researcher of KU Leuven <b>", "text": "Why."}
    make(site, programme=sessions(spoken, second))
    page = client.get("/en/events/words/")
    days = page.context["programme"]
    assert [day.day for day in days] == [datetime.date(2027, 3, 9), datetime.date(2027, 3, 10)]
    assert days[0].sessions[0].speakers == ["Fedasil", "A researcher of KU Leuven <b>"]
    assert [day.sessions[0].hours for day in days] == ["09:00–10:30", "11:00"]
    text = page.content.decode()
    assert "KU Leuven &lt;b&gt;" in text
    assert "Tuesday, 9 March 2027" in text


def test_what_is_called_off_says_so_wherever_it_is_shown(site: MadeSite, client: Client) -> None:
    make(site, title="A day of words", called_off=True)
    make(site, title="Another day", slug="another")
    for url in ("/en/events/", "/en/events/words/"):
        assert client.get(url).content.decode().count(">Called off<") == 1
    feed = client.get("/en/events/feed.atom").content.decode()
    assert "<title>Called off: A day of words</title>" in feed
    assert "<title>Another day</title>" in feed
    file = client.get("/en/events/words/event.ics").content.decode()
    assert "STATUS:CANCELLED" in file
    assert "STATUS:CONFIRMED" in client.get("/en/events/another/event.ics").content.decode()


def test_slides_in_a_closed_collection_are_shown_to_nobody(site: MadeSite, client: Client) -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    names = {}
    for name in ("open", "closed"):
        file = ContentFile(b"x", name=f"{name}.zip")
        names[name] = CustomDocument.objects.create(title=name, file=file)
    names["closed"].collection = closed
    names["closed"].save()
    first, second = SESSIONS
    make(
        site,
        programme=sessions(
            first | {"slides": names["open"].pk}, second | {"slides": names["closed"].pk}
        ),
    )
    text = client.get("/en/events/words/").content.decode()
    assert names["open"].url in text
    assert names["closed"].url not in text
    assert text.count(">Slides<") == 1


def test_what_came_of_it_is_shown_in_the_readers_language_and_only_if_public(
    site: MadeSite, client: Client
) -> None:
    film = make_output(site, "video", title="The film")
    make_output(site, "video", title="Le film", language="fr", translation_of=film)
    draft = make_output(site, "publication", title="A draft", live=False)
    french = make(
        site,
        language="fr",
        outcomes=[
            ("outcome", {"kind": "recording", "page": film, "url": ""}),
            ("outcome", {"kind": "report", "page": draft, "url": ""}),
            ("outcome", {"kind": "photos", "page": None, "url": "https://photos.example.org/1/"}),
        ],
    )
    found = client.get(f"/fr/events/{french.slug}/").context["outcomes"]
    assert [outcome.title for outcome in found] == ["Le film", "photos.example.org/1"]
    assert found[0].url.startswith("/fr/videos/")


@pytest.mark.parametrize("by_hand", [True, False])
def test_hours_of_sessions_follow_the_source_and_words_stay(
    site: MadeSite, by_hand: bool, django_capture_on_commit_callbacks: Any
) -> None:
    page = make(site, programme=sessions(*SESSIONS))
    if by_hand:
        make(
            site,
            language="nl",
            translation_of=page,
            programme=sessions(*(one | {"title": "Woorden"} for one in SESSIONS)),
        )
    else:
        with django_capture_on_commit_callbacks(execute=True):
            translate_object(page, [site.homes["nl"].locale])
        source = TranslationSource.objects.get_for_instance(page)
        for segment in StringSegment.objects.filter(
            source=source, context__path__startswith="programme"
        ):
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=site.homes["nl"].locale,
                context_id=segment.context_id,
                data="Woorden",
            )
        source.translations.get().save_target()
    page = Event.objects.get(pk=page.pk)
    moved = SESSIONS[0] | {"starts": "08:00:00", "title": "Renamed"}
    page.programme = sessions(moved, SESSIONS[1], SESSIONS[1] | {"id": "c"})
    page.save()
    assert synchronise_facts(page) == 1
    assert synchronise_facts(page) == 0
    dutch = Event.objects.get(locale__language_code="nl")
    assert [block.value["title"] for block in dutch.programme] == ["Woorden", "Woorden"]
    assert dutch.programme[0].value["starts"] == datetime.time(8)
    if not by_hand:
        TranslationSource.objects.get().translations.get().save_target()
        dutch = Event.objects.get(locale__language_code="nl")
        assert dutch.programme[0].value["starts"] == datetime.time(8), "the frozen copy was renewed"


def test_the_programme_is_found_by_the_search(site: MadeSite) -> None:
    page = make(site, programme=sessions(SESSIONS[0] | {"speakers": "Eurostat"}))
    (document,) = sources.documents([f"output:{page.translation_key}"])
    assert "Opening" in document.versions[0].text
    assert "Eurostat" in document.versions[0].text
    assert "09:00" not in document.versions[0].text


def posted(page: Any, **fields: Any) -> dict[str, Any]:
    """What the form sends, with what is wanted changed."""
    data = {
        "title": page.title, "slug": page.slug, "teaser": "", "body-count": "0",
        "seo_title": "", "search_description": "", "time_zone": "Europe/Helsinki",
        "starts_at": "2027-03-09 14:00", "ends_at": "2027-03-09 16:00", "place": "",
        "languages-count": "0", "programme-count": "0", "outcomes-count": "0",
        "accessibility": "", "waiting_list": "on", "explains_terms": "on",
    }  # fmt: skip
    for name in (
        "theme_links", "classifications", "institution_links", "country_links",
        "related_links", "family_links", "files", "comments",
    ):  # fmt: skip
        data |= rows(name, [])
    return data | fields


def test_an_editor_writes_and_reads_hours_by_the_events_clock(
    site: MadeSite, client: Client
) -> None:
    page = make(site)
    sign_in(client)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    fields = {"registration_closes_at": "2027-03-01 12:00", "action-publish": "1"}
    assert client.post(url, posted(page, **fields)).status_code == 302
    page = Page.objects.get(pk=page.pk).specific
    helsinki = ZoneInfo("Europe/Helsinki")
    assert page.starts_at == datetime.datetime(2027, 3, 9, 14, tzinfo=helsinki)
    assert page.registration_closes_at == datetime.datetime(2027, 3, 1, 12, tzinfo=helsinki)
    form = client.get(url).content.decode()
    assert 'value="2027-03-09 14:00"' in form
    assert client.post(url, posted(page, **fields)).status_code == 302
    assert Page.objects.get(pk=page.pk).specific.starts_at == page.starts_at, "nothing drifts"


def test_an_hour_that_the_portals_clock_has_twice_is_one_elsewhere(
    site: MadeSite, client: Client
) -> None:
    page = make(site)
    sign_in(client)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    fields = {"time_zone": "Asia/Tokyo", "action-publish": "1"}
    fields |= {"starts_at": "2026-10-25 02:30", "ends_at": "2026-10-25 04:00"}
    assert client.post(url, posted(page, **fields)).status_code == 302
    page = Page.objects.get(pk=page.pk).specific
    assert page.starts_at == datetime.datetime(2026, 10, 24, 17, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"starts_at": "2027-03-28 03:30", "ends_at": ""}, "starts_at"),  # left out in Helsinki
        ({"starts_at": "2027-10-31 03:30", "ends_at": ""}, "starts_at"),  # there twice
        ({"takes_registrations": "on", "starts_at": "", "ends_at": ""}, "starts_at"),
        ({"registration_closes_at": "2027-03-12 14:00"}, "registration_closes_at"),
        (
            {"takes_registrations": "on", "registration_url": "https://forms.example.org/"},
            "registration_url",
        ),
        ({"capacity": "0"}, "capacity"),
        ({"ends_at": "2027-03-09 13:00"}, "ends_at"),
    ],
)
def test_the_form_refuses_what_nobody_can_keep_to(
    site: MadeSite, client: Client, fields: dict[str, str], name: str
) -> None:
    page = make(site)
    sign_in(client)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(url, posted(page, **fields, **{"action-publish": "1"}))
    assert answer.status_code == 200
    assert name in answer.context["form"].errors


def test_the_hours_of_a_session_are_in_order_and_an_outcome_leads_to_one_place() -> None:
    session = Event._meta.get_field("programme").stream_block.child_blocks["session"]
    outcome = Event._meta.get_field("outcomes").stream_block.child_blocks["outcome"]
    hours = {"starts": datetime.time(10), "ends": datetime.time(9)}
    for block, value, name in (
        (session, {"title": "x", **hours}, "ends"),
        (outcome, {"kind": "report", "url": ""}, "page"),
    ):
        with pytest.raises(Exception) as caught:  # noqa: PT011 — Wagtail's, of the block
            block.clean(block.to_python(block.get_prep_value(block.normalize(value))))
        assert name in caught.value.block_errors


def test_an_item_of_an_event_with_all_of_it_stays_near_the_budget(
    site: MadeSite, client: Client, django_assert_max_num_queries: Any
) -> None:
    film = make_output(site, "video", title="The film")
    make(
        site,
        programme=sessions(*SESSIONS),
        starts_at=timezone.now() + datetime.timedelta(days=3),
        takes_registrations=True,
        capacity=3,
        outcomes=[("outcome", {"kind": "recording", "page": film, "url": ""})],
    )
    client.get("/en/events/words/")
    with django_assert_max_num_queries(12):
        assert client.get("/en/events/words/").status_code == 200


def test_a_translation_shows_facts_of_the_event_and_takes_only_words(
    site: MadeSite, client: Client
) -> None:
    languages = [("language", {"language": "vgt", "how": "interpreted"})]
    page = make(site, languages=languages, join_url="https://meet.example/1")
    french = make(site, language="fr", translation_of=page, place="Bruxelles")
    synchronise_facts(page)
    sign_in(client)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[french.pk])).content.decode()
    assert 'name="place"' in form
    assert "Flemish Sign Language" in form
    for name in ("starts_at", "capacity", "join_url", "languages-count", "outcomes-count"):
        assert f'name="{name}"' not in form
