"""The commands print figures and suggestions, and say what is wrong in a sentence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from contactpoint.vocabulary.commandline import main

FIGURES = {
    "f1@5", "ndcg@10", "per_cpu_second", "load_seconds", "train_seconds", "peak_mb", "documents",
}  # fmt: skip
ALL = Path(__file__).parents[1] / "data/archaeology/documents.tsv"


@pytest.fixture
def split(tmp_path: Path) -> tuple[str, str]:
    lines = ALL.read_text(encoding="utf-8").splitlines(keepends=True)
    for name, part in (("train.tsv", lines[:600]), ("test.tsv", lines[1500:])):
        (tmp_path / name).write_text("".join(part), encoding="utf-8")
    return str(tmp_path / "train.tsv"), str(tmp_path / "test.tsv")


def test_evaluate_prints_the_figures_that_were_agreed(
    archaeology: Path, split: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["evaluate", str(archaeology), "--language", "fi", "--test", split[1]]
    assert main([*command, "--json"]) == 0
    untrained = json.loads(capsys.readouterr().out)
    assert main([*command, "--train", split[0], "--json"]) == 0
    trained = json.loads(capsys.readouterr().out)
    assert set(untrained) == set(trained) == FIGURES
    assert (untrained["documents"], untrained["train_seconds"]) == (100, 0.0)
    assert trained["ndcg@10"] > untrained["ndcg@10"] > 0
    assert trained["train_seconds"] > 0
    assert main(command) == 0
    assert "f1@5" in capsys.readouterr().out


def test_what_train_kept_is_evaluated_and_ranks(
    archaeology: Path,
    split: tuple[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kept = str(tmp_path / "kept.npz")
    command = ["train", str(archaeology), "--language", "fi", "--documents", split[0]]
    assert main([*command, "--keep", kept, "--serve", "sv", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 600
    assert main(["evaluate", kept, "--language", "fi", "--test", split[1], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["f1@5"] > 0
    text = tmp_path / "text.txt"
    text.write_text("Utgrävningar", encoding="utf-8")
    assert main(["rank", kept, str(text), "--language", "sv", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)[0]
    assert (first["label"], first["evidence"][0]["text"]) == ("excavations", "Utgrävningar")
    assert main(["rank", kept, str(text), "--language", "sv"]) == 0
    assert "excavations" in capsys.readouterr().out


def test_a_wrong_line_is_one_sentence(
    archaeology: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.tsv"
    bad.write_text("text\t<http://a>\nno tab\n", encoding="utf-8")
    assert main(["evaluate", str(archaeology), "--language", "fi", "--test", str(bad)]) == 2
    assert capsys.readouterr().err.startswith("error: bad.tsv, line 2: ")


def test_nobody_pays_for_numpy_who_does_not_rank() -> None:
    code = (
        "import sys, contactpoint.vocabulary.commandline\n"
        "raise SystemExit('numpy' in sys.modules or 'django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
