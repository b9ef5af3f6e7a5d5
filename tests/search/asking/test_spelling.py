"""Other spellings on offer: words of which language, how they are written, in what order."""

from collections.abc import Callable

import pytest
from factories import MadeSite, make_concept, make_output

from contactpoint.glossary.models import ConceptLabel
from contactpoint.search.asking import ask

Fill = Callable[[], None]


def offered(query: str, language: str) -> list[str]:
    return [one.text for one in ask(query, language).corrections]


@pytest.fixture
def words(site: MadeSite, fill: Fill) -> None:
    make_concept("seasonal", en="seasonal worker", ro="lucrător sezonal", pt="trabalhador sazonal")
    make_concept(
        "minor",
        en="unaccompanied minors",
        fr="mineur non accompagné",
        de="unbegleitete Minderjährige",
    )
    make_concept("asylum", en="asylum seeker", sv="asylsökande soker", fr="demandeur d’asile")
    make_concept("family", en="family reunification", fr="regroupement familial")
    make_concept("joined", de="Familienzusammenführung", en="reunion of families")
    make_output(site, title="Mineurs étrangers", language="fr", text="L’hébergement est rare.")
    make_output(site, title="Minors and minders", text="Families of minors; Ukraine; kept minors.")
    make_output(site, title="Prestation familiale", language="fr", text="Une aide familiale.")
    make_output(site, title="Krank", language="de", text="Wer krank ist, hat eine Wohnung.")
    fill()


@pytest.mark.parametrize(
    ("query", "language", "first"),
    [
        ("seezonal", "en", "seasonal"),
        ("unacompanied miners", "en", "unaccompanied minors"),
        ("asylum seker", "en", "asylum seeker"),
        ("ukrane", "en", "ukraine"),
        ("regroupement familliale", "fr", "regroupement familial"),
    ],
)
def test_the_readers_language_and_what_is_a_term_come_first(
    words: None, query: str, language: str, first: str
) -> None:
    assert offered(query, language)[0] == first


@pytest.mark.parametrize("query", ["seezonal", "ukrane", "asylum seker", "unacompanied miners"])
def test_words_of_other_languages_are_not_offered_beside_them(words: None, query: str) -> None:
    foreign = {"sezonal", "sazonal", "krank", "soker", "mineurs"}
    assert not foreign & {word for text in offered(query, "en") for word in text.split()}


def test_a_far_word_of_another_language_is_not_offered_at_all(site: MadeSite, fill: Fill) -> None:
    make_output(site, title="Krank", language="de")
    fill()
    assert offered("ukrane", "en") == []
    assert offered("krannk", "en") == ["krank"]


@pytest.mark.parametrize(
    ("query", "language", "written"),
    [
        ("Familienzusamenführung", "de", "Familienzusammenführung"),
        ("wohnnug", "de", "Wohnung"),
        ("krannk", "de", "krank"),
        ("hebergment", "fr", "hébergement"),
        ("Ukrane", "en", "ukraine"),
    ],
)
def test_a_word_is_offered_as_it_is_written(
    words: None, query: str, language: str, written: str
) -> None:
    assert offered(query, language)[0] == written


def test_two_slips_are_mended_together(words: None) -> None:
    assert offered("famly reunifcation", "en")[0] == "family reunification"


def test_a_stem_of_the_readers_language_makes_no_word_of_it(words: None) -> None:
    make = offered("familly", "en")
    assert make[0] == "family"
    assert "familie" not in make


def test_only_an_open_name_says_how_a_word_is_written(site: MadeSite, fill: Fill) -> None:
    concept = make_concept("dwelling", fr="hébergement", en="housing")
    ConceptLabel.objects.create(concept=concept, language="fr", kind="hidden", text="hebergement")
    make_output(site, title="De l’hébergement", language="fr")
    fill()
    assert offered("hebergment", "fr") == ["hébergement"]


@pytest.mark.parametrize(
    ("query", "language"),
    [("qui cueille", "fr"), ("congés", "fr"), ("pickers", "en"), ("mode", "en")],
)
def test_nothing_is_offered_that_nobody_means(
    site: MadeSite, fill: Fill, query: str, language: str
) -> None:
    make_output(site, title="Quelle loi", text="Les côtes sont longues.", language="fr")
    make_output(site, title="More is made", text="They move; she picks.")
    make_output(site, title="Congres", language="nl")
    fill()
    assert offered(query, language) == []


def test_a_slip_with_the_stem_of_a_foreign_word_is_doubted(site: MadeSite, fill: Fill) -> None:
    make_output(site, title="Child und Kind", language="de")
    make_output(site, title="Detention of children")
    fill()
    assert offered("detenton of childern", "en")[0] == "detention of children"


@pytest.mark.parametrize(
    ("query", "language", "parts"),
    [
        ("reizigerswet", "nl", "reizigers wet"),
        ("Wohnungsgesetz", "de", "Wohnung Gesetz"),
        ("Krankengesetz", "de", ""),
        ("wetreizigers", "nl", ""),
        ("visumreizigers", "nl", ""),
    ],
)
def test_what_is_written_together_is_offered_in_the_parts_that_texts_have(
    site: MadeSite, fill: Fill, query: str, language: str, parts: str
) -> None:
    make_output(site, title="Een wet", text="Voor alle reizigers.", language="nl")
    make_output(site, title="Ein Gesetz", text="Über die Wohnung.", language="de")
    make_output(site, title="Wer ist krank?", text="Sind sie krank?", language="de")
    fill()
    assert offered(query, language) == [parts][: len(parts)]
