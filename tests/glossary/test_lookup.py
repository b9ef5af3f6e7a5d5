"""Names are found while they are typed, in all languages, the best first."""

from random import Random

import pytest

from contactpoint.glossary.lookup import LONGEST_QUERY, Entry, Lookup, key, mark

LABELS = [
    Entry("asylum", "asylum", "en", "preferred"),
    Entry("asylum", "Asyl", "de", "preferred"),
    Entry("asylum", "asyl", "sv", "preferred"),
    Entry("asylum", "droit d’asile", "fr", "alternative"),
    Entry("seeker", "asylum seeker", "en", "preferred"),
    Entry("seeker", "asielzoeker", "nl", "preferred"),
    Entry("seeker", "turvapaikanhakija", "fi", "preferred"),
    Entry("seeker", "illegal asylum seeker", "en", "hidden"),
    Entry("right", "right of asylum", "en", "preferred"),
    Entry("family", "family reunification", "en", "preferred"),
    Entry("family", "regroupement familial", "fr", "preferred"),
    Entry("family", "οικογενειακή επανένωση", "el", "preferred"),
    Entry("query", "ad hoc query", "en", "preferred"),
    Entry("query", "ad-hoc question", "en", "alternative"),
]


@pytest.fixture(scope="module")
def lookup() -> Lookup:
    return Lookup(LABELS)


def slugs(lookup: Lookup, query: str, language: str = "en", limit: int = 10) -> list[str]:
    return [hit.slug for hit in lookup.find(query, language, limit)[1]]


def test_whole_names_come_before_beginnings_and_these_before_later_words(lookup: Lookup) -> None:
    assert slugs(lookup, "asylum") == ["asylum", "seeker", "right"]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("asiel", "seeker"),
        ("zoeker", "seeker"),
        ("hakija", "seeker"),
        ("ASYL", "asylum"),
        ("d'asile", "asylum"),
        ("d asile", "asylum"),
        ("επανενωση", "family"),
        ("reunification family", "family"),
        ("ad-hoc qu", "query"),
        ("ad hoc quest", "query"),
    ],
)
def test_a_part_of_a_name_in_any_language_finds_its_concept(
    lookup: Lookup, query: str, slug: str
) -> None:
    assert slugs(lookup, query)[0] == slug


def test_a_hit_says_by_which_name_and_in_which_languages(lookup: Lookup) -> None:
    (hit,) = lookup.find("asyl", "nl", 1)[1]
    assert (hit.slug, key(hit.entry.text), set(hit.languages)) == ("asylum", "asyl", {"de", "sv"})


def test_a_name_in_the_readers_language_is_named_before_the_same_elsewhere(lookup: Lookup) -> None:
    assert lookup.find("asyl", "sv", 1)[1][0].entry.language == "sv"
    assert lookup.find("asyl", "de", 1)[1][0].entry.language == "de"


def test_a_hidden_name_leads_to_its_concept(lookup: Lookup) -> None:
    (hit,) = lookup.find("illegal", "en", 5)[1]
    assert (hit.slug, hit.entry.kind, hit.languages) == ("seeker", "hidden", ())


def test_one_letter_finds_names_that_begin_with_it_only(lookup: Lookup) -> None:
    assert set(slugs(lookup, "r")) == {"right", "family"}


def test_all_hits_are_counted_and_the_best_few_given(lookup: Lookup) -> None:
    total, hits = lookup.find("asy", "en", 1)
    assert (total, len(hits)) == (3, 1)


@pytest.mark.parametrize(
    "odd", ["", "   ", "-", "’", "\x00", "\n", "\\", "(((((", "%", "\u202e", "%s"]
)
def test_signs_without_letters_find_nothing(lookup: Lookup, odd: str) -> None:
    assert lookup.find(odd, "en", 10) == (0, [])


def test_a_query_across_two_names_finds_nothing(lookup: Lookup) -> None:
    assert slugs(lookup, "asylum\n droit") == []
    assert slugs(lookup, "zzz family") == []


def test_a_very_long_query_is_cut(lookup: Lookup) -> None:
    assert slugs(lookup, "asylum seeker" + " " * LONGEST_QUERY + "zzz") == ["seeker"]
    assert lookup.find("x" * 1_000_000, "en", 10) == (0, [])


def test_each_name_is_looked_at_once_however_often_it_holds_the_query() -> None:
    lookup = Lookup([Entry("one", "ab" * 500, "en", "preferred")])
    assert list(lookup._lines("ab")) == [(0, 1)]


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("droit d’asile", "d'asi", ("droit ", "d’asi", "le")),
        ("Straße", "strasse", ("", "Straße", "")),
        ("thuisloos huis", "huis", ("thuisloos ", "huis", "")),
        ("thuisloos", "huis", ("t", "huis", "loos")),
        ("œuvre", "oeu", ("", "œu", "vre")),
        ("asylum", "zzz", ("asylum", "", "")),
        ("asylum", "", ("asylum", "", "")),
    ],
)
def test_what_was_typed_is_marked_in_the_name(
    text: str, query: str, marked: tuple[str, str, str]
) -> None:
    assert mark(text, query) == marked


def test_marking_never_changes_a_name() -> None:
    random = Random(3)
    signs = "aéßœæ-’ ıİΑάйلآ\u0301\u200fﬁ中😀"
    for _round in range(2_000):
        text = "".join(random.choices(signs, k=random.randint(0, 12)))
        query = "".join(random.choices(signs, k=random.randint(0, 4)))
        assert "".join(mark(text, query)) == text


def test_names_in_languages_that_are_near_come_before_others() -> None:
    names = [
        Entry("asylum", "asilo", "es", "preferred"),
        Entry("asylum", "asiel", "nl", "preferred"),
    ]
    for near, name in (((), "asilo"), (("nl",), "asiel")):
        assert Lookup(names, near).find("asi", "en", 1)[1][0].entry.text == name
