"""Search by words and by concepts, across languages, each thing once, with reasons."""

import logging

import pytest
from django.test import Client
from factories import MadeSite, make_concept, make_output

from contactpoint.glossary.deciding import learn
from contactpoint.glossary.models import Concept
from contactpoint.search.question import understand


@pytest.fixture
def concepts(site: MadeSite) -> None:
    make_concept("migration", en="migration", nl="migratie")
    make_concept("asylum", broader=["migration"], en="asylum", nl="asiel", fr="asile", de="Asyl")
    make_concept("housing", en="housing", nl="huisvesting", fr="logement")


def titles(client: Client, query: str, language: str = "en", **more: str) -> list[str]:
    answer = client.get(f"/{language}/search/", {"q": query, **more})
    assert answer.status_code == 200
    return [entry.title for entry in answer.context["results"]]


def test_all_words_must_stand_in_title_teaser_or_text(client: Client, site: MadeSite) -> None:
    make_output(site, title="Annual report", teaser="On reception", text="with many figures")
    make_output(site, title="Annual dinner", teaser="On reception")
    assert titles(client, "report figures reception") == ["Annual report"]
    assert titles(client, "report reception dinner") == []


@pytest.mark.parametrize(
    "query", ["RECEPTION", "réception", "recep", "  reception  ", "“réception”"]
)
def test_case_accents_and_endings_do_not_matter(client: Client, site: MadeSite, query: str) -> None:
    make_output(site, title="La Réception", teaser="")
    assert titles(client, query) == ["La Réception"]


def test_marks_of_the_text_are_not_found(client: Client, site: MadeSite) -> None:
    make_output(site, title="One", text='a <b>bold</b> <a href="https://example.org">word</a>')
    assert titles(client, "bold word") == ["One"]
    assert titles(client, "href") == []
    assert titles(client, "paragraph") == []


def test_small_words_do_not_stand_in_the_way(client: Client, site: MadeSite) -> None:
    make_output(site, title="Reception in Belgium")
    assert titles(client, "the reception of Belgium") == ["Reception in Belgium"]


def test_a_word_that_an_editor_mapped_finds_what_its_concept_finds(
    client: Client, site: MadeSite, concepts: None
) -> None:
    make_output(site, title="A roof", concepts=["housing"])
    assert titles(client, "onderdak") == []
    learn(Concept.objects.get(slug="housing"), ["onderdak"], "nl")
    (result,) = client.get("/en/search/?q=Onderdak").context["results"]
    assert result.title == "A roof"
    assert any("Onderdak" in reason and "housing" in reason for reason in result.reasons)
    assert titles(client, "onderdak roof") == ["A roof"]
    assert titles(client, "onderdak in asylum") == []


def test_a_dutch_word_finds_an_english_item_and_says_why(
    client: Client, site: MadeSite, concepts: None
) -> None:
    make_output(site, title="How people are received", concepts=["asylum"])
    make_output(site, title="Something else", concepts=["housing"])
    answer = client.get("/en/search/?q=asiel")
    (result,) = answer.context["results"]
    assert result.title == "How people are received"
    assert any("asiel" in reason and "asylum" in reason for reason in result.reasons)
    assert [concept.slug for concept in answer.context["concepts"]] == ["asylum"]


def test_a_broader_concept_finds_what_is_narrower(
    client: Client, site: MadeSite, concepts: None
) -> None:
    make_output(site, title="How people are received", concepts=["asylum"])
    assert titles(client, "migratie") == ["How people are received"]


def test_a_concept_answers_only_for_its_own_words(
    client: Client, site: MadeSite, concepts: None
) -> None:
    make_output(site, title="Figures of the year", concepts=["asylum"])
    make_output(site, title="Words of the year", concepts=["asylum"])
    assert titles(client, "asiel figures") == ["Figures of the year"]


def test_translations_are_one_result_in_the_readers_language(
    client: Client, site: MadeSite, concepts: None
) -> None:
    english = make_output(site, title="Brussels in English", concepts=["asylum"])
    make_output(
        site,
        language="fr",
        translation_of=english,
        title="Brussels en français",
        concepts=["asylum"],
    )
    make_output(site, language="nl", title="Brussels alleen")
    answer = client.get("/fr/search/?q=brussels")
    results = answer.context["results"]
    assert [entry.title for entry in results] == ["Brussels en français", "Brussels alleen"]
    assert results[0].languages == ["en", "fr"]
    assert answer.context["total"] == 2


def test_the_title_counts_more_than_the_text(client: Client, site: MadeSite) -> None:
    make_output(site, title="Other", text="visa", published_on="2022-01-01")
    make_output(site, title="Visa policy", published_on="2001-01-01")
    assert titles(client, "visa") == ["Visa policy", "Other"]


def test_filters_narrow_and_are_counted(client: Client, site: MadeSite) -> None:
    make_output(site, title="Visa one", themes=["borders"], published_on="2019-05-05")
    make_output(site, "video", title="Visa two", published_on="2020-05-05")
    context = client.get("/en/search/?q=visa").context
    counted = {
        (one.name, option.value): option.count
        for one in context["filters"]
        for option in one.options
    }
    assert counted == {
        ("kind", "news-item"): 1,
        ("kind", "video"): 1,
        ("theme", "borders"): 1,
        ("year", "2019"): 1,
        ("year", "2020"): 1,
    }
    assert titles(client, "visa", kind="video") == ["Visa two"]
    assert titles(client, "visa", year="2019", theme="borders") == ["Visa one"]
    option = context["filters"][0].options[0]
    assert option.url.startswith("/en/search/?q=visa&")


def test_results_are_paged_with_the_question_in_the_address(client: Client, site: MadeSite) -> None:
    for number in range(25):
        make_output(site, title=f"Visa {number}")
    context = client.get("/en/search/?q=visa+policy%26x").context
    assert context["total"] == 0
    context = client.get("/en/search/?q=visa").context
    assert context["total"] == 25
    assert context["page_obj"].next_url == "/en/search/?q=visa&page=2"
    assert len(client.get("/en/search/?q=visa&page=2").context["results"]) == 5
    assert client.get("/en/search/?q=visa&page=3").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "   ", "%", "_", "'; DROP TABLE x --", "\x00", "a" * 5000, "<script>", "–", "👋"]
)
def test_an_odd_question_is_answered(client: Client, site: MadeSite, query: str) -> None:
    make_output(site, title="Quiet")
    answer = client.get("/en/search/", {"q": query})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content
    assert b"Quiet" not in answer.content


def test_nothing_found_says_so(client: Client, site: MadeSite) -> None:
    answer = client.get("/nl/search/?q=onvindbaar")
    assert answer.context["total"] == 0
    assert b"empty-state" in answer.content


def test_no_term_is_kept_or_logged(
    client: Client, site: MadeSite, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = client.get("/en/search/?q=my-own-secret")
    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert not [record for record in ours if "secret" in record.getMessage()]
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_question_is_cut_to_a_length(site: MadeSite) -> None:
    question = understand("word " * 500, "en")
    assert len(question.text) <= 200
    assert len(question.words) == 1


def test_what_answers_in_another_language_is_shown_in_the_readers(
    client: Client, site: MadeSite
) -> None:
    english = make_output(site, title="A roof of one's own", text="Places are scarce.")
    make_output(
        site,
        title="Een eigen dak",
        language="nl",
        translation_of=english,
        text="De huisvesting is schaars.",
    )
    answer = client.get("/en/search/?q=huisvesting")
    (result,) = answer.context["results"]
    assert (result.title, result.language) == ("A roof of one's own", "en")
    assert any("Dutch" in reason and "huisvesting" in reason for reason in result.reasons)
    assert titles(client, "huisvesting", language="nl") == ["Een eigen dak"]
    assert titles(client, "huisvesting", language="fr") == ["Een eigen dak"]
