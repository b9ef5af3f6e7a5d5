"""`contactpoint glossary …`: in and out by version, with exit codes that a script can use."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from small_glossary import draft, published, three

from contactpoint.glossary.models import Concept, SchemeVersion
from contactpoint.glossary.publishing import load
from contactpoint.glossary.terms import GLOSSARY_FILE
from contactpoint.vocabulary import Label
from contactpoint.vocabulary.formats import FORMATS, read, write

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("glossary", *arguments, stdout=out)
    return out.getvalue()


def told(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "glossary.ttl"
    path.write_bytes(write(three(), "turtle"))
    return path


def test_a_file_is_loaded_once(file: Path) -> None:
    facts = {"concepts": 3, "changed": 3, "version": "1.0", "draft": False}
    assert told("load", str(file), "--notes", "The beginning.") == facts
    assert SchemeVersion.objects.get().notes == "The beginning."
    assert told("load", str(file)) == {**facts, "changed": 0}
    assert run("load", str(file)) == "3 concepts, 0 of them changed, version 1.0.\n"


def test_without_a_file_the_shipped_glossary_is_loaded() -> None:
    facts = told("load")
    assert facts["concepts"] == facts["changed"] == len(read(GLOSSARY_FILE).concepts)
    assert told("load")["changed"] == 0


def test_a_file_goes_into_the_draft(file: Path, tmp_path: Path) -> None:
    run("load", str(file))
    newer = tmp_path / "newer.ttl"
    newer.write_bytes(write(three("1.1", housing={"notation": "7"}), "turtle"))
    assert told("load", str(newer), "--draft")["draft"] is True
    assert told("status")["draft"] == ["housing"]
    assert told("diff", "1.0", "draft")["counts"] == {"changed": 1}
    assert told("publish", "1.1", "--notes", "A notation.")["counts"] == {"changed": 1}
    assert told("status")["version"] == "1.1"
    assert [row["number"] for row in told("status")["versions"]] == ["1.0", "1.1"]


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_exported_loads_without_a_change(name: str, file: Path, tmp_path: Path) -> None:
    run("load", str(file))
    target = tmp_path / f"out{FORMATS[name].suffixes[0]}"
    facts = told("export", str(target))
    assert (facts["concepts"], facts["version"]) == (3, "1.0")
    assert facts["bytes"] == target.stat().st_size
    assert told("load", str(target))["changed"] == 0
    assert told("diff", "1.0", str(target))["changes"] == []
    assert [path.name for path in tmp_path.glob("*.partial")] == []


def test_an_old_version_is_exported_as_it_stood(file: Path, tmp_path: Path) -> None:
    run("load", str(file))
    load(three("1.1", housing={"labels": (Label("lodging", "en"),)}))
    for number, label in (("1.0", "housing"), ("1.1", "lodging")):
        run("export", str(tmp_path / "out"), "--format", "turtle", "--version", number)
        assert read(tmp_path / "out").concepts["housing"].label() == label


def test_checking_answers_1_for_errors_only(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("load", str(file))
    assert "0 errors" in run("check")
    assert told("check", "--language", "nl")["counts"]["warning"] == 3
    draft("asylum", broader=("housing",))
    with pytest.raises(SystemExit, match="1"):
        run("check", "draft")
    bad = tmp_path / "bad.ttl"
    bad.write_bytes(write(three("2.0", asylum={"broader": ("housing",)}), "turtle"))
    with pytest.raises(SystemExit, match="1"):
        run("check", str(bad), "--json")


def test_a_file_with_errors_is_refused_unless_it_is_insisted_on(file: Path, tmp_path: Path) -> None:
    run("load", str(file))
    bad = tmp_path / "bad.ttl"
    bad.write_bytes(write(three("2.0", asylum={"broader": ("housing",)}), "turtle"))
    said = r"bad.ttl was not loaded: it has 1 error\.(.|\n)*above itself"
    with pytest.raises(CommandError, match=said):
        run("load", str(bad))
    assert not published("asylum").broader
    run("load", str(bad), "--with-errors", "--force")
    assert published("asylum").broader == ("housing",)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("load", "none.ttl"), "none.ttl can't be read"),
        (("diff", "1.0", "9.9"), "9.9 is neither a version nor a file. Versions are: 1.0."),
        (("export", "glossary.doc"), "glossary.doc has no suffix of a format"),
        (("export", "x.ttl", "--version", "9"), "There is no version 9. Versions are: 1.0."),
        (("export", "nowhere/x.ttl"), "nowhere/x.ttl can't be written"),
        (("publish", "1.1", "--notes", "x"), "Nothing waits to be published"),
        (("export", "x", "--format", "word"), "There is no format 'word'"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    arguments: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    load(three())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
    assert Concept.objects.count() == 3


def test_a_broken_file_is_told_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<a> <b> <c>\n<d>")
    with pytest.raises(CommandError, match="line"):
        run("load", str(broken))


def test_every_action_says_itself_in_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    for action in ("load", "export", "check", "diff", "publish", "status"):
        with pytest.raises(SystemExit):
            call_command("glossary", action, "--help")
        assert "--json" in capsys.readouterr().out


def test_one_scheme_of_several_is_chosen(file: Path) -> None:
    kind = "http://www.w3.org/2004/02/skos/core#ConceptScheme"
    second = f"\n<https://o.example/id/scheme/other> a <{kind}> ."
    file.write_text(file.read_text(encoding="utf-8") + second, encoding="utf-8")
    with pytest.raises(CommandError, match="several concept schemes"):
        run("load", str(file))
    assert told("load", str(file), "--scheme", "together")["concepts"] == 3
    assert told("check", str(file), "--scheme", "together")["counts"]["error"] == 0


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A file by which two of three concepts change (one by its relation) and one is new."""
    path = tmp_path / "other.ttl"
    changes = {"housing": {"notation": "7"}, "return": {}}
    path.write_bytes(write(three("1.1", **changes), "turtle"))
    return path


def test_a_file_that_changes_much_is_refused_until_it_is_insisted_on(
    file: Path, other: Path
) -> None:
    run("load", str(file))
    said = r"of 4 concepts that there would be, 1 added, 2 changed.*--dry-run.*--draft.*--force"
    with pytest.raises(CommandError, match=said):
        run("load", str(other))
    assert told("status")["version"] == "1.0"
    assert told("load", str(other), "--force")["version"] == "1.1"


def test_a_file_that_changes_a_quarter_is_loaded(file: Path, other: Path) -> None:
    run("load", str(other))
    changed = three("1.2", housing={"notation": "8"}, **{"return": {}})
    file.write_bytes(write(changed, "turtle"))
    assert told("load", str(file)) == {
        "concepts": 4, "changed": 1, "version": "1.2", "draft": False,
    }  # fmt: skip


def test_a_dry_run_counts_and_writes_nothing(file: Path, other: Path) -> None:
    counts = {"concepts": 3, "added": 3, "changed": 0, "unchanged": 0, "version": "1.0"}
    assert told("load", str(file), "--dry-run") == {**counts, "needs_force": False}
    assert not Concept.objects.exists()
    assert not SchemeVersion.objects.exists()
    run("load", str(file))
    said = "1 added, 2 changed, 1 unchanged. Nothing was written. Loading it would ask for --force."
    assert said in run("load", str(other), "--dry-run", "--draft")
    assert (told("status")["version"], told("status")["draft"]) == ("1.0", [])


def test_a_file_without_a_version_is_refused_unless_it_is_given_one(
    file: Path, tmp_path: Path
) -> None:
    run("load", str(file))
    bare = tmp_path / "bare.ttl"
    bare.write_bytes(write(three("", housing={"notation": "7"}), "turtle"))
    with pytest.raises(CommandError, match=r"says no version.*--number.*--draft"):
        run("load", str(bare), "--force")
    assert told("load", str(bare), "--draft")["draft"] is True
    assert told("load", str(bare), "--number", "1.5", "--force")["version"] == "1.5"
    assert published("housing").notation == "7"


def test_a_file_without_a_version_is_the_first_of_an_empty_portal(tmp_path: Path) -> None:
    bare = tmp_path / "bare.ttl"
    bare.write_bytes(write(three(""), "turtle"))
    assert told("load", str(bare))["version"] == "0.1"


def test_an_export_is_what_is_downloaded_and_warns_without_an_address(
    file: Path, tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("load", str(file))
    monkeypatch.delenv("CONTACTPOINT_BASE_URL", raising=False)
    errors = StringIO()
    target = tmp_path / "out.ttl"
    call_command("glossary", "export", str(target), stdout=StringIO(), stderr=errors)
    assert target.read_bytes() == client.get("/id/scheme/glossary.ttl").content
    assert "CONTACTPOINT_BASE_URL is not set" in errors.getvalue()
