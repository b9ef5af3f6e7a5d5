"""A hostile file ends in a sentence for the editor, within limits, and never hurts the worker."""

import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import made_files as made
import pytest

from contactpoint.media.formats import guarding
from contactpoint.media.formats.formats import LONGEST_PART, MOST_CHARACTERS, MOST_UNPACKED
from contactpoint.vocabulary.apart import CrashedError, GivenUpError, run_apart

BOMB = (
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE r [<!ENTITY i SYSTEM "file:///etc/hostname">]>'


def read(data: bytes, suffix: str) -> dict[str, Any]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return guarding.read_guarded(file, suffix)


def problem(data: bytes, suffix: str) -> str:
    found = read(data, suffix)
    assert "texts" not in found
    return str(found["problem"])


def test_a_locked_pdf_asks_for_a_password() -> None:
    assert problem(made.locked_pdf(), "pdf") == "encrypted"


def test_a_pdf_of_pictures_is_scanned_and_its_pages_are_counted() -> None:
    found = read(made.pdf([], [], []), "pdf")
    assert (found["problem"], found["pages"], found["unit"]) == ("scanned", 3, "page")


@pytest.mark.parametrize("share", [0.02, 0.4, 0.9])
def test_a_pdf_cut_short_is_read_as_far_as_it_goes_or_damaged(share: float) -> None:
    data = made.pdf(*(["Asylum"] for _number in range(20)))
    found = read(data[: int(len(data) * share)], "pdf")
    assert found.get("problem") in ("broken", "scanned") or found["texts"]


@pytest.mark.parametrize("make", ["docx", "pptx", "xlsx", "odt"])
def test_an_office_file_cut_short_is_damaged(make: str) -> None:
    data = {
        "docx": made.docx("One."),
        "pptx": made.pptx("One."),
        "xlsx": made.xlsx({"One": [["a"]]}),
        "odt": made.opendocument("text", "<text:p>One</text:p>"),
    }[make]
    assert problem(data[: len(data) // 2], make) == "broken"


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, "<!DOCTYPE r>"])
@pytest.mark.parametrize("suffix", ["docx", "pptx", "odt", "xlsx"])
def test_a_document_type_in_an_office_file_is_refused_before_it_is_resolved(
    doctype: str, suffix: str
) -> None:
    name, data = {
        "docx": ("word/document.xml", made.docx("One.")),
        "pptx": ("ppt/slides/slide1.xml", made.pptx("One.")),
        "odt": ("content.xml", made.opendocument("text", "<text:p>One</text:p>")),
        "xlsx": ("xl/worksheets/sheet1.xml", made.xlsx({"One": [["a"]]})),
    }[suffix]
    parts = made.unzipped(data)
    parts[name] = f"<?xml version='1.0'?>{doctype}<r>&i;</r>".encode()
    started = time.monotonic()
    assert problem(made.zipped(parts), suffix) == "broken"
    assert time.monotonic() - started < 10


def test_a_zip_bomb_is_given_up_while_it_unpacks() -> None:
    inside = b"<w:document><w:body><w:p><w:t>" + b"a" * (MOST_UNPACKED + 2**20)
    assert problem(made.zipped({"word/document.xml": inside}), "docx") == "large"


def test_many_slides_that_point_to_one_large_part_are_counted_each_time() -> None:
    parts = made.unzipped(made.pptx(*("x" for _number in range(400))))
    parts["ppt/slides/slide1.xml"] = b"<a>" + b" " * 2**20 + b"</a>"
    name = "ppt/_rels/presentation.xml.rels"
    parts[name] = re.sub(rb"slide\d+\.xml", b"slide1.xml", parts[name])
    assert problem(made.zipped(parts), "pptx") == "large"


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    parts = made.unzipped(made.xlsx({"One": [["a"]]}))
    parts["xl/sharedStrings.xml"] = b" " * (MOST_UNPACKED + 1)
    assert problem(made.zipped(parts), "xlsx") == "large"


def test_a_long_text_without_pages_is_kept_whole_in_parts() -> None:
    words = [f"word{number}" for number in range(90_000)]
    found = read(" ".join(words).encode(), "txt")
    assert not found["cut"]
    assert [number for number, _text in found["texts"]] == [1] * 3
    assert max(len(text) for _number, text in found["texts"]) <= LONGEST_PART
    assert " ".join(text for _number, text in found["texts"]).split() == words
    unspaced = read(b"1" * (LONGEST_PART + 5), "txt")
    assert [len(text) for _number, text in unspaced["texts"]] == [LONGEST_PART, 5]


def test_more_text_than_is_kept_is_cut_and_said_so() -> None:
    data = made.docx(*("word " * 2_000 for _number in range(MOST_CHARACTERS // 9_000)))
    found = read(data, "docx")
    assert found["cut"]
    assert sum(len(text) for _number, text in found["texts"]) <= MOST_CHARACTERS


@pytest.mark.parametrize(
    ("data", "suffix", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n....", "pdf", "broken"),
        (b"\x89PNG\r\n\x1a\n....", "png", "kind"),
        (made.zipped({"a.txt": "x"}), "zip", "kind"),
        (made.zipped({"a.txt": "x"}), "docx", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a Word document of 1997", "docx", "old"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "docx",
            "encrypted",
        ),
        (b"", "pdf", "blank"),
        (b"a\x00b", "txt", "broken"),
        (b"{\\rtf1 hello}", "rtf", "kind"),
        (
            made.opendocument("text", "<text:p>x</text:p>", manifest="<encryption-data/>"),
            "odt",
            "encrypted",
        ),
    ],
)
def test_what_is_no_readable_file_is_told_apart(data: bytes, suffix: str, expected: str) -> None:
    assert problem(data, suffix) == expected


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a module of a few lines in place of the reader."""

    def run(code: str) -> None:
        (tmp_path / "reader_that_fails.py").write_text(code, encoding="utf-8")
        monkeypatch.setattr(guarding, "_CHILD", "reader_that_fails")

    monkeypatch.syspath_prepend(tmp_path)
    return run


SEALED = "from contactpoint.vocabulary import door; door.seal(1, 2**28)\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (SEALED + "while True: pass", "slow"),
        ("import time; time.sleep(600)", "slow"),
        ("print('{\"texts\": \"' + 'a' * 2_000_000)", "slow"),
        (SEALED + "import ctypes; ctypes.string_at(0)", "broken"),
        ("import os; os.abort()", "broken"),
        ("raise SystemExit(3)", "broken"),
        ("print('no JSON')", "broken"),
    ],
    ids=["loops", "sleeps", "says too much", "faults", "aborts", "ends", "babbles"],
)
def test_a_reader_that_hangs_or_crashes_ends_in_a_problem(
    reader: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, code: str, expected: str
) -> None:
    monkeypatch.setattr(guarding, "_MOST_WAITING", 3)
    monkeypatch.setattr(guarding, "_LONGEST_ANSWER", 1_000_000)
    reader(code)
    assert problem(b"%PDF-", "pdf") == expected


def test_a_file_that_takes_too_much_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "MOST_MEMORY", 150 * 2**20)
    data = made.docx(*("word " * 2_000 for _number in range(12_000)))
    assert problem(data, "docx") == "slow"


def test_a_file_that_takes_too_much_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "MOST_SECONDS", 1)
    data = made.docx(*("word " * 50 for _number in range(120_000)))
    assert problem(data, "docx") == "slow"


def test_the_process_has_none_of_our_secrets(
    reader: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTACTPOINT_SECRET_KEY", "hush")
    reader("import json, os; print(json.dumps(dict(os.environ)))")
    assert "hush" not in str(read(b"%PDF-", "pdf"))


def test_the_process_that_runs_apart_is_gone_when_it_is_given_up() -> None:
    with tempfile.TemporaryFile() as file, pytest.raises(GivenUpError):
        run_apart("timeit", ["-n", "1", "import time; time.sleep(987)"], file, waiting=1, most=10)
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert "sleep(987)" not in found.stdout


def test_what_ends_by_itself_with_an_error_crashed() -> None:
    with tempfile.TemporaryFile() as file, pytest.raises(CrashedError, match="1"):
        run_apart("no_such_module_here", [], file, waiting=20, most=10)
