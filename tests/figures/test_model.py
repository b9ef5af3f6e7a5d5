"""What a cube holds, and what it refuses to be."""

import numpy as np
import pytest
from made_cubes import cube_of

from contactpoint.figures.errors import FiguresError
from contactpoint.figures.model import Cell, Cube, Dimension, Row

GEO = Dimension("geo", ("BE", "EL"))


def made(positions: list[int], values: list[float], flags: list[int] | None = None) -> Cube:
    return Cube(
        (GEO,),
        np.array(positions, dtype=np.int64),
        np.array(values, dtype=np.float64),
        np.array([0] * len(positions) if flags is None else flags, dtype=np.uint16),
    )


@pytest.mark.parametrize(
    ("positions", "values", "flags", "sentence"),
    [
        ([0, 1], [1.0], None, "as many values and flags as positions"),
        ([0, 2], [1.0, 2.0], None, "lies outside"),
        ([-1, 0], [1.0, 2.0], None, "lies outside"),
        ([1, 0], [1.0, 2.0], None, "must be sorted"),
        ([0, 0], [1.0, 2.0], None, "each once"),
        ([0, 1], [1.0, float("inf")], None, "must be a finite number"),
    ],
)
def test_what_does_not_fit_is_no_cube(
    positions: list[int], values: list[float], flags: list[int] | None, sentence: str
) -> None:
    with pytest.raises(FiguresError, match=sentence):
        made(positions, values, flags)


def test_zero_none_and_nothing_are_three_things(small: Cube) -> None:
    assert small.cell(geo="BE", time="2018-Q2") == Cell(0.0)
    assert small.cell(geo="EL", time="2018-Q4") == Cell(None)
    assert small.cell(geo="BE", time="2018-Q4") is None
    assert small.cell(geo="FR", time="2018-Q4") is None
    assert len(small) == 5
    assert small.size == 8


def test_rows_come_in_the_order_of_codes(small: Cube) -> None:
    assert list(small.rows())[2:4] == [
        Row(("BE", "2018-Q3"), None, "c"),
        Row(("EL", "2018-Q1"), 13000.0, "bp"),
    ]
    assert small.as_rows().ids == ("geo", "time")


def test_a_dimension_with_one_code_may_be_left_out_and_others_not() -> None:
    cube = cube_of(
        {("PER", "BE", "2018"): "5", ("PER", "EL", "2018"): "6"}, ("unit", "geo", "time")
    )
    assert cube.cell(geo="EL") == Cell(6.0)
    with pytest.raises(FiguresError, match=r"Which geo\? It has 2 codes; name one"):
        cube.cell(time="2018")
    with pytest.raises(FiguresError, match=r"no dimension 'land'\. There are: unit, geo, time"):
        cube.cell(geo="EL", land="X")


def test_a_cube_without_time_says_so() -> None:
    with pytest.raises(FiguresError, match="has 0 dimensions of time, not one"):
        _ = made([0], [1.0]).time


def test_cubes_are_equal_where_all_they_say_is(small: Cube) -> None:
    assert made([0, 1], [1.0, float("nan")]) == made([0, 1], [1.0, float("nan")])
    assert made([0], [1.0]) != made([1], [1.0])
    assert made([0], [1.0]) != made([0], [1.0], [1])
    assert small != small.with_origin(title="another")
    assert small != "small"


def test_a_million_cells_take_less_than_twenty_megabytes() -> None:
    count = 1_000_000
    cube = Cube(
        (
            Dimension("n", tuple(map(str, range(1000)))),
            Dimension("m", tuple(map(str, range(1000)))),
        ),
        np.arange(count, dtype=np.int64),
        np.zeros(count),
        np.zeros(count, dtype=np.uint16),
    )
    assert cube.positions.nbytes + cube.values.nbytes + cube.flags.nbytes == 18 * count
