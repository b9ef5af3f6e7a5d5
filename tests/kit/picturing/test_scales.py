"""Scales: few ticks, round ones, and room for every value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contactpoint.kit.picturing.scales import scale


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([3, 7, 12], [0, 5, 10, 15]),
        ([654_600], [0, 200_000, 400_000, 600_000, 800_000]),
        ([-4, 9], [-5, 0, 5, 10]),
        ([0.12, 0.31], [0, 0.1, 0.2, 0.3, 0.4]),
        ([1, 2], [0, 1, 2]),  # people are whole
        ([0, 0], [0]),
    ],
)
def test_ticks_are_few_and_round(values: list[float], ticks: list[float]):
    assert list(scale(values).ticks) == ticks


def test_a_scale_that_begins_elsewhere_is_near_its_values():
    assert scale([9_120, 9_940], from_zero=False).ticks == (9000, 9500, 10000)


def test_a_tight_one_ends_where_the_values_do():
    tight = scale([10, 40], is_tight=True)
    assert (tight.low, tight.high, tight.ticks) == (0, 40, ())


@given(
    st.lists(st.floats(-1e300, 1e300).map(lambda v: 0.0 if abs(v) < 1e-300 else v), max_size=8),
    st.booleans(),
    st.booleans(),
)
def test_every_value_has_its_place(values: list[float], from_zero: bool, is_tight: bool):
    found = scale(values, from_zero=from_zero, is_tight=is_tight)
    assert len(found.ticks) <= 8
    assert all(-1e-6 <= found.share(value) <= 1 + 1e-6 for value in values)
