"""Files of each format become the same figures; bad ones a sentence that says what to do."""

import gzip
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from contactpoint.figures import FiguresError
from contactpoint.figures.formats import beside, read, write
from contactpoint.statistics.loading import load_file
from contactpoint.statistics.models import Dataset, Extraction, Line

pytestmark = pytest.mark.django_db
DAY = date(2019, 6, 17)


def tsv(path: Path) -> Path:
    made = path.with_name("estat_migr_asyappctzm_en.tsv")
    head = "freq,unit,citizen,sex,applicant,age,geo\\TIME_PERIOD"
    months = "".join(f"\t2018-{month:02} " for month in range(7, 13))
    lines = [
        head + months,
        "M,PER,TOTAL,T,FRST,TOTAL,BE\t1500 \t1520 \t1525 \t1700 \t1720 \t1765 ",
        "M,PER,TOTAL,T,FRST,TOTAL,EU27_2020" + "\t9000 " * 6,
    ]
    made.write_text("\n".join(lines) + "\n")
    return made


def packed(path: Path) -> Path:
    made = path.with_suffix(".json.gz")
    made.write_bytes(gzip.compress(path.read_bytes()))
    return made


def sdmx(path: Path) -> Path:
    made = path.with_name("figures.csv")
    cube = read(path)
    ids = [one.id for one in cube.dimensions][:-1]
    rows = [f"DATAFLOW,LAST UPDATE,{','.join(ids)},TIME_PERIOD,OBS_VALUE,OBS_FLAG"]
    for codes, value, flags in cube.rows():
        rows.append(
            "ESTAT:MIGR_ASYAPPCTZM(1.0),17/06/19 11:00:00,"
            f"{','.join(codes)},{value or 0:.0f},{flags}"
        )
    made.write_text("\n".join(rows) + "\n")
    return made


def own(path: Path) -> Path:
    made = path.with_name("migr_asyappctzm.csv")
    made.write_bytes(write(read(path), "csv"))
    assert beside(read(path))
    return made


@pytest.mark.parametrize("made", [tsv, packed, sdmx, own])
def test_each_format_holds_the_same_figures(
    answer_file: Path, made: Callable[[Path], Path]
) -> None:
    first = load_file(answer_file, extracted=DAY).stored
    again = load_file(made(answer_file), extracted=DAY).stored
    assert first.is_new
    assert not again.is_new, "the same figures in another format"
    assert (Line.objects.count(), first.extraction.dataset.code) == (2, "migr_asyappctzm")


def test_it_is_told_how_far_it_is(answer_file: Path) -> None:
    told: list[tuple[int, int, str]] = []
    load_file(answer_file, extracted=DAY, on_part=lambda *part: told.append(part))
    assert told == [(0, 0, "reading"), (2, 2, "series stored")]


def test_a_file_without_a_day_is_of_the_day_on_which_it_was_saved(answer_file: Path) -> None:
    os.utime(answer_file, (1_560_765_600, 1_560_765_600))
    loaded = load_file(answer_file)
    assert loaded.dated_by_file
    assert loaded.stored.extraction.first == DAY
    assert not load_file(answer_file, extracted=DAY).dated_by_file


def test_figures_are_not_extracted_tomorrow(answer_file: Path) -> None:
    with pytest.raises(FiguresError, match="lies ahead"):
        load_file(answer_file, extracted=timezone.localdate() + timedelta(days=1))


def test_a_file_that_names_nothing_asks_which_dataset_it_is(answer_file: Path) -> None:
    nameless = answer_file.with_name("table.csv")
    nameless.write_bytes(write(read(answer_file), "csv"))
    with pytest.raises(FiguresError, match=r"table.csv names no dataset.*--dataset"):
        load_file(nameless, extracted=DAY)
    assert load_file(nameless, code="MIGR_ASYAPPCTZM", extracted=DAY).stored.is_new


def test_a_file_of_another_dataset_is_refused(answer_file: Path) -> None:
    with pytest.raises(FiguresError, match=r"answer\.json holds migr_asyappctzm, not migr_eiord"):
        load_file(answer_file, code="migr_eiord", extracted=DAY)
    with pytest.raises(FiguresError, match="No dataset 'nonsense' is configured"):
        load_file(answer_file, code="nonsense", extracted=DAY)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "answer.json"),
        (b"\x00\xff\x00", "in none of the formats"),
        (gzip.compress(b'{"version": "2.0", "class": "dataset"', mtime=0)[:30], "answer.json"),
        (b'{"version": "2.0", "class": "dataset", "id": ["geo"]}', "answer.json"),
    ],
)
def test_a_broken_file_leaves_all_as_it_was(answer_file: Path, content: bytes, said: str) -> None:
    load_file(answer_file, extracted=DAY)
    answer_file.write_bytes(content)
    with pytest.raises(FiguresError, match=said):
        load_file(answer_file, extracted=DAY)
    assert Extraction.objects.count() == 1


MAPPING = """
dataset = "be-reception-places"
publisher = "Example agency"
title = "Places"
unit = "PLACE"
[table]
delimiter = ","
[dimensions.geo]
constant = "BE"
[dimensions.kind]
column = "Type"
codes = { "Collective" = "COLL", "Individual" = "IND" }
[dimensions.time]
across = true
"""


def test_a_national_table_is_a_dataset_of_its_own(tmp_path: Path) -> None:
    table, mapped = tmp_path / "places.csv", tmp_path / "places.toml"
    table.write_text("Type,2018-Q1,2018-Q2\nCollective,100,110\nIndividual,:,20\n")
    mapped.write_text(MAPPING)
    stored = load_file(table, mapped=mapped, extracted=DAY).stored
    dataset = stored.extraction.dataset
    assert (dataset.code, dataset.source, dataset.title) == (
        "be-reception-places", Dataset.Source.NATIONAL, "Places",
    )  # fmt: skip
    assert (stored.extraction.unit, stored.extraction.cells) == ("PLACE", 3)
    assert set(dataset.series.values_list("geo", "frequency")) == {("BE", "Q")}
    table.write_text("Type,2018-Q1,2018-Q2\nCollective,100,110\n")
    with pytest.raises(FiguresError, match="The code IND in kind is gone"):
        load_file(table, mapped=mapped, extracted=DAY)


def test_a_mapping_cannot_take_the_place_of_eurostat(tmp_path: Path) -> None:
    table, mapped = tmp_path / "places.csv", tmp_path / "places.toml"
    table.write_text("Type,2018-Q1\nCollective,100\n")
    mapped.write_text(MAPPING.replace("be-reception-places", "migr_eiord"))
    with pytest.raises(FiguresError, match="migr_eiord is a dataset of Eurostat"):
        load_file(table, mapped=mapped, extracted=DAY)
