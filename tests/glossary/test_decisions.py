"""What editors decide is kept once, used next time, and taken back without a trace."""

import pytest
from factories import make_concept

from contactpoint.glossary.deciding import (
    LabelTakenError,
    conflict,
    forget,
    learn,
    propose,
    refused,
    settle,
)
from contactpoint.glossary.models import Concept, ConceptLabel, Decision
from contactpoint.glossary.terms import vocabulary
from contactpoint.glossary.weighing import LEAST, MOST, Opinion, opinions, said, weighed

pytestmark = pytest.mark.django_db


@pytest.fixture
def concepts() -> dict[str, Concept]:
    return {
        "asylum": make_concept("asylum", en="asylum", nl="asiel"),
        "housing": make_concept("housing", en="housing", nl="huisvesting"),
    }


def _settle(subject: str, wanted: set[tuple[int, str]], word: str = "asiel") -> None:
    settle(
        subject,
        Decision.Source.SUGGESTED,
        wanted,
        words_of=lambda keys: {key: [word] for key in keys},
        language="nl",
        user=None,
    )


def test_a_mapped_keyword_is_known_the_next_time_and_forgotten_when_taken_back(
    concepts: dict[str, Concept],
) -> None:
    assert vocabulary().harmonise("onderdak", "nl").concept is None
    before = vocabulary()
    assert learn(concepts["housing"], ["Onderdak"], "nl") == ["Onderdak"]
    assert vocabulary() is not before
    found = vocabulary().harmonise("onderdak", "nl")
    assert (found.concept, found.scheme, found.reason) == ("housing", "glossary", "hidden")
    assert (found.label, found.matched_label, found.language) == ("housing", "Onderdak", "nl")
    assert vocabulary().harmonise("onderdak", "en").concept == "housing"
    row = ConceptLabel.objects.get(text="Onderdak")
    assert (row.kind, row.learnt, row.language) == ("hidden", True, "nl")
    assert learn(concepts["housing"], ["onderdak", "ONDERDAK"], "nl") == []
    assert forget(["onderdak"], ["nl"], concepts["housing"].pk) == 1
    assert vocabulary().harmonise("onderdak", "nl").concept is None


def test_a_learnt_word_is_no_word_of_texts_but_a_learnt_expression_is(
    concepts: dict[str, Concept],
) -> None:
    learn(concepts["housing"], ["shelter", "roof over the head"], "en")
    text = "The shelter is a roof over the head."
    found = vocabulary().annotate(text, "en", schemes=["glossary"])
    assert [note.text for note in found] == ["roof over the head"]
    assert vocabulary().harmonise("shelter", "en").concept == "housing"


@pytest.mark.parametrize("words", ["the", "of the", "x", "…", ""])
def test_function_words_and_single_letters_are_not_learnt(
    concepts: dict[str, Concept], words: str
) -> None:
    assert learn(concepts["housing"], [words], "en") == []
    assert not ConceptLabel.objects.filter(learnt=True).exists()


def test_a_sure_answer_of_the_glossary_goes_before_a_learnt_word(
    concepts: dict[str, Concept],
) -> None:
    ConceptLabel.objects.create(
        concept=concepts["housing"], language="en", kind="hidden", text="asylum", learnt=True
    )
    assert vocabulary().harmonise("asylum", "en").concept == "asylum"


def test_a_word_learnt_in_two_languages_follows_the_language_of_the_item(
    concepts: dict[str, Concept],
) -> None:
    learn(concepts["housing"], ["zork"], "nl")
    learn(concepts["asylum"], ["zork"], "fr")
    assert vocabulary().harmonise("zork", "nl").concept == "housing"
    assert vocabulary().harmonise("zork", "fr").concept == "asylum"
    doubtful = vocabulary().harmonise("zork", "de")
    assert doubtful.confidence < 0.7
    assert doubtful.nearest


def test_a_word_learnt_by_a_concept_that_was_given_up_means_its_successor(
    concepts: dict[str, Concept],
) -> None:
    learn(concepts["housing"], ["onderdak"], "nl")
    housing = concepts["housing"]
    housing.status, housing.successor = Concept.Status.DEPRECATED, concepts["asylum"]
    housing.save()
    assert vocabulary().harmonise("onderdak", "nl").concept == "asylum"


def test_a_string_that_is_another_concepts_label_is_not_learnt(
    concepts: dict[str, Concept],
) -> None:
    with pytest.raises(LabelTakenError) as problem:
        learn(concepts["housing"], ["onderdak", "Asiel"], "nl")
    assert problem.value.others == [concepts["asylum"]]
    assert not problem.value.is_learnt
    assert not ConceptLabel.objects.filter(learnt=True).exists()
    assert learn(concepts["housing"], ["Asiel"], "hu") == ["Asiel"]
    taken = conflict(["asiel"], "hu", concepts["asylum"])
    assert taken is not None
    assert taken.is_learnt


def test_an_abbreviation_in_small_letters_is_learnt_beside_its_capitals(
    concepts: dict[str, Concept],
) -> None:
    ConceptLabel.objects.create(
        concept=concepts["housing"], language="nl", kind="alternative", text="LOI"
    )
    assert learn(concepts["housing"], ["loi"], "nl") == ["loi"]


def test_decisions_on_a_subject_are_exactly_what_is_wanted(concepts: dict[str, Concept]) -> None:
    asylum, housing = concepts["asylum"].pk, concepts["housing"].pk
    _settle("a:1", {(asylum, "accepted"), (housing, "rejected")})
    first = {row.pk for row in Decision.objects.all()}
    _settle("a:1", {(asylum, "accepted"), (housing, "rejected")}, word="other")
    assert {row.pk for row in Decision.objects.all()} == first
    assert refused("a:1") == {housing}
    assert refused("a:2") == set()
    _settle("a:1", {(housing, "accepted")})
    rows = Decision.objects.values_list("concept", "verdict", "words", "language")
    assert list(rows) == [(housing, "accepted", "asiel", "nl")]
    _settle("a:1", set())
    assert not Decision.objects.exists()


def test_the_odds_follow_what_editors_decided_within_bounds() -> None:
    assert Opinion().factor == 1
    assert Opinion(accepted=0, refused=4).factor == pytest.approx(1 / 3)
    assert Opinion(accepted=2, refused=0).factor == 2
    assert Opinion(accepted=999, refused=0).factor == MOST
    assert Opinion(accepted=0, refused=999).factor == LEAST


def test_a_word_that_editors_refuse_lowers_its_concept_only(concepts: dict[str, Concept]) -> None:
    for number in range(4):
        _settle(f"a:{number}", {(concepts["asylum"].pk, "rejected")}, word="Asiel")
    _settle("a:9", {(concepts["asylum"].pk, "accepted")}, word="asiel")
    known = opinions(["asylum", "housing"], "nl")
    assert known == {("asylum", "asiel"): Opinion(accepted=1, refused=4)}
    assert weighed(0.5, "asylum", ["ASIEL"], known) == pytest.approx(1 / 3, abs=0.001)
    assert weighed(0.5, "housing", ["asiel"], known) == 0.5
    assert weighed(0.5, "asylum", ["asielzoeker"], known) == 0.5
    mixed = weighed(0.5, "asylum", ["asiel", "asielzoeker"], known)
    assert weighed(0.5, "asylum", ["asiel"], known) < mixed < 0.5
    assert opinions(["asylum"], "fr") == {}
    assert "4 times" in said("asylum", ["asiel"], known)
    assert "once" in said("asylum", ["asiel"], known)
    assert said("housing", ["asiel"], known) == ""


def test_a_proposed_concept_has_a_free_identifier_and_waits_for_approval(
    concepts: dict[str, Concept],
) -> None:
    made = propose({"en": "Housing", "nl": "onderdak"}, broader=concepts["asylum"])
    assert (made.slug, made.status) == ("housing-2", "proposed")
    assert list(made.broader.all()) == [concepts["asylum"]]
    assert propose({"en": "سكن"}).slug
