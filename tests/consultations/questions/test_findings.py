"""What is wrong with an instrument before anybody answers it."""

import time
from dataclasses import replace

import pytest
from consulting import housing

from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.questions.findings import Problem, Weight, findings

LETTERS = (Choice("a"), Choice("b"), Choice("c"))


def of(*questions: Question) -> Instrument:
    labelled = tuple(replace(one, labels=one.labels or {"en": one.code}) for one in questions)
    section = Section("all", {"en": "All"}, questions=labelled)
    return Instrument("test", ("en",), {"en": "Test"}, sections=(section,),
                      choice_sets={"letters": LETTERS})  # fmt: skip


ONE = Question("one", Kind.ONE, choices="letters")
MANY = Question("many", Kind.MANY, choices="letters")
AGE = Question("age", Kind.INTEGER)


def problems(*questions: Question) -> list[tuple[str, str]]:
    return [(one.problem.value, one.code) for one in findings(of(*questions))]


def text(relevant: str = "", **fields: str) -> Question:
    return Question("q", Kind.TEXT, relevant=relevant, **fields)  # type: ignore[arg-type]


def test_a_sound_instrument_has_no_findings_but_its_translations() -> None:
    found = {(one.problem, one.code, one.details["text"]) for one in findings(housing())}
    assert found == {
        (Problem.NOT_TRANSLATED, "months", "label"),
        (Problem.NOT_TRANSLATED, "places", "label"),
    }


@pytest.mark.parametrize(
    "relevant",
    [
        "${one} = 'a' and ${one} = 'b'",
        "${one} = 'a' and ${one} != 'a'",
        "selected(${one}, 'a') and not(${one} = 'a')",
        "${one} = 'a' and ${one} = ''",
        "${age} > 20 and ${age} < 10",
        "${age} > 20 and ${age} < 21",
        "${age} < -1 and ${age} > -2",
        "selected(${many}, 'a') and count-selected(${many}) = 0",
        "count-selected(${many}) > 3",
        "false()",
        "${one} = 'a' and (${one} = 'b' or ${age} > 1 and ${age} < 1)",
    ],
)
def test_a_question_that_nobody_can_reach_is_found(relevant: str) -> None:
    assert ("unreachable", "q") in problems(ONE, MANY, AGE, text(relevant))


@pytest.mark.parametrize(
    "relevant",
    [
        "${one} = 'a' or ${one} = 'b'",
        "selected(${many}, 'a') and selected(${many}, 'b')",
        "${age} > 20 and ${age} < 22",
        "${age} < 0",
        "${one} = ''",
        "not(${one} = 'a') and not(${one} = 'b')",
        "count-selected(${many}) = 3",
        "${age} > string-length('abc') and ${age} < 1",
        "today() > date('2030-01-01') and today() < date('2020-01-01')",
    ],
)
def test_a_question_that_somebody_may_reach_is_not(relevant: str) -> None:
    assert "unreachable" not in {
        problem for problem, _code in problems(ONE, MANY, AGE, text(relevant))
    }


def test_a_contradiction_over_several_questions_is_found() -> None:
    middle = Question("middle", Kind.ONE, choices="letters", relevant="${one} = 'a'")
    last = text("${middle} = 'b' and ${one} = 'c'")
    assert problems(ONE, middle, last) == [("unreachable", "q")]


def test_a_section_that_contradicts_its_question_is_found() -> None:
    base = of(ONE)
    section = Section("more", {"en": "More"}, relevant="${one} = 'b'",
                      questions=(replace(text("${one} = 'a'"), labels={"en": "Q"}),))  # fmt: skip
    found = findings(replace(base, sections=(*base.sections, section)))
    assert [(one.problem.value, one.code) for one in found] == [("unreachable", "q")]


def test_a_constraint_that_refuses_every_answer_is_found() -> None:
    never = replace(AGE, constraint=". > 5 and . < 3")
    assert problems(never) == [("never-fits", "age")]
    assert problems(replace(AGE, constraint=". > 3 and . < 5")) == []
    assert problems(replace(ONE, constraint=". = 'b'")) == []


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (text("${nobody} = 1"), "unknown-reference"),
        (text("${one} = 'z'"), "unknown-choice"),
        (text("selected(${many}, 'z')"), "unknown-choice"),
        (text("${one} ="), "unreadable"),
        (text("${q} = 'x'"), "circle"),
        (text("${later} = 'x'"), "later-reference"),
        (text(constraint="${later} = 'x'"), "later-reference"),
        (Question("q", Kind.ONE, choices="letters", choice_filter="land = 'be'"), "unknown-column"),
        (Question("q", Kind.CALCULATED), "no-calculation"),
    ],
)
def test_what_a_condition_looks_at_has_to_be_there(question: Question, problem: str) -> None:
    found = problems(ONE, MANY, question, Question("later", Kind.TEXT))
    assert (problem, "q") in found


def test_what_is_worked_out_may_stand_later() -> None:
    later = Question("later", Kind.CALCULATED, calculation="${age} + 1")
    assert problems(AGE, text("${later} > 3"), later) == []


def test_an_instrument_without_questions_and_an_empty_section_are_found() -> None:
    bare = Instrument("test", ("en",), {"en": "T"}, sections=(Section("s", {"en": "S"}),))
    assert [one.problem for one in findings(bare)] == [Problem.NO_QUESTIONS, Problem.EMPTY_SECTION]


def test_a_question_without_words_keeps_a_round_from_being_opened() -> None:
    found = findings(replace(of(ONE), sections=(Section("s", {"en": "S"}, questions=(AGE,)),)))
    assert [(one.problem, one.weight) for one in found] == [(Problem.NO_TEXT, Weight.REFUSES)]


def test_what_refuses_stands_first() -> None:
    found = findings(of(text("${one} = 'z'"), ONE, Question("c", Kind.CALCULATED)))
    assert [one.weight for one in found][:2] == [Weight.REFUSES, Weight.WARNS]


def test_many_conditions_take_a_bounded_time() -> None:
    choices = tuple(Choice(f"c{n}") for n in range(50))
    firsts = [Question(f"f{n}", Kind.MANY, choices="letters") for n in range(12)]
    condition = " and ".join(f"selected(${{f{n}}}, 'a')" for n in range(12))
    lasts = [text(condition)] + [
        Question(f"l{n}", Kind.TEXT, relevant="${f0} = ${f1} and ${f2} = ${f3}") for n in range(300)
    ]
    instrument = replace(of(*firsts, *lasts), choice_sets={"letters": LETTERS, "many": choices})
    begun = time.process_time()
    findings(instrument)
    assert time.process_time() - begun < 10
