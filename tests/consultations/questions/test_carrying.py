"""Instruments as JSON, there and back."""

from typing import Any

import pytest
from consulting import housing

from contactpoint.consultations.questions import InstrumentError, carried, restored


def test_an_instrument_comes_back_as_it_was() -> None:
    assert restored(carried(housing())) == housing()


def _with(change: Any) -> dict[str, Any]:
    data = carried(housing())
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda data: data.update(shape=2), ""),
        (lambda data: data.update(languages=[]), "languages"),
        (lambda data: data.update(sections={}), "sections"),
        (lambda data: data["sections"][0].update(code="1"), "section"),
        (lambda data: data["sections"].append(data["sections"][0]), 'section "search"'),
        (
            lambda data: data["sections"][0]["questions"][0].update(kind="essay"),
            'section "search", question "feasible"',
        ),
        (
            lambda data: data["sections"][0]["questions"][0].update(choices="none"),
            'question "feasible"',
        ),
        (
            lambda data: data["sections"][1]["questions"][0].update(code="months"),
            'question "months"',
        ),
        (
            lambda data: data["choice_sets"]["yes_no"][0].update(code=""),
            'set of choices "yes_no"',
        ),
        (
            lambda data: data["sections"][0]["questions"][1].update(labels={"en": 3}),
            'section "search", question "months"',
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(change: Any, place: str) -> None:
    with pytest.raises(InstrumentError) as problem:
        restored(_with(change))
    assert problem.value.place == place
    assert problem.value.message
