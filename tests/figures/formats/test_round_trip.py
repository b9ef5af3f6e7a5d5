"""Whatever cube is written comes back the same."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from made_cubes import cubes

from contactpoint.figures.formats import beside, read, read_together, rows, write
from contactpoint.figures.limits import DEFAULT
from contactpoint.figures.model import Cube, Dimension

FEW = settings(max_examples=60, deadline=None)


@FEW
@given(cubes())
def test_any_cube_comes_back_from_json_stat(cube: Cube) -> None:
    assert read(write(cube, "json-stat")) == cube


@FEW
@given(cubes())
def test_any_cube_comes_back_from_a_table_and_what_stands_beside_it(cube: Cube) -> None:
    assert read_together(write(cube, "csv"), beside(cube), DEFAULT) == cube


@FEW
@given(cubes())
def test_a_table_alone_gives_every_cell(cube: Cube) -> None:
    again = read(write(cube, "csv"), format="csv")
    assert [one.id for one in again.dimensions] == [one.id for one in cube.dimensions]
    assert sorted(again.rows(), key=str) == sorted(cube.rows(), key=str)


@FEW
@given(cubes())
def test_no_cell_of_a_table_is_a_formula(cube: Cube) -> None:
    for line in write(cube, "csv").decode("utf-8-sig").splitlines():
        for cell in line.split(","):
            text = cell.strip('"')
            is_number = text.lstrip("-").replace(".", "").replace("e", "").replace("+", "")
            assert not text.startswith(("=", "+", "-", "@")) or is_number.replace("-", "").isdigit()


@FEW
@given(cubes())
def test_rows_say_what_cells_say(cube: Cube) -> None:
    ids = [one.id for one in cube.dimensions]
    for codes, value, letters in cube.rows():
        assert cube.cell(**dict(zip(ids, codes, strict=True))) == (value, letters)


@pytest.mark.parametrize("format", ["json-stat", "csv"])
def test_rows_of_a_file_are_those_of_its_cube(format: str, small: Cube) -> None:
    data = write(small, format)
    assert list(rows(data)) == list(read(data).rows())


def test_a_description_of_other_figures_is_not_put_together_with_a_table(small: Cube) -> None:
    geo = small.dimensions[0]
    other = replace(
        small, dimensions=(replace(geo, codes=(*geo.codes[:-1], "XX")), *small.dimensions[1:])
    )
    with pytest.raises(ValueError, match=r"The table has .* the description beside it doesn't"):
        read_together(write(small, "csv"), beside(other), DEFAULT)
    renamed = replace(small, dimensions=(Dimension("land", geo.codes), *small.dimensions[1:]))
    with pytest.raises(ValueError, match="different dimensions"):
        read_together(write(small, "csv"), beside(renamed), DEFAULT)
