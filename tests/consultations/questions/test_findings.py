"""What is wrong with an instrument before anybody answers it."""

import datetime
import itertools
import random
import time
from dataclasses import replace

import pytest
from consulting import housing

from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.questions.findings import Problem, Weight, findings
from contactpoint.consultations.questions.reachable import Trying
from contactpoint.consultations.questions.walking import course

LETTERS = tuple(Choice(one, {"en": one}) for one in "abc")


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


def test_a_choice_or_a_row_without_words_is_found() -> None:
    matrix = Question("m", Kind.MATRIX, {"en": "M"}, choices="letters",
                      rows=(Choice("r", {"en": "R"}), Choice("s")))  # fmt: skip
    bare = replace(of(ONE, matrix), choice_sets={"letters": (*LETTERS, Choice("d"))})
    found = [(one.code, one.details["what"]) for one in findings(bare)
             if one.problem is Problem.NO_LABEL]  # fmt: skip
    assert found == [("m", "s"), ("one", "d")]


def test_what_refuses_stands_first() -> None:
    found = findings(of(text("${one} = 'z'"), ONE, Question("c", Kind.CALCULATED)))
    assert [one.weight for one in found][:2] == [Weight.REFUSES, Weight.WARNS]


@pytest.mark.parametrize(
    "relevant",
    [
        "${one} = 'a' and ${country} != ${other} and ${country} != 'BE'",
        "${age} < ${b} and ${b} < ${c} and ${c} < ${d} and ${age} > 0 and ${d} < 5",
        "${coded} = 2",
        "${coded} > 2",
    ],
)
def test_answers_that_are_compared_with_each_other_are_not_called_impossible(relevant: str) -> None:
    asked = [Question(code, Kind.INTEGER) for code in ("b", "c", "d")]
    countries = [Question("country", Kind.COUNTRY), Question("other", Kind.COUNTRY)]
    coded = Question("coded", Kind.ONE, choices="coded")
    instrument = of(ONE, AGE, *asked, *countries, coded, text(relevant))
    sets = {**instrument.choice_sets, "coded": tuple(Choice(str(n), {"en": "N"}) for n in range(4))}
    assert findings(replace(instrument, choice_sets=sets)) == []


def _condition(chance: random.Random, codes: list[str]) -> str:
    def comparison() -> str:
        code = chance.choice(codes)
        if code.startswith("n"):
            return f"${{{code}}} {chance.choice(['=', '!=', '<', '>='])} {chance.randint(-1, 2)}"
        if code.startswith("m"):
            return f"selected(${{{code}}}, '{chance.choice('ab')}')"
        if code.startswith("k"):
            return f"${{{code}}}"
        return f"${{{code}}} {chance.choice(['=', '!='])} '{chance.choice(['a', 'b', ''])}'"

    joined = chance.choice([" and ", " and ", " or "]).join(
        comparison() for _one in range(chance.randint(1, 3))
    )
    return f"not({joined})" if chance.random() < 0.2 else joined


def _random_instrument(chance: random.Random) -> Instrument:
    asked: list[Question] = []
    for at in range(4):
        kind = chance.choice(["o", "n", "m", "k"]) if asked else "o"
        codes = [one.code for one in asked]
        relevant = _condition(chance, codes) if asked and chance.random() < 0.7 else ""
        code = f"{kind}{at}"
        if kind == "k":
            worked = _condition(chance, codes)
            asked.append(Question(code, Kind.CALCULATED, relevant=relevant, calculation=worked))
        else:
            kinds = {"o": Kind.ONE, "n": Kind.INTEGER, "m": Kind.MANY}
            asked.append(Question(code, kinds[kind], relevant=relevant, choices="letters"))
    last = Question("q", Kind.TEXT, relevant=_condition(chance, [one.code for one in asked]))
    return of(*asked, last)


def _led_to(instrument: Instrument) -> set[str]:
    """Every answer is tried, whatever conditions say."""
    options = {
        Kind.ONE: [None, "a", "b", "c"],
        Kind.INTEGER: [None, *range(-2, 4)],
        Kind.MANY: [None, ["a"], ["b"], ["c"], ["a", "b"]],
    }
    asked = [one for one in instrument.questions() if one.kind in options]
    found: set[str] = set()
    for values in itertools.product(*(options[one.kind] for one in asked)):
        given = {one.code: value for one, value in zip(asked, values, strict=True)}
        way = course(instrument, given, today=datetime.date(2019, 5, 20))  # type: ignore[arg-type]
        found |= {one.code for one in way.questions()}
    return found


def test_what_is_called_unreachable_is_what_no_answers_lead_to() -> None:
    unreachable = 0
    for seed in range(50):
        instrument = _random_instrument(random.Random(seed))
        led_to = _led_to(instrument)
        never = {
            one.code
            for one in instrument.questions()
            if one.code not in led_to and one.kind is not Kind.CALCULATED
        }
        found = {one.code for one in findings(instrument) if one.problem is Problem.UNREACHABLE}
        asked = {one.code for one in instrument.questions() if one.kind is not Kind.CALCULATED}
        assert found & asked == never, seed
        unreachable += len(never)
    assert unreachable > 5


def _chain(length: int, before: int = 1) -> Instrument:
    """Each question hangs on those before it."""

    def relevant(at: int) -> str:
        return " and ".join(f"${{q{one}}} > 5" for one in range(max(0, at - before), at))

    return of(
        *(
            Question(f"q{at}", Kind.INTEGER, relevant=relevant(at), constraint=". < 1000")
            for at in range(length)
        )
    )


def _steps(instrument: Instrument, monkeypatch: pytest.MonkeyPatch) -> int:
    counted = 0
    really = Trying._count

    def count(self: Trying, size: int) -> None:
        nonlocal counted
        counted += size
        really(self, size)

    with monkeypatch.context() as patched:
        patched.setattr(Trying, "_count", count)
        assert findings(instrument) == []
    return counted


def test_a_chain_takes_as_much_work_as_it_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    hundred = _steps(_chain(100), monkeypatch)
    assert _steps(_chain(900), monkeypatch) < 10 * hundred
    assert _steps(_chain(900, before=8), monkeypatch) < 400_000


def test_what_is_too_much_to_try_is_named_and_the_rest_is_tried() -> None:
    choices = tuple(Choice(f"c{n}", {"en": "C"}) for n in range(50))
    firsts = [Question(f"f{n}", Kind.MANY, choices="many") for n in range(12)]
    condition = " and ".join(f"selected(${{f{n}}}, 'a')" for n in range(12))
    hard = " and ".join(f"${{f{n}}} = ${{f{n + 1}}}" for n in range(11)) + " and ${f0} != ${f11}"
    lasts = [text(condition)] + [Question(f"l{n}", Kind.TEXT, relevant=hard) for n in range(300)]
    instrument = replace(of(*firsts, *lasts, replace(AGE, constraint=". > 5 and . < 3")),
                         choice_sets={"letters": LETTERS, "many": choices})  # fmt: skip
    begun = time.process_time()
    found = findings(instrument)
    assert time.process_time() - begun < 10
    assert [one.code for one in found if one.problem is Problem.NEVER_FITS] == ["age"]
    (left_out,) = (one for one in found if one.problem is Problem.TOO_MANY)
    assert left_out.code == "l0"
    assert left_out.weight is Weight.WARNS
    assert left_out.details["number"] == "300"
    assert "l0, l1" in left_out.details["codes"]


def test_calculations_of_calculations_take_a_bounded_time() -> None:
    worked = [Question("k0", Kind.CALCULATED, calculation="${one} = 'a'")] + [
        Question(f"k{n}", Kind.CALCULATED, calculation=f"${{k{n - 1}}} and ${{k{n - 1}}}")
        for n in range(1, 400)
    ]
    lasts = [Question(f"l{n}", Kind.TEXT, relevant=f"${{k{n}}}") for n in range(400)]
    begun = time.process_time()
    findings(of(ONE, *worked, *lasts))
    assert time.process_time() - begun < 10
