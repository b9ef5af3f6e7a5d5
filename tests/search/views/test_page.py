"""The search page: words and concepts across languages, each thing once, with reasons."""

import logging
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import MadeSite, make_concept, make_output, make_theme

from contactpoint.glossary.deciding import learn
from contactpoint.glossary.models import Concept
from contactpoint.search.engines import engine

BUDGET = 8
COUNTING = 7
"""What it takes to count a question, the savepoint and the time to wait for it among it."""


@pytest.fixture
def concepts(site: MadeSite) -> None:
    make_concept("migration", en="migration", nl="migratie")
    make_concept("asylum", broader=["migration"], en="asylum", nl="asiel", fr="asile", de="Asyl")
    make_concept("housing", en="housing", nl="huisvesting", fr="logement")


@pytest.fixture
def visas(site: MadeSite, fill) -> None:
    make_theme("borders", en="Borders")
    make_theme("labour", en="Labour")
    make_output(site, title="Visa one", themes=["borders"], published_on="2019-05-05")
    make_output(
        site,
        "publication",
        title="Visa two",
        themes=["borders", "labour"],
        countries=["BE"],
        published_on="2020-05-05",
    )
    make_output(site, "video", title="Visa three", themes=["labour"], published_on="2021-05-05")
    fill()


def titles(client: Client, query: str, language: str = "en", **more) -> list[str]:
    answer = client.get(f"/{language}/search/", {"q": query, **more})
    assert answer.status_code == 200
    return [line.result.title_text for line in answer.context["results"]]


def options(client: Client, **asked) -> dict[tuple[str, str], object]:
    """The choices of the page by the end of their id, such as `theme-borders`."""
    context = client.get("/en/search/", asked).context
    return {
        option.id.removeprefix("choice-"): option
        for group in context["groups"]
        for option in (*group.shown, *group.more)
    }


def query_of(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query)


# --- what is found ---


def test_all_words_must_stand_in_title_teaser_or_text(client: Client, site: MadeSite, fill) -> None:
    make_output(site, title="Annual report", teaser="On reception", text="with many figures")
    make_output(site, title="Annual dinner", teaser="On reception")
    fill()
    assert titles(client, "report figures reception") == ["Annual report"]
    assert titles(client, "report reception dinner") == []


@pytest.mark.parametrize("query", ["RECEPTION", "réception", "  reception  ", "“réception”"])
def test_case_and_accents_do_not_matter(client: Client, site: MadeSite, fill, query: str) -> None:
    make_output(site, title="La Réception", teaser="")
    fill()
    assert titles(client, query) == ["La Réception"]


def test_marks_of_the_text_are_not_found(client: Client, site: MadeSite, fill) -> None:
    make_output(site, title="One", text='a <b>bold</b> <a href="https://example.org">word</a>')
    fill()
    assert titles(client, "bold word") == ["One"]
    assert titles(client, "href") == []
    assert titles(client, "paragraph") == []


def test_small_words_do_not_stand_in_the_way(client: Client, site: MadeSite, fill) -> None:
    make_output(site, title="Reception in Belgium")
    fill()
    assert titles(client, "the reception of Belgium") == ["Reception in Belgium"]


def test_a_word_that_an_editor_mapped_finds_what_its_concept_finds(
    client: Client, site: MadeSite, concepts: None, fill
) -> None:
    make_output(site, title="A roof", concepts=["housing"])
    learn(Concept.objects.get(slug="housing"), ["onderdak"], "nl")
    fill()
    answer = client.get("/en/search/?q=Onderdak&kind=news-item")
    (line,) = answer.context["results"]
    assert line.result.title_text == "A roof"
    assert any("Onderdak" in reason and "housing" in reason for reason in line.result.reasons)


def test_a_dutch_word_finds_an_english_item_and_says_why(
    client: Client, site: MadeSite, concepts: None, fill
) -> None:
    make_output(site, title="How people are received", concepts=["asylum"])
    make_output(site, title="Something else", concepts=["housing"])
    fill()
    answer = client.get("/en/search/?q=asiel&kind=news-item")
    (line,) = answer.context["results"]
    assert line.result.title_text == "How people are received"
    assert any("asiel" in reason and "asylum" in reason for reason in line.result.reasons)
    (one,) = answer.context["recognised"]
    assert (one.chip.token, one.words, one.spoken) == ("asylum", "asiel", "Dutch")


def test_a_broader_concept_finds_what_is_narrower_on_request(
    client: Client, site: MadeSite, concepts: None, fill
) -> None:
    make_output(site, title="How people are received", teaser="", concepts=["asylum"])
    fill()
    assert "How people are received" not in titles(client, "migratie")
    answer = client.get("/en/search/?q=migratie")
    assert answer.context["narrower"]["count"] == 1
    assert "How people are received" in [
        line.result.title_text
        for line in client.get(answer.context["narrower"]["url"]).context["results"]
    ]


def test_a_concept_that_is_switched_off_is_only_words(
    client: Client, site: MadeSite, concepts: None, fill
) -> None:
    make_output(site, title="How people are received", teaser="", concepts=["asylum"])
    make_output(site, "video", language="nl", title="Over asiel", teaser="")
    fill()
    answer = client.get("/en/search/?q=asiel&kind=news-item&kind=video")
    assert answer.context["total"] == 2
    (one,) = answer.context["recognised"]
    off = client.get(one.toggle_url)
    assert [line.result.title_text for line in off.context["results"]] == ["Over asiel"]
    (one,) = off.context["recognised"]
    assert not one.chip.on
    assert b"<del>asylum</del>" in off.content
    assert client.get(one.toggle_url).context["total"] == 2


def test_what_is_excluded_is_said_and_can_be_taken_back(
    client: Client, site: MadeSite, concepts: None, fill
) -> None:
    make_output(site, title="Visa and a roof", teaser="", concepts=["housing"])
    make_output(site, title="Visa alone", teaser="")
    fill()
    answer = client.get("/en/search/?q=visa+-logement&kind=news-item")
    assert [line.result.title_text for line in answer.context["results"]] == ["Visa alone"]
    (one,) = answer.context["left_out"]
    assert (one.text, one.label, one.with_meaning) == ("logement", "housing", True)
    page = answer.content.decode()
    assert "Left out" in page
    assert "No longer leave out logement" in page
    back = client.get(one.back_url)
    assert (back.context["query"], back.context["left_out"]) == ("visa", [])
    assert client.get(one.literally_url).context["total"] == 2
    found = client.get("/en/search/search.json?q=visa+-logement").json()
    assert found["left_out"] == [{"text": "logement", "concepts": ["housing"]}]


def test_a_word_understood_by_a_part_of_it_is_said_to_be(
    client: Client, site: MadeSite, fill
) -> None:
    make_output(site, title="Gezinnen", language="nl")
    fill()
    answer = client.get("/nl/search/?q=gezinsherenigin")
    assert answer.context["total"] == 1
    assert [(one.text, one.labels) for one in answer.context["guesses"]] == [
        ("gezinsherenigin", ["gezin"])
    ]
    assert b'class="understood-guess"' in answer.content
    found = client.get("/nl/search/search.json?q=gezinsherenigin").json()
    assert found["guesses"] == [{"text": "gezinsherenigin", "concepts": ["gezin"]}]


def test_translations_are_one_result_with_links_to_each(
    client: Client, site: MadeSite, fill
) -> None:
    english = make_output(site, title="Brussels in English")
    french = make_output(site, language="fr", translation_of=english, title="Brussels en français")
    make_output(site, language="nl", title="Brussels alleen")
    fill()
    answer = client.get("/fr/search/?q=brussels")
    first, second = answer.context["results"]
    assert first.result.title_text == "Brussels en français"
    assert [(one.code, one.url, one.current) for one in first.versions] == [
        ("en", english.url, False),
        ("fr", french.url, True),
    ]
    assert second.is_foreign
    assert 'lang="nl" dir="ltr" hreflang="nl"' in answer.content.decode()
    assert answer.context["total"] == 2


def test_what_has_some_of_the_question_says_what_it_lacks(
    client: Client, site: MadeSite, fill
) -> None:
    make_output(site, title="Seasonal work", teaser="")
    make_output(site, title="Blockchain", teaser="")
    fill()
    answer = client.get("/en/search/?q=seasonal+blockchain")
    assert answer.context["total"] == 0
    found = {line.result.title_text: line.result.missing for line in answer.context["partial"]}
    assert found == {"Seasonal work": ["blockchain"], "Blockchain": ["seasonal"]}
    assert b"<del>blockchain</del>" in answer.content


def test_how_to_ask_is_said_only_where_nothing_is_asked(
    client: Client, site: MadeSite, fill
) -> None:
    make_output(site, title="Visas", teaser="")
    fill()
    for query, is_said in (("", True), ("?q=visas", False), ("?kind=news-item", False)):
        content = client.get(f"/en/search/{query}").content.decode()
        assert ('id="search-lead">' in content) == is_said
        assert ('id="search-lead" hidden>' in content) != is_said
        assert '<div id="live-behind" hidden>' in content


def test_a_slip_is_offered_and_never_corrected(client: Client, site: MadeSite, fill) -> None:
    make_output(site, title="Xylophones", teaser="", themes=["borders"])
    fill()
    answer = client.get("/en/search/?q=xylohpones&theme=borders")
    assert answer.context["total"] == 0
    (one,) = answer.context["corrections"]
    assert one["text"] == "xylophones"
    assert client.get(one["url"]).context["total"] == 1
    assert ("theme", "borders") in query_of(one["url"])


def test_a_slip_in_a_term_is_understood_said_and_offered(
    client: Client, site: MadeSite, concepts: None, fill
) -> None:
    make_output(site, title="A roof", teaser="", concepts=["housing"])
    make_output(site, title="Huisvesting", language="nl", teaser="")
    fill()
    answer = client.get("/nl/search/?q=huisvetsing&kind=news-item")
    assert answer.context["total"] == 2
    (one,) = answer.context["recognised"]
    assert (one.chip.token, one.words) == ("housing", "huisvetsing")
    assert [one["text"] for one in answer.context["corrections"]] == ["huisvesting"]
    assert client.get(one.toggle_url).context["total"] == 0


# --- what narrows ---


def test_choices_are_counted_and_taken_up(client: Client, visas: None) -> None:
    found = options(client, q="visa")
    assert {name: option.count for name, option in found.items()} == {
        "kind-news-item": 1,
        "kind-publication": 1,
        "kind-video": 1,
        "type-report": 1,
        "theme-borders": 2,
        "theme-labour": 2,
        "year-2021": 1,
        "year-2020": 1,
        "year-2019": 1,
        "country-BE": 1,
    }
    answer = client.get(found["theme-borders"].url)
    assert {line.result.title_text for line in answer.context["results"]} == {
        "Visa one",
        "Visa two",
    }
    assert [one.label for one in answer.context["chosen"]] == ["Borders"]


def test_any_all_and_none(client: Client, visas: None) -> None:
    both = ["borders", "labour"]
    assert len(titles(client, "visa", theme=both)) == 3
    assert titles(client, "visa", **{"theme.all": both}) == ["Visa two"]
    assert titles(client, "visa", **{"theme.not": "labour"}) == ["Visa one"]
    assert titles(client, "visa", **{"theme": "borders", "theme.not": "labour"}) == ["Visa one"]


def test_two_chosen_values_can_be_joined_the_other_way(client: Client, visas: None) -> None:
    context = client.get("/en/search/?q=visa&theme=borders&theme=labour").context
    (group,) = [group for group in context["groups"] if group.name == "theme"]
    any_of, all_of = group.joins
    assert (any_of.current, all_of.current) == (True, False)
    assert query_of(all_of.url) == [
        ("q", "visa"), ("theme.all", "borders"), ("theme.all", "labour"),
    ]  # fmt: skip
    assert client.get(all_of.url).context["total"] == 1
    years = client.get("/en/search/?q=visa&year=2019&year=2020").context["groups"]
    assert not any(group.joins for group in years if group.name == "year")


def test_each_choice_has_a_link_that_leaves_it_out(client: Client, visas: None) -> None:
    option = options(client, q="visa")["kind-video"]
    answer = client.get(option.not_url)
    assert answer.context["total"] == 2
    assert [one.label for one in answer.context["chosen"]] == ["not Video"]
    assert 'data-mode="none"' in answer.content.decode()
    assert client.get(answer.context["chosen"][0].remove_url).context["total"] == 3


def test_a_choice_without_results_stays_to_be_taken_back(client: Client, visas: None) -> None:
    option = options(client, q="visa", theme="labour", year="2019")["theme-labour"]
    assert (option.count, option.mode) == (0, "any")
    assert query_of(option.url) == [("q", "visa"), ("year", "2019")]


def test_a_part_takes_the_place_of_its_theme(client: Client, site: MadeSite, fill) -> None:
    top = make_theme("asylum", en="Asylum")
    make_theme("reception", parent=top, en="Reception")
    make_output(site, title="Visa a", themes=["asylum"])
    make_output(site, title="Visa b", themes=["reception"])
    make_output(site, title="Visa c", themes=["borders"])
    fill()
    found = options(client, q="visa")
    assert "theme-reception" not in found
    assert found["theme-asylum"].count == 2
    found = options(client, q="visa", theme="asylum")
    assert found["theme-reception"].inner
    assert query_of(found["theme-reception"].url) == [("q", "visa"), ("theme", "reception")]
    found = options(client, q="visa", theme="reception")
    assert query_of(found["theme-asylum"].url) == [("q", "visa"), ("theme", "asylum")]


def test_a_period_narrows_by_day_and_by_year(client: Client, visas: None) -> None:
    assert titles(client, "visa", **{"from": "2020", "to": "2020"}) == ["Visa two"]
    assert titles(client, "visa", **{"from": "2020-05-06"}) == ["Visa three"]
    answer = client.get("/en/search/?q=visa&to=2020-05")
    assert answer.context["dates"]["until"] == "2020-05-31"
    assert [one.label for one in answer.context["chosen"]] == ["until 2020-05"]
    answer = client.get("/fr/search/?q=visa&from=2020-01-01")
    assert [one.label for one in answer.context["chosen"]] == ["dès le 1er janvier 2020"]


def test_a_period_that_ends_before_it_begins_is_said(client: Client, visas: None) -> None:
    answer = client.get("/en/search/?q=visa&from=2020&to=2019-05")
    assert answer.context["total"] == 0
    (notice,) = answer.context["notices"]
    assert "2019-05" in notice
    assert "2020" in notice
    assert client.get("/en/search/?q=visa&from=2020-05-06&to=2020").context["notices"] == []


def test_a_word_in_capitals_that_is_not_looked_for_is_said(client: Client, visas: None) -> None:
    answer = client.get("/en/search/?q=WHO+visa")
    assert "“WHO” was not looked for" in " ".join(answer.content.decode().split())
    assert "was not looked for" not in client.get("/en/search/?q=who+visa").content.decode()


def test_newest_and_oldest(client: Client, visas: None) -> None:
    newest = ["Visa three", "Visa two", "Visa one"]
    assert titles(client, "visa", sort="newest") == newest
    assert titles(client, "visa", sort="oldest") == newest[::-1]


def test_what_nobody_knows_is_said_and_left_out(client: Client, visas: None) -> None:
    asked = {
        "theme": "nowhere",
        "kind": "pk__in",
        "year": "20x9",
        "country": "\x00",
        "from": "2019-13",
        "sort": "-id",
        "in": "xx",
        "concept__labels": "x",
    }
    answer = client.get("/en/search/", {"q": "visa", **asked})
    assert answer.context["total"] == 3
    assert len(answer.context["notices"]) == 7
    assert "nowhere" in answer.content.decode()


def test_only_texts_in_a_language_are_searched(client: Client, site: MadeSite, fill) -> None:
    english = make_output(site, title="A roof", teaser="")
    make_output(site, language="nl", title="Huisvesting", teaser="", translation_of=english)
    fill()
    # Under the title that it has there.
    assert titles(client, "huisvesting", **{"in": "nl"}) == ["Huisvesting"]
    assert titles(client, "huisvesting", **{"in": "fr"}) == []


def test_results_are_paged_with_the_whole_question_in_the_address(
    client: Client, site: MadeSite, fill
) -> None:
    for number in range(25):
        make_output(site, title=f"Visa {number}")
    fill()
    context = client.get("/en/search/?q=visa&kind=news-item").context
    assert context["total"] == 25
    assert context["page_obj"].next_url == "/en/search/?q=visa&kind=news-item&page=2"
    assert len(client.get(context["page_obj"].next_url).context["results"]) == 5
    for number in ("3", "0", "x", "501", "99999999"):
        assert client.get(f"/en/search/?q=visa&page={number}").status_code == 404


# --- nothing, and worse ---


@pytest.mark.parametrize(
    "query", ["", "   ", "%", "_", "'; DROP TABLE x --", "\x00", "a" * 5000, "<script>", "–", "👋"]
)
def test_an_odd_question_is_answered(client: Client, site: MadeSite, fill, query: str) -> None:
    make_output(site, title="Quiet")
    fill()
    answer = client.get("/en/search/", {"q": query})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content
    assert b"Quiet" not in answer.content


def test_who_finds_nothing_is_offered_concepts_and_fewer_filters(
    client: Client, site: MadeSite, concepts: None, fill
) -> None:
    make_output(site, title="Visa", themes=["borders"], published_on="2019-01-01")
    fill()
    (one,) = client.get("/en/search/?q=housign").context["recognised"]
    assert (one.chip.token, one.words) == ("housing", "housign")
    answer = client.get("/en/search/?q=housi")
    assert [one.label for one in answer.context["near"]] == ["housing"]
    assert client.get(answer.context["near"][0].url).context["total"] == 1
    answer = client.get("/en/search/?q=visa&theme=borders&year=2020&kind=news-item")
    assert [(one.label, one.total) for one in answer.context["wider"]] == [("2020", 1), ("", 1)]
    assert query_of(answer.context["wider"][0].url) == [
        ("q", "visa"), ("kind", "news-item"), ("theme", "borders"),
    ]  # fmt: skip


def test_only_what_is_missing_is_sent_to_the_editors(client: Client, site: MadeSite, fill) -> None:
    make_output(site, title="Visa", themes=["borders"], published_on="2019-01-01")
    fill()

    def is_offered(query: str) -> bool:
        return b'class="looked-for"' in client.get(f"/en/search/?q={query}").content

    assert is_offered("ombudsman")
    assert is_offered("ombudsman&year=2020"), "it finds nothing without the filter either"
    assert not is_offered("visa&year=2020")
    assert not is_offered("visaa")
    assert client.get("/en/search/?q=visaa").context["corrections"]


def test_filters_that_leave_nothing_stay_beside_it(client: Client, visas: None) -> None:
    for query in ("year=1066", "from=2030-01-01", "in=fr", "theme=borders&kind=video"):
        answer = client.get(f"/en/search/?q=visa&{query}")
        assert answer.context["total"] == 0
        page = answer.content.decode()
        assert 'id="facets"' in page, query
        assert 'class="active-filter-list"' in page, query


def test_what_was_left_out_of_an_address_is_said(client: Client, visas: None) -> None:
    page = client.get("/en/search/?q=visa&theme=borders&theme.not=borders").content.decode()
    assert "“Borders” was both wanted and unwanted" in page
    page = client.get("/en/search/", {"q": "visa " * 60}).content.decode()
    assert "200 letters at most" in page


def test_filters_without_a_question_list_what_they_leave_with_choices_beside_it(
    client: Client, visas: None, django_assert_max_num_queries
) -> None:
    asked = "kind=publication&kind=video&theme=labour"
    answer = client.get(f"/en/search/?{asked}")
    shown = [line.result for line in answer.context["results"]]
    assert [one.title_text for one in shown] == ["Visa three", "Visa two"]
    assert [one.reasons for one in shown] == [[], []]
    assert [one.label for one in answer.context["chosen"]] == ["Publication", "Video", "Labour"]
    assert {group.name for group in answer.context["groups"]} >= {"kind", "theme", "year"}
    assert answer.context["notices"] == []
    page = answer.content.decode()
    assert "2 things, the newest first</p>" in page
    assert "Best fit" not in page
    assert "search-opened" not in page
    assert 'class="looked-for"' not in page
    with django_assert_max_num_queries(BUDGET):
        client.get(f"/en/search/?{asked}")


def test_every_filter_works_without_a_question(client: Client, visas: None) -> None:
    def found(query: str) -> list[str]:
        answer = client.get(f"/en/search/?{query}")
        assert answer.status_code == 200
        return [line.result.title_text for line in answer.context["results"]]

    assert found("theme=labour&from=2021") == ["Visa three"]
    assert found("theme.not=labour&kind=news-item") == ["Visa one"]
    assert found("kind=publication") == ["Visa two"]
    assert found("language=en&kind.not=theme&kind.not=page") == [
        "Visa three",
        "Visa two",
        "Visa one",
    ]
    assert found("country=BE&sort=oldest") == ["Visa two"]
    oldest = client.get("/en/search/?kind.not=theme&kind.not=page&sort=oldest")
    assert "3 things, the oldest first" in oldest.content.decode()
    assert client.get("/en/search/?kind=news-item&kind=video&page=9").status_code == 404


def test_near_is_first_of_all_what_stands_beside_a_concept_of_the_question(
    client: Client, site: MadeSite, fill
) -> None:
    family = make_concept("family", broader=["rights"], en="family reunification")
    make_concept("chain", broader=[family], en="chain reunification")
    make_concept("sponsor", en="sponsor").related.add(family)
    make_concept("wives", en="wifely duties")
    make_output(site, title="Rights of all", concepts=["rights"])
    fill()
    answer = client.get("/en/search/?q=wifely+zebras+family+reunification&kind=video")
    assert answer.context["total"] == 0
    assert "family" in [one.chip.token for one in answer.context["recognised"]]
    near = [one.label for one in answer.context["near"]]
    assert near == ["rights", "chain reunification", "sponsor"]
    answer = client.get("/en/search/?q=wifely+zebras+family+reunification&kind=video&off=family")
    assert "rights" not in [one.label for one in answer.context["near"]]
    answer = client.get("/en/search/?q=zebras+wifelly+dutis")
    assert [one.label for one in answer.context["near"]] == ["wifely duties"]


def test_filters_that_leave_nothing_without_a_question_offer_fewer(
    client: Client, visas: None
) -> None:
    answer = client.get("/en/search/?kind=video&year=2019")
    assert answer.context["total"] == 0
    assert {(one.label, one.total) for one in answer.context["wider"]} >= {
        ("Video", 1),
        ("2019", 1),
    }
    assert answer.context["near"] == []
    assert answer.context["wider"][-1].url == "/en/search/"
    assert 'class="looked-for"' not in answer.content.decode()


def test_without_a_question_one_starts_from_a_choice(
    client: Client, visas: None, django_assert_max_num_queries
) -> None:
    answer = client.get("/en/search/")
    found = {option.id: option for group in answer.context["groups"] for option in group.shown}
    assert found["choice-theme-labour"].count == 3, "two things and the theme's page"
    assert found["choice-kind-video"].url == "/en/search/?kind=video"
    page = answer.content.decode()
    assert 'href="/en/search/?theme=labour"' in page
    assert 'class="entries"' not in page
    assert "results" not in answer.context
    with django_assert_max_num_queries(BUDGET):
        client.get("/en/search/")
    assert client.get("/en/search/?page=2").status_code == 200


def test_what_was_left_out_of_an_address_is_said_at_the_start_too(
    client: Client, visas: None
) -> None:
    answer = client.get("/en/search/?theme=nowhere")
    assert "nowhere" in answer.content.decode()
    assert answer.context["is_start"]


def test_the_page_of_a_list_stands_in_title_and_head(client: Client, site: MadeSite, fill) -> None:
    for number in range(21):
        make_output(site, title=f"Visa {number}")
    fill()
    page = client.get("/en/search/?q=visa&kind=news-item&page=2").content.decode()
    assert "<title>Search for “visa”, page 2 – " in page
    assert "21 results for “visa”, page 2 of 2</p>" in page
    assert ", page" not in client.get("/en/search/?q=visa").content.decode()


def test_a_comma_after_a_link_stands_next_to_it_in_a_snippet(
    client: Client, site: MadeSite, fill
) -> None:
    make_output(
        site, title="One", teaser="", text='a <a href="/x">residence</a>, then <b>visa</b>.'
    )
    fill()
    page = client.get("/en/search/?q=visa").content.decode()
    assert "a residence, then <mark>visa</mark>.</p>" in page


def test_an_outage_is_said_and_the_newest_are_listed_from_the_database(
    client: Client, site: MadeSite, settings, tmp_path
) -> None:
    settings.DATA = tmp_path
    make_output(site, title="Older", themes=["borders"], published_on="2019-01-01")
    make_output(site, title="Newer", themes=["borders"], published_on="2020-01-01")
    make_output(site, title="Elsewhere", published_on="2021-01-01")
    make_output(site, title="Secret", themes=["borders"], private=True)
    assert engine().status().name is None
    answer = client.get("/en/search/?q=visa&theme=borders")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert [entry.title for entry in answer.context["latest"]] == ["Newer", "Older"]
    page = answer.content.decode()
    assert "not available" in page
    assert 'value="visa"' in page


def test_what_is_listed_in_an_outage_stands_in_the_order_of_its_days(
    client: Client, site: MadeSite, settings, tmp_path
) -> None:
    settings.DATA = tmp_path
    make_output(site, title="News", published_on="2020-06-01")
    make_output(
        site, "event", title="Met", published_on="2020-07-01", starts_at="2020-05-05T23:30:00+02:00"
    )
    make_output(
        site, "development", title="A law", published_on="2020-01-01", effective_on="2020-09-01"
    )
    latest = client.get("/en/search/?q=visa").context["latest"]
    assert [entry.title for entry in latest] == ["A law", "News", "Met"]
    days = [entry.day for entry in latest]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("query", ["", "theme=borders"])
def test_an_outage_is_said_where_nothing_is_asked(
    client: Client, site: MadeSite, settings, tmp_path, query: str
) -> None:
    settings.DATA = tmp_path
    make_output(site, title="Newer", themes=["borders"])
    answer = client.get(f"/en/search/?{query}")
    assert answer.status_code == 503
    assert [entry.title for entry in answer.context["latest"]] == ["Newer"]
    assert "not available" in answer.content.decode()
    assert "Your question" not in answer.content.decode()


def test_an_outage_writes_no_term_to_the_log(
    client: Client, site: MadeSite, settings, tmp_path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DATA = tmp_path
    caplog.set_level(logging.INFO)  # at DEBUG Django's templates print all that they were given
    assert client.get("/en/search/?q=my-own-secret").status_code == 503
    assert "my-own-secret" not in caplog.text


# --- readers and machines ---


def test_no_term_is_kept_or_logged(
    client: Client, site: MadeSite, fill, caplog: pytest.LogCaptureFixture
) -> None:
    fill()
    caplog.set_level(logging.DEBUG)
    answer = client.get("/en/search/?q=my-own-secret")
    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert not [record for record in ours if "secret" in record.getMessage()]
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_question_is_cut_to_a_length(client: Client, site: MadeSite, fill) -> None:
    fill()
    assert len(client.get("/en/search/", {"q": "word " * 500}).context["query"]) <= 200


def test_the_page_is_for_no_index_and_leads_to_its_other_languages(
    client: Client, visas: None
) -> None:
    page = client.get("/en/search/?q=visa&theme=borders&year=2019").content.decode()
    assert '<meta name="robots" content="noindex, follow">' in page
    assert 'rel="canonical"' not in page
    assert 'href="/fr/search/?q=visa&amp;theme=borders&amp;year=2019" hreflang="fr"' in page
    assert "script-src 'self'" in client.get("/en/search/?q=visa")["Content-Security-Policy"]


def test_every_id_of_the_page_stands_once(client: Client, visas: None) -> None:
    page = client.get("/en/search/?q=visa&theme=borders&theme=labour").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_page_takes_few_queries_however_much_is_found(
    client: Client, site: MadeSite, concepts: None, fill
) -> None:
    for number in range(30):
        page = make_output(
            site,
            "publication",
            title=f"Visa {number}",
            themes=["asylum", f"theme-{number % 5}"],
            concepts=["asylum", f"concept-{number % 7}"],
            institutions=["myria", f"institution-{number % 9}"],
            countries=["BE", f"X{number % 8}"],
        )
        make_output(site, "publication", language="fr", translation_of=page, title="Le visa")
    fill()
    asked = "theme=asylum&concept=asylum&institution=myria&country.not=X1&year=2020"
    for query in ("q=visa", f"q=visa&{asked}", "q=asiel+visa&sort=newest"):
        client.get(f"/en/search/?{query}")  # what a process learns once
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/en/search/?{query}")
        assert answer.context["total"] > 0
        budget = BUDGET if "&" in query else BUDGET + COUNTING
        assert len(captured) <= budget, [one["sql"][:150] for one in captured]


def test_what_is_not_public_shows_in_no_list_and_no_count(
    client: Client, site: MadeSite, fill
) -> None:
    make_output(site, title="Visa open")
    later = make_output(site, title="Visa closed later", published_on="2018-01-01")
    make_output(site, title="Visa private", private=True)
    make_output(site, title="Visa draft", live=False)
    fill()
    later.unpublish()
    answer = client.get("/en/search/?q=visa")
    assert [line.result.title_text for line in answer.context["results"]] == ["Visa open"]
    assert b"closed later" not in answer.content
