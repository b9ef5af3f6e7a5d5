"""The commands that ask the glossary: files and standard input, JSON and tables, and refusals."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def _run(*arguments: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Any:
    def type_in(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    return type_in


def test_harmonise_reads_keywords_from_standard_input_one_a_line(type_in: Any) -> None:
    type_in(b"asiel\n\n  LOI's \nqwertyuiop\n")
    rows = json.loads(_run("harmonise", "-", "--json"))
    assert [row["source"] for row in rows] == ["asiel", "LOI's", "qwertyuiop"]
    assert [row["concept"] is None for row in rows] == [False, False, True]
    expected = {"source", "concept", "label", "language", "confidence", "reason"}
    assert all(expected <= set(row) for row in rows)


def test_harmonise_shows_what_is_near_an_unknown_and_what_else_may_be_meant() -> None:
    table = _run("harmonise", "huisvestingsvormen")
    assert "nearest" in table
    assert "huisvesting (→" in table
    table = _run("harmonise", "[bold]asiel[/bold]")
    assert "[bold]asiel[/bold]" in table


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["harmonise"], "Give at least one keyword"),
        (["harmonise", "asiel", "--report"], "give no others"),
        (["harmonise", "asiel", "--language", "xx"], "no words in 'xx'"),
        (["annotate", "-", "--language", "klingon"], "no words in 'klingon'"),
        (["suggest", "-", "--limit", "0"], "--limit"),
        (["suggest", "/no/such/file"], "can't be read"),
        (["annotate", "/"], "can't be read"),
    ],
)
def test_what_can_not_be_done_is_said_in_a_sentence(
    type_in: Any, arguments: list[str], message: str
) -> None:
    type_in(b"")
    with pytest.raises(CommandError, match=message):
        _run(*arguments)


@pytest.mark.parametrize("command", ["annotate", "suggest"])
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x7fELF\x00\x01", "is not text"),
        (b"fine\ncaf\xe9", "line 2: not UTF-8"),
        (b"x" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    ],
)
def test_what_is_no_text_is_refused(
    type_in: Any, tmp_path: Path, command: str, data: bytes, message: str
) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes(data)
    type_in(data)
    for name in (str(file), "-"):
        with pytest.raises(CommandError, match=message):
            _run(command, name)


@pytest.mark.parametrize("command", ["annotate", "suggest"])
def test_an_empty_text_has_no_concepts(type_in: Any, command: str) -> None:
    for options in ([], ["--json"]):
        type_in(b"")
        answer = _run(command, "-", *options)
        assert json.loads(answer) == [] if options else "No concept" in answer


def test_annotate_and_suggest_read_standard_input_in_the_language_given(type_in: Any) -> None:
    text = "Asielzoekers zoeken huisvesting."
    type_in(text.encode())
    notes = json.loads(_run("annotate", "-", "--language", "nl-BE", "--json"))
    assert notes
    assert all(text[note["start"] : note["end"]] == note["text"] for note in notes)
    assert all(note["language"] == "nl" for note in notes)
    type_in(text.encode())
    rows = json.loads(_run("suggest", "-", "--language", "nl", "--limit", "1", "--json"))
    assert len(rows) == 1
    assert set(rows[0]["evidence"][0]) == {"start", "end", "text"}


def test_the_report_of_a_portal_without_keywords_says_so() -> None:
    assert "No item has a keyword yet" in _run("harmonise", "--report")
    assert json.loads(_run("harmonise", "--report", "--json"))["strings"] == 0
