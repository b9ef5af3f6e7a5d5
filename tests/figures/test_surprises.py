"""A file that is not what it was is set aside whole, and says what a person should look at."""

import json

import pytest
from made_cubes import cube_of

from contactpoint.figures.datasets import dataset
from contactpoint.figures.errors import SurprisingError, UnreadableError
from contactpoint.figures.formats import read, rows
from contactpoint.figures.harmonising import harmonised
from contactpoint.figures.model import Cube
from contactpoint.figures.surprises import (
    Description,
    checked,
    checked_rows,
    complete_until,
    describe,
    expected,
    surprises,
)

IDS = ("unit", "geo", "time")


def table(**changes: str) -> Cube:
    cells = {("PER", geo, time): "5" for geo in ("BE", "EL") for time in ("2018", "2019", "2020")}
    for name, text in changes.items():
        cells[tuple(name.split("_"))] = text
    return cube_of(cells, IDS)


def kinds(cube: Cube, before: Description) -> list[tuple[str, str]]:
    return [(one.surprise, one.place) for one in surprises(cube, before)]


BEFORE = describe(table())


def test_new_periods_and_other_numbers_are_no_surprise() -> None:
    assert kinds(table(PER_BE_2021="7 p", PER_EL_2018="9 b"), BEFORE) == []
    assert checked(table(), BEFORE) == table()


def test_fewer_periods_at_an_end_are_no_surprise_but_a_hole_is() -> None:
    cells = {("PER", "BE", "2018"): "5", ("PER", "EL", "2020"): "5"}
    assert kinds(cube_of(cells, IDS), BEFORE) == [("lost-period", "dimension time, code 2019")]
    late = cube_of({("PER", geo, "2020"): "5" for geo in ("BE", "EL")}, IDS)
    assert kinds(late, BEFORE) == []


def test_a_new_code_names_its_first_cell() -> None:
    (found,) = surprises(table(PER_XK_2019="5"), BEFORE)
    assert (found.surprise, found.place) == ("new-code", "dimension geo, code XK")
    assert "its first cell is unit PER, geo XK, time 2019" in found.message


def test_a_country_that_is_gone_is_told() -> None:
    only = cube_of({("PER", "BE", time): "5" for time in ("2018", "2019", "2020")}, IDS)
    assert kinds(only, BEFORE) == [("lost-code", "dimension geo, code EL")]


def test_another_unit_is_told_whether_it_is_a_dimension_or_not() -> None:
    assert ("another-unit", "dimension unit, code THS") in kinds(table(THS_BE_2018="5"), BEFORE)
    assert kinds(table().with_origin(unit="THS"), BEFORE) == [("another-unit", "the file")]


def test_dimensions_that_come_and_go_are_told() -> None:
    now = cube_of({("PER", "BE", "T", "2018"): "5"}, ("unit", "land", "sex", "time"))
    assert kinds(now, BEFORE) == [
        ("new-dimension", "dimension land"),
        ("new-dimension", "dimension sex"),
        ("lost-dimension", "dimension geo"),
    ]


def test_quarters_in_the_place_of_years_are_told() -> None:
    now = table(**{"PER_BE_2021-Q1": "5"})
    assert kinds(now, BEFORE) == [("another-frequency", "dimension time, code 2021-Q1")]


def test_the_file_of_another_dataset_is_told() -> None:
    assert kinds(table().with_origin(dataset="x"), BEFORE) == [("another-dataset", "the file")]


def test_all_findings_stand_in_one_refusal() -> None:
    now = table(**{f"PER_X{letter}_2018": "5" for letter in "ABCDEFG"})
    with pytest.raises(SurprisingError, match=r"x\.tsv is set aside\. .* And 2 more\.$") as caught:
        checked(now, BEFORE, "x.tsv")
    assert len(caught.value.findings) == 7


def test_rows_are_held_against_what_was_there_without_being_held() -> None:
    assert checked_rows(table().as_rows(), BEFORE) == BEFORE
    later = checked_rows(table(PER_BE_2021="7").as_rows(), BEFORE)
    assert later.dimensions["time"] == ("2018", "2019", "2020", "2021")
    strange = table(PER_XK_2019="5", THS_BE_2018="5")
    with pytest.raises(SurprisingError, match="its first cell is unit PER, geo XK") as caught:
        checked_rows(strange.as_rows(), BEFORE)
    assert set(caught.value.findings) == set(surprises(strange, BEFORE))


def test_what_is_wrong_in_the_last_row_is_found_before_anything_is_stored() -> None:
    text = "unit,geo\\time\t2018 \t2019 \nPER,BE\t5 \t5 \nPER,EL\t5 \tmany \n"
    with pytest.raises(UnreadableError, match=r"line 3, period 2019: 'many' is no number"):
        checked_rows(rows(text.encode()), BEFORE)


def test_a_description_can_be_stored() -> None:
    assert Description.from_plain(json.loads(json.dumps(BEFORE.to_plain()))) == BEFORE


def test_before_the_first_file_the_configuration_is_what_is_expected() -> None:
    applicants = dataset("migr_asyappctzm")
    text = (
        "freq,unit,citizen,sex,applicant,age,geo\\TIME_PERIOD\t2018-11 \n"
        "M,PER,AF,T,FRST,TOTAL,BE\t5 \n"
    )
    good = harmonised(read(text.encode()), applicants)
    assert kinds(good, expected(applicants)) == []
    strange = harmonised(read(text.replace("age", "agedef").encode()), applicants)
    assert kinds(strange, expected(applicants)) == [
        ("new-dimension", "dimension agedef"),
        ("lost-dimension", "dimension age"),
    ]
    percent = harmonised(read(text.replace("PER,", "PC,").encode()), applicants)
    assert kinds(percent, expected(applicants))[0] == ("another-unit", "dimension unit, code PC")


def test_a_table_is_complete_until_most_have_reported() -> None:
    countries = [f"{letter}X" for letter in "ABCDEFGHIJ"]
    cells = {(geo, f"2020-{month:02}"): "5" for geo in countries for month in range(1, 7)}
    cells |= {(geo, "2020-07"): "5" for geo in countries[:9]}
    cells |= {(geo, "2020-08"): "5" if geo == "AX" else ": " for geo in countries[:4]}
    assert complete_until(cube_of(cells)) == "2020-07"
    assert complete_until(cube_of({("AX", "2020-01"): ":"})) is None
