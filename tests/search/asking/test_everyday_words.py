"""Everyday words and kinds in a question: in which language they count, what is told of them."""

from collections.abc import Callable

import pytest
from django.utils import translation
from factories import MadeSite, make_concept, make_output

from contactpoint.search.asking import ask
from contactpoint.search.asking.results import Result, Selection
from contactpoint.search.asking.understanding import understand

Fill = Callable[[], None]
ALL = ("en", "fr", "nl", "de", "ar")


@pytest.fixture
def reception(site: MadeSite) -> None:
    make_concept(
        "local-reception",
        en="local reception initiative",
        nl="lokaal opvanginitiatief",
        alternatives={"nl": ["LOI", "LOI's"]},
    )
    make_concept("pact", en="global treaty of all", fr="grand pays")


def meant(text: str, language: str) -> set[str]:
    return {one.token for unit in understand(text, language).units for one in unit.concepts}


def chips(text: str, language: str) -> set[str]:
    return {chip.token for chip in understand(text, language).chips}


def outputs(text: str, language: str) -> dict[str, Result]:
    found = ask(text, language).results
    return {one.title_text: one for one in found if one.key.startswith("output:")}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        # A term goes before a word of another language, and an acronym is no word.
        ("LOI", "nl", {"local-reception"}),
        ("LOI's", "nl", {"local-reception"}),
        ("LOI", "en", {"local-reception"}),
        ("loi", "fr", {"words/law"}),
        ("loi", "nl", set()),
        # Of the asker's language, or of the one that the question is in.
        ("country", "en", {"words/country"}),
        ("pays", "en", {"words/country"}),
        ("nouveaux salaires dans mon pays", "en", {"words/new", "words/wage", "words/country"}),
        ("water en brood voor het gezin", "en", {"words/water", "words/family"}),
        ("the place", "en", set()),
        # A wider word goes before a term in it, whatever it is.
        ("grand pays", "fr", {"pact"}),
        ("email address", "en", {"words/contact"}),
        ("e-mail", "nl", {"words/contact"}),
    ],
)
def test_an_everyday_word_counts_in_the_languages_of_the_question(
    reception: None, text: str, language: str, expected: set[str]
) -> None:
    assert meant(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("families", "en", set()),
        ("lois", "fr", set()),
        ("trips", "en", {"words/journey"}),
        ("pays", "en", {"words/country"}),
        ("vacatures", "nl", {"kinds/vacancy"}),
        ("Stelle", "de", {"words/job"}),
    ],
)
def test_what_a_word_is_taken_for_is_told_unless_it_says_so(
    reception: None, text: str, language: str, expected: set[str]
) -> None:
    assert chips(text, language) == expected


def test_an_everyday_word_and_a_kind_can_be_switched_off(site: MadeSite) -> None:
    off = Selection(off=frozenset(["words/journey", "kinds/vacancy"]))
    question = understand("trips vacancies", "en", off)
    assert not [one for unit in question.units for one in unit.concepts]
    assert {chip.token for chip in question.chips if not chip.on} == off.off


def test_a_term_in_capitals_is_no_word_of_another_language(
    reception: None, site: MadeSite, fill: Fill
) -> None:
    make_output(site, language="fr", title="Une loi sur tout")
    make_output(site, title="A law about all")
    make_output(site, title="Leaving it", text="Leaving the local reception initiative.")
    make_output(site, language="nl", title="Het LOI uit")
    fill()
    assert outputs("LOI", "nl").keys() == {"Leaving it", "Het LOI uit"}
    assert {"Une loi sur tout", "A law about all"} <= outputs("loi", "fr").keys()
    assert "Leaving it" not in outputs("loi", "fr")
    assert "Une loi sur tout" in outputs("LOI", "fr")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("jobs", "en"),
        ("vacancies", "en"),
        ("job offers", "en"),
        ("offres d'emploi", "fr"),
        ("emplois", "fr"),
        ("vacatures", "nl"),
        ("jobs", "nl"),
        ("Stellenangebote", "de"),
        ("offene Stellen", "de"),
        ("Jobs", "de"),
        ("وظائف", "ar"),
        ("فرص عمل", "ar"),
    ],
)
def test_who_looks_for_work_finds_vacancies_first(
    site: MadeSite, fill: Fill, text: str, language: str
) -> None:
    assert "kinds/vacancy" in chips(text, language)
    for title in ("Jobs in figures", "Jobs", "Job offers and vacancies"):
        make_output(site, title=title, text="Jobs, vacancies, job offers and jobs.")
    make_output(site, language="fr", title="Offres d'emploi", text="Emplois, offres d'emploi.")
    make_output(site, language="nl", title="Jobs en vacatures", text="Vacatures en jobs.")
    make_output(site, language="de", title="Offene Stellen", text="Stellenangebote, Jobs.")
    make_output(site, kind="vacancy", title="Somebody who writes", closes_on="2999-01-01")
    fill()
    assert next(iter(outputs(text, language))) == "Somebody who writes"


def test_work_is_what_a_text_is_about_too(site: MadeSite, fill: Fill) -> None:
    make_output(site, language="de", title="Arbeitsplätze in der Landwirtschaft")
    fill()
    assert outputs("jobs in agriculture", "en").keys() == {"Arbeitsplätze in der Landwirtschaft"}


@pytest.mark.parametrize(
    ("asked", "language", "title", "written", "reason"),
    [
        ("new", "en", "Neue Regeln", "de",
         "“new” is here in another language: “Neue” (German)."),
        ("trips", "en", "All that they travel", "en",
         "“trips” is here in other words: “travel”."),
        ("huurprijs", "nl", "Le prix", "fr",
         "A part of “huurprijs” is here in another language: “prix” (French)."),
        ("climate", "en", "Klima", "de",
         "“climate” is here in another language: “Klima” (German)."),
    ],
)  # fmt: skip
def test_the_word_that_stands_there_is_quoted(
    site: MadeSite, fill: Fill, asked: str, language: str, title: str, written: str, reason: str
) -> None:
    make_output(site, title=title, language=written, teaser="Without more.")
    fill()
    with translation.override("en"):
        assert outputs(asked, language)[title].reasons == [
            reason if language == "en" else reason.replace("French", "Frans")
        ]


def test_a_word_that_nothing_quoted_has_is_said_to_be_there_all_the_same(
    site: MadeSite, fill: Fill
) -> None:
    make_output(site, language="de", title="Etwas", text=f"{'Worte. ' * 4000}Neue Regeln.")
    fill()
    assert outputs("new", "en")["Etwas"].reasons == [
        "“new” is here in other words or in another language."
    ]


def test_a_word_that_means_something_else_finds_nothing(site: MadeSite, fill: Fill) -> None:
    make_output(site, language="nl", title="De regels gelden nu", text="Ze geldt voor iedereen.")
    make_output(site, language="de", title="An anderer Stelle war die Rede davon")
    make_output(site, language="nl", title="Er is geld")
    fill()
    assert outputs("money", "en").keys() == {"Er is geld"}
    assert not outputs("emploi", "fr")
    assert not outputs("speech", "en")
