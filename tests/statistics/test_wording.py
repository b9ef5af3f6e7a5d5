"""Changes in tables: a number, or a word that says why there is none."""

import pytest

from contactpoint.figures import Change, Figure, Period
from contactpoint.figures.changes import Reason
from contactpoint.statistics.wording import percent, short

THEN, NOW = Period(2017, 10, "Q"), Period(2018, 10, "Q")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason.NO_BASE, "–"),
        (Reason.NO_FIGURE, "–"),
        (Reason.BREAK, "break"),
        (Reason.TOO_SMALL, "few"),
        (Reason.ZERO_BASE, "from zero"),
        (Reason.ANOTHER_VINTAGE, "not alike"),
        (Reason.ROUNDING, "≈"),
    ],
)
def test_only_a_missing_figure_is_a_dash(reason: Reason, said: str) -> None:
    change = Change(Figure(5.0, NOW), Figure(10.0, THEN), reason=reason)
    assert percent(change, "en") == said


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        (950, "en", "950"),
        (12_345, "en", "12K"),
        (1_234_567, "en", "1.2M"),
        (1_234_567, "fr", "1,2\u00a0M"),
        (None, "en", "–"),
    ],
)
def test_numbers_on_a_map_are_short(value: float | None, language: str, said: str) -> None:
    assert short(value, language) == said
