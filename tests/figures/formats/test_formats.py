"""Each format in the shapes that sources give it."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from contactpoint.figures.errors import UnreadableError
from contactpoint.figures.formats import FORMATS, format_of, read, rows, write
from contactpoint.figures.model import Cell, Cube, Row

TSV = (
    "freq,unit,applicant,geo\\TIME_PERIOD\t2018-Q3 \t2018-Q4 \n"
    "Q,PER,FRST,BE\t4055 \t5240 bp\n"
    "Q,PER,FRST,EL\t: \t: c\n"
    "Q,PER,FRST,LI\t0 \t:z \n"
)
SDMX = (
    "DATAFLOW,LAST UPDATE,freq,unit,applicant,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\r\n"
    "ESTAT:MIGR_ASYAPPCTZQ(1.0),17/06/19 11:00:00,Q,PER,FRST,BE,2018-Q3,4055,,\r\n"
    "ESTAT:MIGR_ASYAPPCTZQ(1.0),17/06/19 11:00:00,Q,PER,FRST,BE,2018-Q4,5240,bp,F\r\n"
    "ESTAT:MIGR_ASYAPPCTZQ(1.0),17/06/19 11:00:00,Q,PER,FRST,EL,2018-Q3,,,\r\n"
    "ESTAT:MIGR_ASYAPPCTZQ(1.0),17/06/19 11:00:00,Q,PER,FRST,EL,2018-Q4,:,,C\r\n"
    "ESTAT:MIGR_ASYAPPCTZQ(1.0),17/06/19 11:00:00,Q,PER,FRST,LI,2018-Q3,0,,\r\n"
    "ESTAT:MIGR_ASYAPPCTZQ(1.0),17/06/19 11:00:00,Q,PER,FRST,LI,2018-Q4,,z,\r\n"
)
JSON = {
    "version": "2.0",
    "class": "dataset",
    "label": "Asylum applicants",
    "source": "ESTAT",
    "updated": "2019-06-17T11:00:00+0200",
    "id": ["freq", "unit", "applicant", "geo", "time"],
    "size": [1, 1, 1, 3, 2],
    "role": {"time": ["time"], "geo": ["geo"]},
    "dimension": {
        "freq": {"category": {"label": {"Q": "Quarterly"}}},
        "unit": {"category": {"index": ["PER"]}},
        "applicant": {"label": "Applicant type", "category": {"index": {"FRST": 0}}},
        "geo": {"category": {"index": {"LI": 2, "BE": 0, "EL": 1}, "label": {"BE": "Belgium"}}},
        "time": {"category": {"index": {"2018-Q3": 0, "2018-Q4": 1}}},
    },
    "value": {"0": 4055, "1": 5240, "4": 0},
    "status": {"1": "bp", "2": ":", "3": ":c", "5": "z"},
    "extension": {"id": "MIGR_ASYAPPCTZM", "lang": "EN"},
}
SOURCES = {"tsv": TSV.encode(), "sdmx-csv": SDMX.encode(), "json-stat": json.dumps(JSON).encode()}


def said(**parts: object) -> bytes:
    return json.dumps({**JSON, **parts}).encode()


@pytest.mark.parametrize("packing", [bytes, gzip.compress])
@pytest.mark.parametrize("format", SOURCES)
def test_the_same_figures_are_the_same_in_every_format(format: str, packing: object) -> None:
    data = packing(SOURCES[format])
    assert format_of(data).name == format
    cube = read(data)
    assert len(cube) == 6
    assert cube.cell(geo="BE", **{cube.time.id: "2018-Q3"}) == Cell(4055.0)
    assert cube.cell(geo="BE", **{cube.time.id: "2018-Q4"}) == Cell(5240.0, "bp")
    assert cube.cell(geo="EL", **{cube.time.id: "2018-Q3"}) == Cell(None)
    assert cube.cell(geo="EL", **{cube.time.id: "2018-Q4"}) == Cell(None, "c")
    assert cube.cell(geo="LI", **{cube.time.id: "2018-Q3"}) == Cell(0.0)
    assert cube.cell(geo="LI", **{cube.time.id: "2018-Q4"}) == Cell(None, "z")
    assert cube.cell(geo="DE", **{cube.time.id: "2018-Q4"}) is None
    assert [one.role for one in cube.dimensions] == ["", "", "", "geo", "time"]
    assert list(rows(data))[1] == Row(("Q", "PER", "FRST", "BE", "2018-Q4"), 5240.0, "bp")


def test_a_file_says_where_it_comes_from() -> None:
    told = read(SOURCES["sdmx-csv"]).origin
    assert (told.publisher, told.dataset) == ("Eurostat", "migr_asyappctzq")
    assert told.updated == "2019-06-17T11:00:00"
    told = read(SOURCES["json-stat"], extracted=date(2019, 6, 18)).origin
    assert (told.publisher, told.dataset, told.title) == (
        "Eurostat", "migr_asyappctzm", "Asylum applicants",
    )  # fmt: skip
    assert told.extracted == date(2019, 6, 18)


def test_the_vintage_that_a_file_says_wins_over_the_day_it_was_read(small: Cube) -> None:
    again = read(write(small, "json-stat"), extracted=date(2026, 1, 1))
    assert again.origin.extracted == date(2019, 6, 17)


def test_values_and_status_may_be_lists() -> None:
    cube = read(
        said(value=[4055, 5240, None, None, 0, None], status=["", "bp", ":", ":c", "", "z"])
    )
    assert cube == read(SOURCES["json-stat"])


def test_one_status_may_stand_for_all_values() -> None:
    for status in ("p", ["p"]):
        cube = read(said(status=status))
        assert [(row.value, row.flags) for row in cube.rows()] == [
            (4055.0, "p"), (5240.0, "p"), (0.0, "p"),
        ]  # fmt: skip


def test_null_says_nothing_and_zero_says_zero() -> None:
    cube = read(said(value=[None, None, None, None, 0, None], status=None))
    assert [row.codes[3:] for row in cube.rows()] == [("LI", "2018-Q3")]


def test_eurostat_before_2022_wrote_tsv_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "migr_asyappctzm.tsv.gz"
    path.write_bytes(
        gzip.compress(b"unit,citizen,geo\\time\t2018M12 \t2018M11 \nPER,AF,BE\t5 \t:c \n")
    )
    cube = read(path)
    assert cube.time.id == "time"
    assert cube.origin.dataset == "migr_asyappctzm"
    assert cube.cell(time="2018M12") == Cell(5.0)
    assert cube.cell(time="2018M11") == Cell(None, "c")


@pytest.mark.parametrize("cut", [1, 2, 4])
def test_a_tsv_that_breaks_off_in_its_last_number_is_refused(cut: int) -> None:
    data = b"unit,geo\\time\t2018M11 \t2018M12 \nPER,BE\t5 \t545 \n"
    assert read(data).cell(time="2018M12") == Cell(545.0)
    assert read(data.replace(b"\n", b"\r\n")).cell(time="2018M12") == Cell(545.0)
    with pytest.raises(UnreadableError, match="line 2: the last line has no line end"):
        read(data[:-cut])


def test_sdmx_csv_2_with_columns_of_names() -> None:
    data = (
        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,freq,Time frequency,geo,Reporting,TIME_PERIOD,Time,"
        "OBS_VALUE,Observation value,OBS_FLAG,Observation status\n"
        'dataflow,ESTAT:MIGR_EIRTN(1.0),"Returned, all",A,Annual,BE,Belgium,'
        "2018,,3920,,p,provisional\n"
    )
    cube = read(data.encode())
    assert [one.id for one in cube.dimensions] == ["freq", "geo", "TIME_PERIOD"]
    assert cube.dimension("geo").labels == {"BE": "Belgium"}
    assert cube.dimension("geo").label == "Reporting"
    assert cube.cell() == Cell(3920.0, "p")
    assert (cube.origin.dataset, cube.origin.title) == ("migr_eirtn", "Returned, all")


def test_sdmx_csv_with_names_in_the_cells() -> None:
    data = (
        "DATAFLOW:FLOW,geo:Reporting,TIME_PERIOD:Time,OBS_VALUE,OBS_FLAG\n"
        "ESTAT:X(1.0): Title,BE: Belgium,2018: 2018,7,p: provisional\n"
    )
    cube = read(data.encode())
    assert cube.dimension("geo").codes == ("BE",)
    assert cube.dimension("geo").labels == {"BE": "Belgium"}
    assert cube.cell() == Cell(7.0, "p")


def test_a_file_in_no_format_names_those_that_there_are() -> None:
    with pytest.raises(ValueError, match=f"none of the formats {', '.join(FORMATS)}"):
        read(b"Year;Places\n2019;5000\n")


def test_what_is_only_read_says_so(small: Cube) -> None:
    with pytest.raises(ValueError, match=r"is only read\. Write JSON-stat"):
        write(small, "tsv")
