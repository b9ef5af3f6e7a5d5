"""Whether an answer can be taken."""

import datetime
from typing import Any

import pytest
from consulting import housing

from contactpoint.consultations.questions import Choice, Instrument, Kind, Question, Section
from contactpoint.consultations.questions.checking_answers import (
    AnswerError,
    checked,
    missing,
    offered,
)
from contactpoint.consultations.questions.messages import MESSAGES, Problem

TODAY = datetime.date(2019, 5, 20)
TOWNS = (
    Choice("gent", columns={"country": "BE"}),
    Choice("luik", columns={"country": "BE"}),
    Choice("lille", columns={"country": "FR"}),
)


def of(question: Question) -> Instrument:
    return Instrument(
        "test",
        ("en", "nl"),
        sections=(Section("all", questions=(Question("where", Kind.COUNTRY), question)),),
        choice_sets={"towns": TOWNS},
    )


def take(kind: Kind, value: Any, answers: dict[str, Any] | None = None, **fields: Any) -> Any:
    language = fields.pop("language", "en")
    if kind in {Kind.ONE, Kind.MANY, Kind.RANKING, Kind.MATRIX}:
        fields.setdefault("choices", "towns")
    question = Question("q", kind, **fields)
    return checked(of(question), question, value, answers or {}, today=TODAY, language=language)


ROWS = (Choice("r1"), Choice("r2"))


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (Kind.TEXT, "  a\r\nb ", "a b"),
        (Kind.TEXT, "   ", None),
        (Kind.LONG_TEXT, "a\r\n\r\nb", "a\n\nb"),
        (Kind.INTEGER, " 012 ", 12),
        (Kind.INTEGER, 0, 0),
        (Kind.INTEGER, "", None),
        (Kind.DECIMAL, "12,50", "12.50"),
        (Kind.DECIMAL, "-.5", "-0.5"),
        (Kind.DECIMAL, "-0", "0"),
        (Kind.DECIMAL, "007", "7"),
        (Kind.DATE, "2020-02-29", "2020-02-29"),
        (Kind.ONE, "gent", "gent"),
        (Kind.ONE, "", None),
        (Kind.MANY, ["lille", "gent", "gent"], ["gent", "lille"]),
        (Kind.MANY, [], []),
        (Kind.MANY, None, None),
        (Kind.RANKING, ["lille", "gent"], ["lille", "gent"]),
        (Kind.FILE, ["abc"], ["abc"]),
        (Kind.COUNTRY, "BE", "BE"),
        (Kind.CONCEPT, "asylum-seeker", "asylum-seeker"),
        (Kind.NOTE, None, None),
    ],
)
def test_an_answer_is_kept_in_the_shape_of_its_kind(kind: Kind, given: Any, kept: Any) -> None:
    assert take(kind, given) == kept


def test_a_matrix_keeps_its_rows_in_order_and_may_lack_some() -> None:
    answer = {"r2": "gent", "r1": "lille"}
    assert list(take(Kind.MATRIX, answer, rows=ROWS)) == ["r1", "r2"]
    assert take(Kind.MATRIX, {"r1": ""}, rows=ROWS) is None


@pytest.mark.parametrize(
    ("kind", "given", "problem"),
    [
        (Kind.TEXT, "a" * 1001, Problem.TOO_LONG),
        (Kind.TEXT, "a\x00", Problem.WRONG_SHAPE),
        (Kind.TEXT, ["a"], Problem.WRONG_SHAPE),
        (Kind.INTEGER, "1.5", Problem.NO_WHOLE_NUMBER),
        (Kind.INTEGER, True, Problem.NO_WHOLE_NUMBER),
        (Kind.INTEGER, 10**15, Problem.NO_WHOLE_NUMBER),
        (Kind.INTEGER, "9" * 5000, Problem.NO_WHOLE_NUMBER),
        (Kind.INTEGER, "\u0661", Problem.NO_WHOLE_NUMBER),
        (Kind.DECIMAL, "1e5", Problem.NO_NUMBER),
        (Kind.DECIMAL, "NaN", Problem.NO_NUMBER),
        (Kind.DECIMAL, ".", Problem.NO_NUMBER),
        (Kind.DATE, "2019-02-29", Problem.NO_DATE),
        (Kind.DATE, "20190228", Problem.NO_DATE),
        (Kind.ONE, "paris", Problem.NO_CHOICE),
        (Kind.ONE, ["gent"], Problem.NO_CHOICE),
        (Kind.MANY, "gent", Problem.WRONG_SHAPE),
        (Kind.MANY, ["paris"], Problem.NO_CHOICE),
        (Kind.RANKING, ["gent", "gent"], Problem.TWICE),
        (Kind.MATRIX, {"r9": "gent"}, Problem.NO_ROW),
        (Kind.MATRIX, {"r1": "paris"}, Problem.NO_CHOICE),
        (Kind.MATRIX, {"r1": ["gent"]}, Problem.NO_CHOICE),
        (Kind.FILE, "abc", Problem.WRONG_SHAPE),
        (Kind.COUNTRY, "be", Problem.NO_COUNTRY),
        (Kind.CONCEPT, "a\nb", Problem.WRONG_SHAPE),
        (Kind.NOTE, "a", Problem.WRONG_SHAPE),
        (Kind.CALCULATED, "a", Problem.WRONG_SHAPE),
    ],
)
def test_another_shape_is_refused(kind: Kind, given: Any, problem: Problem) -> None:
    with pytest.raises(AnswerError) as caught:
        take(kind, given, rows=ROWS if kind is Kind.MATRIX else ())
    assert caught.value.problem is problem
    assert caught.value.message


def test_only_choices_that_are_offered_now_can_be_taken() -> None:
    filtered = {"choice_filter": "country = ${where}"}
    assert take(Kind.ONE, "gent", {"where": "BE"}, **filtered) == "gent"
    with pytest.raises(AnswerError, match="not offered"):
        take(Kind.ONE, "gent", {"where": "FR"}, **filtered)
    question = Question("q", Kind.ONE, choices="towns", **filtered)  # type: ignore[arg-type]
    found = offered(of(question), question, {"where": "BE"}, today=TODAY)
    assert [one.code for one in found] == ["gent", "luik"]


def test_a_constraint_looks_at_the_answer_and_the_others() -> None:
    young = {"constraint": ". < 18 or ${where} = 'BE'"}
    assert take(Kind.INTEGER, "17", **young) == 17
    assert take(Kind.INTEGER, "19", {"where": "BE"}, **young) == 19
    with pytest.raises(AnswerError, match="not possible"):
        take(Kind.INTEGER, "19", **young)
    assert take(Kind.INTEGER, "", **young) is None


def test_the_instruments_own_words_go_before_the_portals() -> None:
    own = {
        "constraint": ". > 0",
        "constraint_messages": {"en": "More than 0.", "nl": "Meer dan 0."},
    }
    for language, words in {"nl": "Meer dan 0.", "fr": "More than 0."}.items():
        with pytest.raises(AnswerError) as caught:
            take(Kind.INTEGER, "0", language=language, **own)
        assert caught.value.message == words


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_each_problem_has_words_in_the_languages_of_the_portal(language: str) -> None:
    assert all(texts.get(language) for texts in MESSAGES.values())
    assert set(MESSAGES) == set(Problem)


def test_a_length_is_named_in_its_message() -> None:
    with pytest.raises(AnswerError, match="5 tekens"):
        take(Kind.TEXT, "abcdef", longest=5, language="nl")


def test_required_answers_that_are_missing_are_named() -> None:
    assert list(missing(housing(), {}, today=TODAY)) == ["feasible"]
    assert missing(housing(), {"feasible": "yes"}, today=TODAY) == {}
    dutch = missing(housing(), {}, today=TODAY, language="nl")
    assert dutch == {"feasible": "Beantwoord deze vraag."}
    assert missing(housing(), {}, today=TODAY, section="found") == {}


def test_what_is_not_relevant_is_not_missed() -> None:
    instrument = of(Question("q", Kind.TEXT, required="true()", relevant="${where} = 'BE'"))
    assert missing(instrument, {}, today=TODAY) == {}
    assert list(missing(instrument, {"where": "BE"}, today=TODAY)) == ["q"]


def test_an_answer_may_be_required_by_condition_and_zero_is_one() -> None:
    instrument = of(Question("q", Kind.INTEGER, required="${where} = 'BE'"))
    assert missing(instrument, {"where": "FR"}, today=TODAY) == {}
    assert list(missing(instrument, {"where": "BE"}, today=TODAY)) == ["q"]
    assert missing(instrument, {"where": "BE", "q": 0}, today=TODAY) == {}


def test_of_a_required_matrix_each_row_is_wanted() -> None:
    instrument = of(Question("q", Kind.MATRIX, choices="towns", rows=ROWS, required="true()"))
    assert missing(instrument, {"q": {"r1": "gent"}}, today=TODAY)["q"].startswith(
        "Please answer in"
    )
    assert missing(instrument, {"q": {"r1": "gent", "r2": "gent"}}, today=TODAY) == {}
