"""Whatever cube is written comes back the same."""

import json
import math
from dataclasses import replace
from random import Random
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_cubes import cubes

from contactpoint.figures.formats import beside, read, read_together, rows, write
from contactpoint.figures.formats.jsonstat_cells import Cells
from contactpoint.figures.formats.jsonstat_text import parsed
from contactpoint.figures.limits import DEFAULT
from contactpoint.figures.model import Cube, Dimension

FEW = settings(max_examples=60, deadline=None)
SPACING: Final[tuple[dict[str, Any], ...]] = (
    {"separators": (",", ":")}, {}, {"indent": 1}, {"indent": 2, "ensure_ascii": False},
)  # fmt: skip


@FEW
@given(cubes())
def test_any_cube_comes_back_from_json_stat(cube: Cube) -> None:
    assert read(write(cube, "json-stat")) == cube


@FEW
@given(cubes(), st.sampled_from(SPACING), st.randoms(use_true_random=False))
def test_any_way_to_write_the_same_json_gives_the_same_cube(
    cube: Cube, spacing: dict[str, Any], random: Random
) -> None:
    """Spaces, the order of the cells, the order of the parts, `null` where nothing stands."""
    said = json.loads(write(cube, "json-stat"))
    size = math.prod(said["size"])
    value = said["value"]
    if size < 200:
        value = {str(place): None for place in range(size)} | value
    said["value"] = dict(random.sample(sorted(value.items()), len(value)))
    parts = random.sample(sorted(said.items()), len(said))
    assert read(json.dumps(dict(parts), **spacing).encode()) == cube


def test_long_parts_are_read_without_an_object_for_each_cell(small: Cube) -> None:
    """What the speed rests on: where it is no longer so, only memory tells."""
    made = parsed(write(small, "json-stat"), "small.json")
    assert isinstance(made["value"], Cells)
    assert isinstance(made["status"], Cells)


@pytest.mark.parametrize(
    "odd",
    [
        '"value":{"0":1e2}',
        '"value":{"00":100}',
        '"value":[100]',
        r'"value":{"0":100},"status":{"0":"\u0070"}',
        r'"note":"\"value\":{\"0\":7}","value":{"0":100}',
        '"note":{"value":{"0":7}},"value":{"0":100}',
    ],
)
def test_what_is_written_oddly_is_read_by_the_book(odd: str) -> None:
    geo = '{"geo":{"category":{"index":["BE"]}}}'
    text = f'{{"class":"dataset","id":["geo"],"size":[1],"dimension":{geo},{odd}}}'
    assert read(text.encode()).cell(geo="BE")[0] == 100


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
