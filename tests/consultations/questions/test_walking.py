"""The way through an instrument."""

import datetime
from dataclasses import replace

import pytest
from consulting import housing

from contactpoint.consultations.questions import (
    Choice,
    Instrument,
    InstrumentError,
    Kind,
    Question,
    Section,
)
from contactpoint.consultations.questions.walking import course, order

TODAY = datetime.date(2019, 5, 20)


def of(*questions: Question, **fields: object) -> Instrument:
    sets = {"letters": (Choice("a", {"en": "Letter A", "nl": "De letter A"}), Choice("b"))}
    section = Section("all", questions=questions)
    instrument = Instrument("test", ("en", "nl"), sections=(section,), choice_sets=sets)
    return replace(instrument, **fields)


def asked(instrument: Instrument, **answers: object) -> list[str]:
    return [one.code for one in course(instrument, answers, today=TODAY).questions()]  # type: ignore[arg-type]


def test_a_section_that_is_not_relevant_is_not_asked() -> None:
    assert asked(housing(), feasible="yes") == ["feasible", "months"]
    assert asked(housing(), feasible="no") == ["feasible", "months", "places"]
    assert asked(housing(), feasible="no", places=["none"])[-1] == "why"


def test_an_answer_that_is_no_longer_relevant_does_not_count() -> None:
    answers = {"feasible": "yes", "places": ["none"], "why": "No time."}
    found = course(housing(), answers, today=TODAY)
    assert dict(found.values) == {"feasible": "yes"}
    assert [one.section.code for one in found.sections] == ["search"]


def test_none_chosen_is_an_answer() -> None:
    answers = {"feasible": "no", "places": []}
    assert course(housing(), answers, today=TODAY).values["places"] == []


def test_calculations_follow_each_other_whatever_their_place() -> None:
    instrument = of(
        Question("total", Kind.CALCULATED, calculation="${half} * 2"),
        Question("half", Kind.CALCULATED, calculation="${given} div 2"),
        Question("given", Kind.DECIMAL),
        Question("big", Kind.CALCULATED, calculation="${total} > 3"),
        Question("why", Kind.TEXT, relevant="${big}"),
    )
    found = course(instrument, {"given": "5.5", "total": "made up"}, today=TODAY)
    assert dict(found.values) == {"total": "5.5", "half": "2.75", "given": "5.5", "big": "true"}
    assert asked(instrument, given="5.5") == ["given", "why"]
    assert asked(instrument, given="1") == ["given"]


def test_once_keeps_the_first_day() -> None:
    instrument = of(
        Question("day", Kind.CALCULATED, calculation="once(today())"), Question("a", Kind.TEXT)
    )
    later = datetime.date(2019, 6, 1)
    assert course(instrument, {"day": "2019-05-20"}, today=later).values["day"] == "2019-05-20"
    assert course(instrument, {}, today=later).values["day"] == "2019-06-01"


def test_a_row_of_a_matrix_is_referred_to_by_its_code() -> None:
    rows = (Choice("price"), Choice("size"))
    instrument = of(
        Question("views", Kind.MATRIX, choices="letters", rows=rows),
        Question("why", Kind.TEXT, relevant="${views.price} = 'b'"),
    )
    assert asked(instrument, views={"price": "b"}) == ["views", "why"]
    assert asked(instrument, views={"size": "b"}) == ["views"]


def test_the_name_of_a_choice_is_in_the_language_that_it_was_written_in_unless_one_is_given() -> (
    None
):
    instrument = of(
        Question("letter", Kind.ONE, choices="letters"),
        Question("said", Kind.CALCULATED, calculation="jr:choice-name(${letter}, '${letter}')"),
    )
    answers = {"letter": "a"}
    assert course(instrument, answers, today=TODAY).values["said"] == "Letter A"
    dutch = course(instrument, answers, today=TODAY, language="nl")
    assert dutch.values["said"] == "De letter A"


@pytest.mark.parametrize(
    "questions",
    [
        (Question("a", Kind.TEXT, relevant="${a} = ''"),),
        (
            Question("a", Kind.TEXT, relevant="${b} = 1"),
            Question("b", Kind.CALCULATED, calculation="string-length(${a})"),
        ),
    ],
)
def test_an_instrument_in_which_something_depends_on_itself_is_refused(
    questions: tuple[Question, ...],
) -> None:
    with pytest.raises(InstrumentError, match=r"depends on itself: \$\{a\}"):
        order(of(*questions))


def test_a_section_that_depends_on_what_it_asks_is_refused() -> None:
    section = Section("s", relevant="${a} = 1", questions=(Question("a", Kind.TEXT),))
    with pytest.raises(InstrumentError, match="depends on itself"):
        order(of(sections=(section,)))


def test_a_chain_of_a_thousand_calculations_is_walked() -> None:
    chain = [
        Question(f"q{n}", Kind.CALCULATED, calculation=f"${{q{n + 1}}} + 1") for n in range(999)
    ]
    instrument = of(*chain, Question("q999", Kind.INTEGER))
    assert course(instrument, {"q999": 1}, today=TODAY).values["q0"] == "1000"
