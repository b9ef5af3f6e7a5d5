"""What `docs/security/` promises names its tests, and those tests exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "security"
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@cache
def functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    )


def rows(name: str) -> list[list[str]]:
    """The cells of each row of the tables of a page, heads and lines left out."""
    found = []
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        is_line = set(line) <= set("|-: ")
        if line.startswith("|") and before.startswith("|") and not is_line:
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


@pytest.mark.parametrize("page", sorted(path.name for path in FOLDER.glob("*.md")))
def test_every_test_that_is_named_exists(page: str) -> None:
    text = (FOLDER / page).read_text(encoding="utf-8")
    for path, name in NAMED.findall(text):
        assert (ROOT / path).is_file(), path
        assert not name or name in functions(ROOT / path), f"{path}::{name}"


@pytest.mark.parametrize("page", ["README.md", "checklist.md"])
def test_every_promise_names_a_test_or_says_that_none_holds_it(page: str) -> None:
    found = rows(page)
    assert len(found) > 15
    for cells in found:
        assert NAMED.search(cells[-1]) or "not held" in cells[-1].lower(), cells[0]


def test_a_name_that_is_not_there_would_be_found() -> None:
    here = Path(__file__)
    assert "test_every_test_that_is_named_exists" in functions(here)
    assert "test_of_something_that_was_taken_away" not in functions(here)
