"""A messy keyword means a concept, with a reason, or is honestly unknown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.vocabulary import Vocabulary, VocabularyError, describe

KEYWORDS = [
    ("asiel", "asylum", "exact", "nl"),
    ("Asiel", "asylum", "exact", "nl"),
    ("ASIEL", "asylum", "case", "nl"),
    ("huisvesting", "housing", "exact", "nl"),
    ("discriminatie", "discrimination", "exact", "nl"),
    ("médias sociaux", "social-media", "exact", "fr"),
    ("medias sociaux", "social-media", "accent", "fr"),
    ("Conférence EMN", "emn-conference", "alternative", "fr"),
    ("EMN conferentie", "emn-conference", "hyphen", "nl"),
    ("LOI", "local-reception-initiative", "abbreviation", "nl"),
    ("LOI's", "local-reception-initiative", "inflected", "nl"),
    ("LOI’s", "local-reception-initiative", "inflected", "nl"),
    ("demandeur d’asile", "asylum-seeker", "apostrophe", "fr"),
    ("policy note", "policy-paper", "alternative", "en"),
    ("policy paper", "policy-paper", "exact", "en"),
    ("unaccompanied minors", "unaccompanied-minor", "inflected", "en"),
    ("minors, unaccompanied", "unaccompanied-minor", "order", "en"),
    ("human trafficking", "trafficking-in-human-beings", "alternative", "en"),
    ("human traficking", "trafficking-in-human-beings", "hidden", "en"),
    ("regularization", "regularisation", "spelling", "en"),
    ("Rueckkehr", "return", "spelling", "de"),
    ("gezins-hereniging", "family-reunification", "hyphen", "nl"),
    ("asiel zoekers", "asylum-seeker", "inflected", "nl"),
    ("nonrefoulement", "non-refoulement", "hyphen", "en"),
    ("leave to remain", "residence-permit", "qualifier", "en"),
    ("local reception initiative (Belgium)", "local-reception-initiative", "qualifier", "en"),
    ("l'asile", "asylum", "article", "fr"),
    ("de terugkeer", "return", "article", "nl"),
    ("discriminaton", "discrimination", "typo", "en"),
    ("Massenhandels", "", "unknown", ""),
    ("noodhuisvesting", "", "unknown", ""),
    ("video", "video", "exact", "en"),
    ("job vacancy", "vacancy", "exact", "en"),
]


@pytest.mark.parametrize("item_language", [None, "en", "fr"])
@pytest.mark.parametrize(("keyword", "concept", "reason", "language"), KEYWORDS)
def test_a_keyword_means_its_concept_whatever_the_language_of_the_item(
    vocabulary: Vocabulary,
    item_language: str | None,
    keyword: str,
    concept: str,
    reason: str,
    language: str,
) -> None:
    found = vocabulary.harmonise(keyword, item_language)
    assert (found.concept or "", found.reason) == (concept, reason)
    assert found.source == keyword
    if concept and language != "en" and keyword not in {"nonrefoulement", "video"}:
        assert found.language == language
    assert describe(found.reason).endswith(".")


@pytest.mark.parametrize(
    "keyword",
    [
        "tax return",
        "Tax returns",
        "refuge",
        "detection",
        "loi",
        "lois",
        "mena",
        "asylumm",
        "research methods seminar",
        "retrun to sender",
        "house",
        "residue",
        "xyz",
        "",
        "   ",
        "…",
        "12",
        "🙂",
        "football",
        "computer",
        "the",
    ],
)
def test_a_false_friend_or_stranger_stays_unknown(vocabulary: Vocabulary, keyword: str) -> None:
    found = vocabulary.harmonise(keyword, "en")
    assert (found.concept, found.scheme, found.reason, found.confidence) == (
        None, None, "unknown", 0.0,
    )  # fmt: skip
    assert found.source == keyword


@pytest.mark.parametrize(
    ("keyword", "concept"),
    [("asyllum", "asylum"), ("asulym", None), ("huosing", "housing")],
)
def test_a_slip_in_a_short_word_counts_in_the_language_of_the_item_only(
    vocabulary: Vocabulary, keyword: str, concept: str | None
) -> None:
    assert vocabulary.harmonise(keyword, "en").concept == concept
    elsewhere = vocabulary.harmonise(keyword, "fr")
    assert elsewhere.concept is None
    if concept:
        assert elsewhere.nearest[0].concept == concept


def test_an_unknown_keyword_comes_with_the_nearest_concepts(vocabulary: Vocabulary) -> None:
    nearest = vocabulary.harmonise("asylum procedural rules", "en").nearest
    assert nearest[0].concept in {"asylum-procedure", "asylum"}
    assert all(0 < one.score <= 1 for one in nearest)


def test_keywords_of_one_item_settle_their_language_together(vocabulary: Vocabulary) -> None:
    found = vocabulary.harmonise_all(["huisvesting", "LOI's", "discriminatie", "video"], "en")
    assert [one.language for one in found] == ["nl"] * 4
    assert vocabulary.harmonise("video", "en").language == "en"


def test_a_small_letter_abbreviation_counts_only_among_words_of_its_language(
    vocabulary: Vocabulary,
) -> None:
    alone = vocabulary.harmonise("nbmv", "fr")
    among = vocabulary.harmonise_all(["nbmv", "huisvesting", "opvang"], "fr")[0]
    assert alone.concept is None
    assert (among.concept, among.reason) == ("unaccompanied-minor", "case")


def test_an_earlier_scheme_goes_first_and_an_ambiguous_answer_is_less_sure(
    vocabulary: Vocabulary,
) -> None:
    found = vocabulary.harmonise("research", "en")
    assert (found.concept, found.scheme) == ("research", "topics")
    assert found.confidence < 1
    assert [near.concept for near in found.nearest] == ["study"]


def test_the_answer_can_be_restricted_to_schemes(vocabulary: Vocabulary) -> None:
    assert vocabulary.harmonise("research", "en", schemes=["forms"]).concept == "study"
    assert vocabulary.harmonise("asiel", schemes=["forms"]).concept is None
    with pytest.raises(VocabularyError, match="No scheme is called nothing"):
        vocabulary.harmonise("asiel", schemes=["nothing"])


def test_a_deprecated_concept_resolves_to_its_successor(vocabulary: Vocabulary) -> None:
    found = vocabulary.harmonise("applicants with special needs")
    assert (found.concept, found.label) == ("asylum-seeker", "asylum seeker")


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_keyword_raises_or_loses_its_original(vocabulary: Vocabulary, keyword: str) -> None:
    found = vocabulary.harmonise(keyword)
    assert found.source == keyword
    assert 0 <= found.confidence <= 1
    assert (found.concept is None) == (found.reason == "unknown")


@pytest.mark.parametrize("language", [None, "fr", "en", "nl"])
def test_an_expression_may_lack_its_accents_on_a_page_of_any_language(
    shipped: Vocabulary, language: str | None
) -> None:
    found = shipped.harmonise("pays tiers sur", language)
    assert (found.concept, found.reason) == ("safe-third-country", "accent")


def test_of_an_unknown_keyword_of_two_words_only_its_neighbours_tell_the_language(
    shipped: Vocabulary,
) -> None:
    assert shipped.harmonise("tax return").language is None
    assert shipped.harmonise("tax return", "en").language == "en"
    assert shipped.harmonise_all(["tax return", "logement", "asile"])[0].language == "fr"


@pytest.mark.parametrize(
    ("keyword", "concept"),
    [
        ("családegyesítéssel", "family-reunification"),
        ("pagulased", "refugee"),
        ("pagulaste", "refugee"),
    ],
)
def test_endings_that_change_the_last_letter(
    shipped: Vocabulary, keyword: str, concept: str
) -> None:
    found = shipped.harmonise(keyword)
    assert (found.concept, found.reason) == (concept, "inflected")
