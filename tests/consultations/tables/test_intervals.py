"""Intervals against values in print."""

import pytest

from contactpoint.consultations.tables.intervals import newcombe, wilson


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_a_share_is_that_of_newcombe_1998_table_1(
    count: int, base: int, low: float, high: float
) -> None:
    """Newcombe (1998), Two-sided confidence intervals for the single proportion, method 3."""
    assert wilson(count, base) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_that_of_newcombe_1998_table_2(
    after: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    assert newcombe(before, after) == pytest.approx((low, high), abs=5e-5)


def test_the_share_of_nobody_may_be_anything() -> None:
    assert wilson(0, 0) == (0, 1)
    assert newcombe((0, 0), (3, 9)) == (-1, 1)
    assert newcombe((4, 10), (5, 10)).spans_zero


def test_a_count_beyond_its_base_is_refused() -> None:
    with pytest.raises(ValueError, match="no part"):
        wilson(4, 3)
