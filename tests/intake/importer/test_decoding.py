"""What is no text listing is refused with its line and the mend, before anything is written."""

import builtins
from pathlib import Path
from typing import Any

import pytest

from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer import Importer, importer_for
from contactpoint.intake.importer.decoding import LARGEST_FILE, LONGEST_LINE

LISTING = "Réfugiés à Liège: où dormir ?\nWhen1 May 2020\n"


def checked(path: Path) -> Importer:
    importer = importer_for(path)
    importer.check()
    return importer


def refused(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        list(checked(path).items())
    return str(caught.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "listing.txt"


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert "There is no file" in refused(tmp_path / "nowhere.txt")
    assert "holds no page" in refused(tmp_path)


@pytest.mark.parametrize("content", ["", "\n \n\t\n"])
def test_an_empty_file_says_that_it_is_empty(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    assert "empty" in refused(file)


def test_a_pdf_is_called_a_pdf(file: Path) -> None:
    file.write_bytes(b"%PDF-1.7\n\x00\x01")
    assert "line 1: this is a PDF" in refused(file)


def test_binary_data_names_the_line_where_it_begins(file: Path) -> None:
    file.write_bytes(b"Text.\nWhen1 May 2020\n\x00\x01\x02\n")
    assert "line 3: this is binary data" in refused(file)


def test_a_file_of_200_mb_is_refused_without_being_read(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with file.open("wb") as handle:
        handle.truncate(200 * 1024 * 1024)
    importer = importer_for(file)

    def no_reading(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(Path, "open", no_reading)
    monkeypatch.setattr(builtins, "open", no_reading)
    with pytest.raises(SourceError, match=r"200 MB.*50 MB at most.*Split it"):
        importer.check()
    assert LARGEST_FILE == 50 * 1024 * 1024


def test_a_line_without_end_names_its_number(file: Path) -> None:
    file.write_text("Text.\n" + "a" * (LONGEST_LINE + 1), encoding="utf-8")
    assert "line 2: the line is longer than 64 kB" in refused(file)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_an_old_encoding_is_read_and_said_of_each_item_it_touches(
    file: Path, encoding: str
) -> None:
    text = LISTING + "Plain.\nWhen2 May 2020\n"
    file.write_bytes(text.encode(encoding))
    items = list(checked(file).items())
    assert [len(item.notes) for item in items] == [1, 0]
    code, detail = items[0].notes[0]
    assert code == "encoding"
    assert isinstance(detail["encoding"], str)


def test_windows_letters_come_out_right(file: Path) -> None:
    file.write_bytes(LISTING.encode("cp1252"))
    assert next(checked(file).items()).text == "Réfugiés à Liège: où dormir ?"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding(file: Path, encoding: str) -> None:
    file.write_bytes(LISTING.encode(encoding))
    item = next(checked(file).items())
    assert (item.text, item.notes) == ("Réfugiés à Liège: où dormir ?", [])


def test_broken_utf_16_names_a_line(file: Path) -> None:
    file.write_bytes(LISTING.encode("utf-16") + b"\x00")
    assert "this is not UTF-16 text" in refused(file)


def test_windows_line_ends_are_line_ends(file: Path) -> None:
    file.write_bytes(LISTING.replace("\n", "\r\n").encode())
    assert next(checked(file).items()).date == "1 May 2020"


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.html", b"plain", "html"),
        ("a.txt", b"<!DOCTYPE html><html>", "html"),
        ("a.xml", b"<?xml version='1.0'?><html>", "html"),
        ("a.txt", b"<?xml version='1.0'?><rss/>", "feed"),
        ("a.csv", b"a,b", "csv"),
        ("a.xlsx", b"PK\x03\x04", "csv"),
        ("a.txt", b'[\n {"a": 1}]', "json"),
        ("a.txt", b"[News] A text.", "text"),
    ],
)
def test_a_format_is_told_by_its_beginning_else_by_its_name(
    tmp_path: Path, name: str, content: bytes, format: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert importer_for(path).name == format
