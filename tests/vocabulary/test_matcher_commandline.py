"""The library's own command line prints tables and JSON, and says what is wrong in a sentence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from contactpoint.vocabulary.commandline import main


def test_harmonise_prints_a_table(topics: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["harmonise", "--vocabulary", str(topics), "asiel", "football"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["source", "concept"]
    assert lines[1].split()[:2] == ["asiel", "asylum"]
    assert lines[2].split()[:2] == ["football", "-"]


def test_every_command_prints_json(
    topics: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Les médias sociaux et l'asile.", encoding="utf-8")
    expected = {
        "harmonise": {"source", "concept", "label", "language", "confidence", "reason"},
        "annotate": {"concept", "label", "start", "end", "text", "language", "reason"},
        "suggest": {"concept", "label", "score", "evidence"},
    }
    for command, keys in expected.items():
        argument = "asile" if command == "harmonise" else str(text)
        assert main([command, "--vocabulary", str(topics), "--json", argument]) == 0
        rows = json.loads(capsys.readouterr().out)
        assert rows
        assert all(keys <= set(row) for row in rows)


def test_a_missing_or_broken_vocabulary_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["harmonise", "--vocabulary", str(tmp_path / "none.ttl"), "asiel"]) == 2
    (tmp_path / "broken.ttl").write_text("<a> <b> .")
    assert main(["harmonise", "--vocabulary", str(tmp_path / "broken.ttl"), "asiel"]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 2
    assert all(line.startswith("error: ") for line in errors)


def test_the_library_runs_without_a_web_framework(topics: Path) -> None:
    code = (
        "import sys; sys.modules['django'] = sys.modules['wagtail'] = None\n"
        "from contactpoint.vocabulary.commandline import main\n"
        f"raise SystemExit(main(['harmonise', '--vocabulary', {str(topics)!r}, 'asiel']))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "asylum" in run.stdout


@pytest.mark.parametrize("limit", ["0", "-1"])
def test_a_limit_below_one_is_refused(
    limit: str, topics: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["suggest", "--vocabulary", str(topics), "--limit", limit, str(topics)]
    assert main(arguments) == 2
    assert capsys.readouterr().err == "error: --limit is a number from 1 on.\n"
