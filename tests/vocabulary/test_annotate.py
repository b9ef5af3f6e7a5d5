"""Concepts are found in a text at their exact place, and only where they are meant."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.vocabulary import Label, Scheme, Vocabulary, VocabularyConcept

LANGUAGES = ["en", "nl", "fr", "de", "fi", "ar", "tr", "uk", None]
SNIPPETS = [
    "asylum",
    "Asylbewerbern",
    "l'asile",
    "LOI's",
    "طالب لجوء",
    "İ",
    "ß",
    "e\u0301",
    "\u00ad",
]


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=8), st.sampled_from(SNIPPETS))).map(" ".join),
    st.sampled_from(LANGUAGES),
)
def test_offsets_always_slice_the_original_text(
    vocabulary: Vocabulary, text: str, language: str | None
) -> None:
    end = 0
    for found in vocabulary.annotate(text, language):
        assert text[found.start : found.end] == found.text
        assert found.text
        assert found.start >= end
        end = found.end


def test_the_longest_match_wins(vocabulary: Vocabulary) -> None:
    text = "The asylum procedure, then voluntary return; asylum seekers wait."
    found = [(one.text, one.concept) for one in vocabulary.annotate(text)]
    assert found == [
        ("asylum procedure", "asylum-procedure"),
        ("voluntary return", "voluntary-return"),
        ("asylum seekers", "asylum-seeker"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "She filed her tax return late.",
        "He got nothing in return.",
        "What is new in the house?",
        "Elle dit que la loi est la loi et que c'est bien.",
        "They ended the asylum. Seeker of truth.",
    ],
)
def test_a_false_friend_is_not_annotated(vocabulary: Vocabulary, text: str) -> None:
    concepts = [one.concept for one in vocabulary.annotate(text)]
    assert set(concepts) <= {"asylum"}


def test_a_match_does_not_reach_over_a_bracket_or_a_paragraph(vocabulary: Vocabulary) -> None:
    for text in ("the asylum) procedure is", "the asylum\n\nprocedure is", "the asylum, seeker of"):
        assert [one.concept for one in vocabulary.annotate(text, "en")] == ["asylum"]
    for text in ("asylum\nprocedure", "asylum\u00a0procedure", "asylum-procedure"):
        assert [one.concept for one in vocabulary.annotate(text, "en")] == ["asylum-procedure"]


def test_a_label_in_brackets_is_found_with_its_closing_bracket(vocabulary: Vocabulary) -> None:
    text = "They were given leave to remain (national law) and housing."
    found = vocabulary.annotate(text)
    assert [one.text for one in found] == ["leave to remain (national law)", "housing"]
    assert found[0].reason == "alternative"


def test_the_language_is_detected(vocabulary: Vocabulary) -> None:
    texts = {
        "en": "The municipality looks for housing for people who have been recognised.",
        "nl": "De gemeente zoekt huisvesting voor mensen die erkend zijn.",
        "fr": "La commune cherche un logement pour les personnes qui sont reconnues.",
        "de": "Die Gemeinde sucht für anerkannte Menschen eine Wohnung.",
        "fi": "Kunta etsii asuntoa ihmisille, jotka ovat saaneet päätöksen.",
        "pl": "Gmina szuka mieszkania dla osób, które nie są jeszcze uznane.",
        "uk": "Громада шукає житло для людей, які отримали захист.",
        "ru": "Община ищет жильё для людей, которые получили защиту.",
        "ar": "تبحث البلدية عن سكن للأشخاص الذين حصلوا على الحماية في البلاد",
        "tr": "Belediye, tanınan kişiler için konut arıyor ve bu kişiler ile çalışıyor.",
        "el": "Ο δήμος αναζητά στέγη για τους ανθρώπους που αναγνωρίστηκαν.",
    }
    assert {language: vocabulary.detect(text) for language, text in texts.items()} == {
        language: language for language in texts
    }
    assert vocabulary.detect("xyzzy") is None


def test_a_word_of_another_language_counts_only_as_an_abbreviation_or_expression(
    vocabulary: Vocabulary,
) -> None:
    text = "The LOI gives retour and opvang, says the policy note on médias sociaux."
    found = [(one.text, one.language) for one in vocabulary.annotate(text, "en")]
    assert found == [("LOI", "nl"), ("policy note", "en"), ("médias sociaux", "fr")]


def test_a_part_of_a_compound_is_found_with_its_place(vocabulary: Vocabulary) -> None:
    text = "Het nieuwe huisvestingsbeleid werd voorgesteld, zonder kinderopvang."
    (found,) = vocabulary.annotate(text, "nl")
    assert (found.concept, found.text, found.reason) == ("housing", "huisvesting", "compound")


@pytest.mark.parametrize("written", ["إعادة التوطين", "اعادة التوطين", "اعاده التوطين"])
def test_arabic_is_known_without_hamza_and_with_another_last_letter(written: str) -> None:
    concept = VocabularyConcept(id="resettlement", labels=(Label("إعادة التوطين", "ar"),))
    words = Vocabulary([Scheme(id="topics", concepts={"resettlement": concept})])
    assert [note.concept for note in words.annotate(written, "ar")] == ["resettlement"]


def test_accents_may_be_missing_but_not_different(vocabulary: Vocabulary) -> None:
    assert vocabulary.annotate("la retention", "fr")[0].reason == "accent"
    assert vocabulary.annotate("une régularisatión", "fr") == []


def test_threads_share_one_vocabulary(vocabulary: Vocabulary) -> None:
    texts = [f"asielzoekers in {number} huisvesting en opvang" for number in range(200)]
    alone = [vocabulary.annotate(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(vocabulary.annotate, texts)) == alone


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "ils sont annoncés comme un ensemble"),
        ("fr", "un système commun"),
        ("de", "illegale Fischerei"),
        ("en", "illegal fishing"),
        ("en", "a new figure"),
        ("en", "under arrest"),
        ("de", "Europäische Gesundheit"),
        ("nl", "Europees arrestatiebevel"),
    ],
)
def test_a_word_that_only_looks_like_a_label_is_left_alone(
    shipped: Vocabulary, language: str, text: str
) -> None:
    found = shipped.annotate(text, language)
    assert {one.concept for one in found} <= {"health"}


def test_a_word_as_it_stands_goes_before_a_form_of_another_whatever_the_text_is_about(
    shipped: Vocabulary,
) -> None:
    found = shipped.annotate("پناهجویان و پناهندگان در مرکز پذیرش هستند.", "fa")
    assert [one.concept for one in found] == [
        "applicant-for-international-protection",
        "refugee",
        "reception-centre",
    ]
