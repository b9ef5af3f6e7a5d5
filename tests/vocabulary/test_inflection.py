"""Inflected forms of labels are found in many languages, and mere look-alikes are not."""

import pytest

from contactpoint.vocabulary import Vocabulary

INFLECTED = [
    ("de", "Asylbewerbern", "asylum-seeker"),
    ("de", "des Asylverfahrens", "asylum-procedure"),
    ("nl", "asielzoekers", "asylum-seeker"),
    ("nl", "gezinsherenigingen", "family-reunification"),
    ("fr", "demandeuses d’asile", "asylum-seeker"),
    ("fr", "mineurs non accompagnés", "unaccompanied-minor"),
    ("es", "solicitantes de asilo", "asylum-seeker"),
    ("it", "richiedenti asilo", "asylum-seeker"),
    ("sv", "uppehållstillståndet", "residence-permit"),
    ("da", "asylansøgernes", "asylum-seeker"),
    ("fi", "turvapaikanhakijoiden", "asylum-seeker"),
    ("fi", "oleskeluluvan", "residence-permit"),
    ("fi", "turvapaikan", "asylum"),
    ("et", "varjupaigataotlejate", "asylum-seeker"),
    ("hu", "menedékkérők", "asylum-seeker"),
    ("hu", "menedékkérőknek", "asylum-seeker"),
    ("pl", "azylantów", "asylum-seeker"),
    ("cs", "žadatelé o azyl", "asylum-seeker"),
    ("uk", "шукачів притулку", "asylum-seeker"),
    ("uk", "возз’єднанню сім’ї", "family-reunification"),
    ("ru", "просителей убежища", "asylum-seeker"),
    ("el", "αιτούντων άσυλο", "asylum-seeker"),
    ("tr", "sığınmacıların", "asylum-seeker"),
    ("ka", "თავშესაფრის მაძიებლების", "asylum-seeker"),
    ("ar", "اللجوء", "asylum"),
    ("ar", "طالبي اللجوء", "asylum-seeker"),
    ("ar", "وطالبات اللجوء", "asylum-seeker"),
    ("fa", "پناه‌جویان", "asylum-seeker"),
]


@pytest.mark.parametrize(("language", "text", "concept"), INFLECTED)
def test_an_inflected_form_in_a_text_is_its_concept(
    vocabulary: Vocabulary, language: str, text: str, concept: str
) -> None:
    found = vocabulary.annotate(text, language, schemes=["topics"])
    assert [(one.concept, one.reason) for one in found] == [(concept, "inflected")]


@pytest.mark.parametrize(("language", "text", "concept"), INFLECTED)
def test_an_inflected_keyword_is_its_concept_without_being_told_the_language(
    vocabulary: Vocabulary, language: str, text: str, concept: str
) -> None:
    found = vocabulary.harmonise(text)
    assert (found.concept, found.language) == (concept, language)


@pytest.mark.parametrize(
    ("word", "concept"), [("residents", "resident"), ("residences", "residence")]
)
def test_words_with_one_stem_and_two_meanings_stay_apart(
    vocabulary: Vocabulary, word: str, concept: str
) -> None:
    assert vocabulary.harmonise(word, "en").concept == concept


@pytest.mark.parametrize("word", ["new", "detained", "housed", "researchers"])
def test_a_derived_or_merely_similar_word_is_not_an_inflected_form(
    vocabulary: Vocabulary, word: str
) -> None:
    assert vocabulary.annotate(word, "en") == []
