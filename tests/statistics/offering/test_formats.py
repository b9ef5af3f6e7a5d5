"""Whatever the format, what was taken away says the same as what was stored, and nothing else."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from made_tables import DAY, JUNE, part, table, tables
from openpyxl import load_workbook

from contactpoint.figures import Vintage, period, series, vintage
from contactpoint.figures.formats import read
from contactpoint.statistics.offering.formats import FORMATS
from contactpoint.statistics.offering.formats.csv import COLUMNS
from contactpoint.statistics.offering.tables import Table

PLAIN = table(
    part({"BE": {"2018-10": 0.0, "2018-12": 1765.0}, "EU28": {"2018-11": "c", "2018-12": 40.5}})
)


def csv_rows(made: Table) -> list[dict[str, str]]:
    text = FORMATS["csv"].write(made).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def json_of(made: Table, format: str = "json") -> Any:
    return json.loads(FORMATS[format].write(made))


def sheets(made: Table) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(made)))
    return {one.title: [*one.iter_rows(values_only=True)] for one in book.worksheets}


def expected(made: Table) -> dict[tuple[str, str, str], tuple[float | None, str]]:
    return {
        (row.part.name, row.geo, row.period.code): (row.figure.value, row.figure.flags)
        for row in made.rows()
        if row.figure is not None
    }


@settings(max_examples=60, deadline=None, database=None)
@given(made=tables())
def test_json_stat_is_read_back_to_the_same_figures(made: Table) -> None:
    content = FORMATS["jsonstat"].write(made)
    stored = expected(made)
    if not stored:
        assert json.loads(content)["value"] == []
        return
    cube = read(content)
    assert len(cube) == len(stored)
    assert cube.origin.extracted == DAY
    for one in made.parts:
        for geo, line in one.lines.items():
            for when, figure in line.items():
                cell = cube.cell(indicator=one.name, unit=one.unit, geo=geo, time=when.code)
                assert cell == (figure.value, figure.flags)


def test_one_indicator_read_back_can_be_compared_as_it_was() -> None:
    found = series(read(FORMATS["jsonstat"].write(PLAIN)), geo="BE")
    figure = found.at("2018-12")
    assert figure is not None
    assert (figure.value, figure.unit, figure.vintage) == (1765.0, "PER", JUNE)
    assert figure.source == "Eurostat (migr_asyappctzm)"
    assert found.at("2018-11") is None


@settings(max_examples=40, deadline=None, database=None)
@given(made=tables())
def test_csv_and_json_say_the_same_and_no_cell_runs(made: Table) -> None:
    stored = expected(made)
    rows = csv_rows(made)
    told = {
        (one["indicator"], one["geo"], one["time"]): (
            None if one["value"] == ":" else float(one["value"]),
            one["flags"],
        )
        for one in rows
        if one["value"]
    }
    assert told == stored
    for row in rows:
        for name, cell in row.items():
            assert name == "value" or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert {
        (one["indicator"], one["geo"], one["time"]): (one["value"], one.get("flags", ""))
        for one in json_of(made)["figures"]
    } == stored


@settings(max_examples=15, deadline=None, database=None)
@given(made=tables())
def test_excel_says_the_same_and_computes_nothing(made: Table) -> None:
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(made)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}, "and none is a formula"
    numbers = sorted(cell.value for cell in cells if isinstance(cell.value, int | float))
    assert numbers == pytest.approx(
        sorted(value for value, _flags in expected(made).values() if value is not None)
    )


def test_json_marks_each_cell_of_an_example() -> None:
    printed = part({"BE": {"2018-10": 5.0}}, name="applicants")
    made = table(part({"BE": {"2018-10": 0.0, "2018-12": "c"}}, is_example=True), printed)
    marked = [(one["indicator"], one.get("example")) for one in json_of(made)["figures"]]
    assert marked == [
        ("first-time-applicants", True), ("first-time-applicants", True), ("applicants", None),
    ]  # fmt: skip


def test_no_data_is_an_empty_cell_and_none_a_colon_and_neither_is_zero() -> None:
    values = {(one["geo"], one["time"]): (one["value"], one["flags"]) for one in csv_rows(PLAIN)}
    assert values == {
        ("BE", "2018-10"): ("0", ""),
        ("BE", "2018-11"): ("", ""),
        ("BE", "2018-12"): ("1765", ""),
        ("EU28", "2018-10"): ("", ""),
        ("EU28", "2018-11"): (":", "c"),
        ("EU28", "2018-12"): ("40.5", ""),
    }
    figures = {(one["geo"], one["time"]): one["value"] for one in json_of(PLAIN)["figures"]}
    assert ("BE", "2018-11") not in figures
    assert figures["EU28", "2018-11"] is None
    assert figures["BE", "2018-10"] == 0
    assert sheets(PLAIN)["Monthly"][1:] == [
        ("First-time applicants", "Belgium", "BE", 0, None, 1765),
        ("First-time applicants", "EU-28", "EU28", None, ":", 40.5),
    ]
    assert sheets(PLAIN)["Monthly, flags"][2][3:] == (None, "c", None)


def test_each_line_of_csv_says_what_it_is() -> None:
    made = table(part({"EL": {"2018-Q4": 5.0}}, is_computed=True, is_example=True), language="nl")
    text = FORMATS["csv"].write(made).decode()
    assert text.startswith("\ufeff" + ",".join(COLUMNS) + "\r\n")
    (row,) = csv_rows(made)
    assert (row["geo_name"], row["unit_name"], row["extracted"], row["source"]) == (
        "Griekenland", "Personen", "2019-06-17", "Eurostat (migr_asyappctzm)",
    )  # fmt: skip
    assert "Eurostat" in row["remark"]


def test_what_it_is_stands_beside_the_figures_in_every_format() -> None:
    made = table(
        part({"BE": {"2018-12": "p"}, "EU28": {"2018-12": 5.0}}, address="https://source.example/"),
        part(
            {"BE": {"2018-Q4": 5.0}}, name="two", label="Two", dataset="migr_asypenctzm",
            vintage=vintage("2019-05"), is_example=True,
        ),
        query="place=BE",
    )  # fmt: skip
    described = json_of(made)["metadata"]
    assert described["@type"] == "Dataset"
    assert described["url"] == made.page
    assert described["isBasedOn"] == ["https://source.example/"]
    assert described["temporalCoverage"] == "2018-10/2018-12"
    assert described["description"].startswith("Example series, not official figures. Source: Eu")
    assert "license" not in described, "what was made up has none of Eurostat's"
    assert [one["contentUrl"] for one in described["distribution"]] == [
        f"{made.address}.{format}?place=BE" for format in ("csv", "json", "xlsx", "jsonstat")
    ]
    assert [one["extracted"] for one in described["variableMeasured"]] == ["2019-06-17", "2019-05"]
    assert json_of(made)["flags"] == {"p": "provisional"}
    stat = json_of(made, "jsonstat")
    assert stat["extension"]["dataset"] == described
    assert stat["note"] == [
        "Example series, not official figures",
        "Source: Eurostat (migr_asyappctzm), extracted 17 June 2019",
        "Source: Eurostat (migr_asypenctzm), extracted in May 2019",
    ]
    assert read(FORMATS["jsonstat"].write(made)).origin.extracted is None, "there are two vintages"
    about = {(str(one[0]), str(one[1])) for one in sheets(made)["About"]}
    assert ("EU28", "European Union, 28 countries (2013–2020)") in about
    assert ("p", "provisional") in about
    assert ("Note", "Example series, not official figures") in about


def test_eurostats_own_figures_carry_its_licence() -> None:
    described = json_of(PLAIN)["metadata"]
    assert described["license"] == "https://creativecommons.org/licenses/by/4.0/"
    other = table(part({"BE": {"2018": 5.0}}, publisher="Office", dataset=""))
    assert "license" not in json_of(other)["metadata"]


def test_months_and_quarters_stand_in_sheets_of_their_own() -> None:
    made = table(
        part({"BE": {"2018-12": 5.0}}), part({"BE": {"2018-Q4": 7.0}}, name="two", label="Two"),
        language="fr",
    )  # fmt: skip
    found = sheets(made)
    assert list(found)[:2] == ["Mensuelle", "Trimestrielle"]
    assert found["Trimestrielle"][1] == ("Two", "Belgique", "BE", 7)


def test_a_table_without_a_figure_is_still_one_in_every_format() -> None:
    made = table(part({}))
    assert all(FORMATS[one].write(made) for one in FORMATS)
    assert csv_rows(made) == []
    assert json_of(made)["figures"] == []


def test_a_vintage_known_to_the_month_is_not_said_to_be_a_day() -> None:
    made = table(part({"BE": {"2018": 5.0}}, vintage=vintage("2019-05")))
    assert isinstance(made.parts[0].vintage, Vintage)
    assert csv_rows(made)[0]["extracted"] == "2019-05"
    assert read(FORMATS["jsonstat"].write(made)).origin.extracted is None
    assert period("2018") in made.parts[0].lines["BE"]
