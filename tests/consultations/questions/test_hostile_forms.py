"""Workbooks that are made to harm."""

import re
import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from made_forms import workbook

from contactpoint.consultations.questions import InstrumentError
from contactpoint.consultations.questions.xlsform import read
from contactpoint.consultations.questions.xlsform.guarding import column_name, column_number

ROWS = [["type", "name", "label"], ["text", "a", "A"]]


def changed(change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """A good workbook with its parts changed, and more of them."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook(survey=ROWS))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
        for name, content in more.items():
            new.writestr(name, content)
    return stream.getvalue()


def refused(data: bytes, name: str = "a.xlsx") -> InstrumentError:
    begun = time.process_time()
    with pytest.raises(InstrumentError) as caught:
        read(name, data)
    assert time.process_time() - begun < 5
    return caught.value


def test_a_zip_that_unpacks_to_gigabytes_is_refused() -> None:
    bomb = changed(lambda _part, content: content, **{"xl/media/a.bin": bytes(60 * 2**20)})
    assert "unpacks to" in refused(bomb).message


def test_a_small_file_that_unpacks_to_a_hundred_times_its_size_is_refused() -> None:
    bomb = changed(lambda _part, content: content, **{"xl/media/a.bin": bytes(4 * 2**20)})
    assert "unpacks to" in refused(bomb).message


def test_many_parts_are_refused() -> None:
    parts = {f"xl/media/{n}": b"" for n in range(300)}
    assert "parts" in refused(changed(lambda _part, content: content, **parts)).message


def test_a_formula_is_refused_with_its_cell() -> None:
    rows = [*ROWS, ["text", "b", '=HYPERLINK("https://example.org","B")']]
    error = refused(workbook(survey=rows))
    assert error.place == "survey!C3"
    assert "formula" in error.message


def test_a_formula_in_a_sheet_that_is_not_read_harms_nobody() -> None:
    assert read("a.xlsx", workbook(survey=ROWS, notes=[["=1+1"]])).sections


@pytest.mark.parametrize("number", [5001, 1_048_576])
def test_a_million_rows_are_refused_with_the_cell(number: int) -> None:
    def far(part: str, content: bytes) -> bytes:
        if not part.startswith("xl/worksheets/sheet"):
            return content
        return re.sub(rb'r="2"', f'r="{number}"'.encode(), content)

    assert refused(changed(far)).place == f"survey!A{number}"


def test_a_column_far_away_is_refused_with_the_cell() -> None:
    def far(part: str, content: bytes) -> bytes:
        return content.replace(b'r="B2"', b'r="XFD2"')

    assert refused(changed(far)).place == "survey!XFD2"


def test_a_sheet_that_lies_about_its_size_is_read_all_the_same() -> None:
    def lie(part: str, content: bytes) -> bytes:
        return re.sub(rb'dimension ref="[^"]*"', b'dimension ref="A1:XFD1048576"', content)

    assert read("a.xlsx", changed(lie)).sections


@pytest.mark.parametrize("target", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_entities_are_refused(target: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

    def declared(part: str, content: bytes) -> bytes:
        if part != target:
            return content
        head, mark, rest = (
            content.partition(b"?>") if content.startswith(b"<?xml") else (b"", b"", content)
        )
        return head + mark + bomb + rest

    assert "entities" in refused(changed(declared)).message


def test_macros_are_refused() -> None:
    macros = changed(lambda _part, content: content, **{"xl/vbaProject.bin": b"x"})
    assert "macros" in refused(macros).message


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"PK\x03\x04" + bytes(100),
        b"\xd0\xcf\x11\xe0" + bytes(600),
        b"<html>",
        b"\xff\xfe\x00",
        b'survey\n,"type',
        b"survey,,\n,type,name\n,text,\x00\n",
        "survey,,\n,type,name\n,text,é\n".encode("latin-1"),
        workbook(notes=[["a"]], more=[["b"]]),
        workbook(survey=[]),
        workbook(survey=[["type", "name", "type"], ["text", "a", "b"]]),
        changed(lambda part, content: b"" if part == "xl/workbook.xml" else content),
        changed(lambda part, content: content[:-40] if "sheet1" in part else content),
    ],
    ids=range(14),
)
def test_what_is_no_form_is_refused_in_words(data: bytes) -> None:
    assert refused(data).message


def test_a_file_of_many_megabytes_is_refused() -> None:
    assert "larger than" in refused(b"PK\x03\x04" + bytes(6 * 2**20)).message
    assert "larger than" in refused(b"a" * 6 * 2**20, "a.csv").message


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_columns_are_named_as_spreadsheets_do(number: int, name: str) -> None:
    assert column_name(number) == name
    assert column_number(name) == number
