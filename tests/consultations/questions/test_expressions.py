"""The expressions of XLSForm."""

import datetime
import time
from typing import Any

import pytest

from contactpoint.consultations.questions.expressions import (
    ExpressionError,
    Operand,
    Surroundings,
    as_text,
    is_true,
    parsed,
    worked_out,
)
from contactpoint.consultations.questions.expressions.values import as_number

TODAY = datetime.date(2019, 5, 20)
ANSWERS: dict[str, Operand] = {
    "age": as_number("34"),
    "share": as_number("33.3"),
    "places": "flat room",
    "name": "Ana",
    "when": datetime.date(2019, 1, 31),
    "digits": "12",
}


def value(text: str, **around: Any) -> Operand:
    given = {"today": TODAY, "answer": lambda code: ANSWERS.get(code, ""), **around}
    return worked_out(parsed(text), Surroundings(**given))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 2 - 3", "5"),
        ("7 div 2", "3.5"),
        ("7 mod 3", "1"),
        ("-7 mod 3", "-1"),
        ("- - 2", "2"),
        ("0.1 + 0.2", "0.3"),
        ("1 div 0", "Infinity"),
        ("0 div 0", "NaN"),
        ("${age} + 1", "35"),
        ("${unknown} + 1", "NaN"),
        ("'a' = 'a' and not('a' = 'b')", "true"),
        ("1 = 2 or 2 = 2", "true"),
        ("1 < 2 = true()", "true"),
        ("'12' = 12", "true"),
        ("${digits} > 3", "true"),
        ("selected(${places}, 'room')", "true"),
        ("selected(${places}, 'roo')", "false"),
        ("count-selected(${places})", "2"),
        ("selected-at(${places}, 1)", "room"),
        ("selected-at(${places}, 2)", ""),
        ("if(${age} >= 18, 'adult', 'minor')", "adult"),
        ("coalesce(${unknown}, ${name})", "Ana"),
        ("string-length(${name})", "3"),
        ("regex(${name}, '[A-Z][a-z]+')", "true"),
        ("regex(${name}, '[a-z]+')", "false"),
        (
            "contains(${name}, 'n') and starts-with(${name}, 'A') and ends-with(${name}, 'a')",
            "true",
        ),
        ("concat(${name}, ' ', ${age})", "Ana 34"),
        ("join(', ', 'a', 'b')", "a, b"),
        ("substr(${name}, 1)", "na"),
        ("substr(${name}, 0, 1)", "A"),
        ("substring-before('a-b', '-')", "a"),
        ("substring-after('a-b', '-')", "b"),
        ("normalize-space('  a   b ')", "a b"),
        ("today()", "2019-05-20"),
        ("now()", "2019-05-20"),
        ("date('2019-02-28') + 1 = date('2019-03-01')", "true"),
        ("date('2019-02-30')", ""),
        ("date(today() - 20)", "2019-04-30"),
        ("today() - ${when}", "109"),
        ("${when} < '2019-02-01'", "true"),
        ("format-date(${when}, '%e/%n/%Y')", "31/1/2019"),
        ("number('abc')", "NaN"),
        ("number('1e5')", "NaN"),
        ("int(-2.7)", "-2"),
        ("round(2.5)", "3"),
        ("round(2.345, 2)", "2.35"),
        ("round(1234, -2)", "1200"),
        ("floor(-2.5)", "-3"),
        ("ceiling(-2.5)", "-2"),
        ("min(3, 1, 2)", "1"),
        ("max(3, ${unknown}, 2)", "3"),
        ("min(${unknown})", "NaN"),
        ("sum(${share}, 33.3, 33.4) = 100", "true"),
        ("sum(1, ${unknown}, 2)", "3"),
        ("count(1, ${unknown}, '')", "1"),
        ("abs(-3)", "3"),
        ("pow(2, 10)", "1024"),
        ("pow(10, 100000)", "Infinity"),
        ("sqrt(9)", "3"),
        ("true() and not(false())", "true"),
        ("boolean-from-string('1')", "true"),
        ("string(1.50)", "1.5"),
        ("\u2018curled\u2019", "curled"),
    ],
)
def test_an_expression_is_worked_out_as_xlsform_says(text: str, found: str) -> None:
    assert as_text(value(text)) == found


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("${unknown} = ''", True),
        ("${unknown} != 'x'", True),
        ("${unknown} = 0", False),
        ("${unknown} > 0", False),
        ("${unknown} < 0", False),
        ("not(${unknown} > 0)", True),
        ("${unknown}", False),
        ("selected(${unknown}, 'a')", False),
        ("regex(${unknown}, '.*')", True),
    ],
)
def test_what_was_not_answered_is_the_empty_text_and_no_number(text: str, truth: bool) -> None:
    assert is_true(value(text)) is truth


def test_the_answer_itself_is_a_dot() -> None:
    assert is_true(value(". > 3 and . <= 5", own=as_number("5")))
    assert not is_true(value(".>3", own=as_number("3")))


def test_once_keeps_what_was_found_before() -> None:
    assert value("once(today())") == TODAY
    assert value("once(today())", before="2019-01-01") == "2019-01-01"


def test_the_name_of_a_choice_is_found_by_the_quoted_question() -> None:
    names = {("places", "flat"): "A flat"}

    def named(code: str, chosen: str) -> str:
        return names[code, chosen]

    assert value("jr:choice-name('flat', '${places}')", choice_name=named) == "A flat"
    assert value("jr:choice-name('flat', ${places})", choice_name=named) == "A flat"


def test_only_one_side_of_if_is_worked_out() -> None:
    seen = []
    value("if(1 = 1, ${then}, ${otherwise})", answer=lambda code: seen.append(code) or "")
    assert seen == ["then"]


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 1, "empty"),
        ("1 +", 4, "missing at the end"),
        ("(1 + 2", 1, "never closed"),
        ("1 2", 3, "can't stand here"),
        ("${a} ${b}", 6, "operator is missing"),
        ("${a} = yes", 8, "'yes'"),
        ("slected(${a}, 'x')", 1, "selected()"),
        ("random()", 1, "no function random()"),
        ("contains('a')", 1, "2 values, not 1"),
        ("/data/a = 1", 1, "${its code}"),
        ("../a = 1", 1, "${its code}"),
        ("${a} & 1", 6, '"&"'),
        ("${a = 1", 1, '"$"'),
        ("regex(., '(')", 1, "RE2"),
        ("regex(., 'a(?=b)')", 1, "RE2"),
        ("1 + 'a", 5, '"\'"'),
    ],
)
def test_an_expression_that_cannot_be_read_names_the_place_and_the_mend(
    text: str, position: int, message: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        parsed(text)
    assert caught.value.position == position
    assert message in caught.value.message


def test_columns_of_choices_are_named_in_their_filter_only() -> None:
    around = Surroundings(TODAY, lambda code: "be", names={"country": "be"})
    assert is_true(worked_out(parsed("country = ${where}", names=True), around))
    with pytest.raises(ExpressionError, match="alone means nothing"):
        parsed("country = ${where}")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1500 + "1",
        "not(" * 300 + "1" + ")" * 300,
        "if(1,if(1," * 150,
    ],
    ids=["brackets", "functions", "conditions"],
)
def test_an_expression_is_not_endlessly_deep(text: str) -> None:
    with pytest.raises(ExpressionError, match="brackets within each other"):
        parsed(text)


def test_a_long_expression_is_no_deep_one() -> None:
    assert as_text(value("+".join(["1"] * 900))) == "900"
    assert is_true(value("-" * 1001 + "1 = -1"))
    with pytest.raises(ExpressionError, match="Longer than"):
        parsed("1+" * 1000 + "1")


def test_a_text_of_texts_stays_short() -> None:
    long = "x" * 20_000
    text = f"concat({','.join(['${a}'] * 90)})"
    assert len(as_text(value(text, answer=lambda code: long))) == 20_000


def test_a_pattern_made_to_hold_a_process_does_not() -> None:
    begun = time.process_time()
    assert value("regex(${a}, '(a+)+$')", answer=lambda code: "a" * 19_999 + "!") is False
    assert time.process_time() - begun < 1
