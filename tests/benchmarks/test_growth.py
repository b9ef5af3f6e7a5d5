"""Growth is told as a slope, and what grows faster than the logarithm is marked."""

import pytest
from scaled.growth import growth


def test_what_stays_has_no_slope_and_what_doubles_has_one() -> None:
    assert growth({10_000: 5.0, 100_000: 5.0}).exponent == pytest.approx(0)
    assert growth({10_000: 5.0, 100_000: 50.0}).exponent == pytest.approx(1)
    assert growth({1_000: 1.0, 10_000: 5.0, 100_000: 500.0}).exponent == pytest.approx(2)


def test_only_what_grows_faster_than_the_logarithm_is_marked() -> None:
    assert not growth({10_000: 40.0, 100_000: 50.0}).is_fast
    assert growth({10_000: 40.0, 100_000: 80.0}).is_fast


def test_what_hardly_costs_anything_is_not_marked() -> None:
    assert not growth({10_000: 0.1, 100_000: 1.0}).is_fast


def test_lists_that_are_not_full_yet_do_not_count_where_there_are_full_ones() -> None:
    assert not growth({1_000: 1.0, 10_000: 20.0, 100_000: 20.0}).is_fast
    assert growth({200: 1.0, 1_000: 20.0}).is_fast


def test_one_size_has_no_slope() -> None:
    assert growth({1_000: 1.0}).exponent is None
