"""The pages for developers say what is so."""

import re
from pathlib import Path
from typing import Any

import pytest
from made_answers import applicants
from storing import Keep

from contactpoint.statistics.offering.formats.csv import COLUMNS

PAGES = Path(__file__).parents[2] / "docs" / "developers"


@pytest.mark.parametrize(("page", "examples"), [("statistics", 9), ("statistics-data", 6)])
def test_the_examples_give_what_stands_there(keep: Keep, page: str, examples: int) -> None:
    keep(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765], EU27_2020=[9000] * 6))
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    found = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names: dict[str, Any] = {}
    lines = "\n".join(found).splitlines()
    seen = 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if following.startswith("# "):
            assert repr(eval(line, names)) == following[2:], line  # our own page
            seen += 1
        elif not line.startswith("# "):
            exec(line, names)
    assert seen == examples


def test_the_heading_of_csv_is_the_one_that_stands_there() -> None:
    text = (PAGES / "statistics-data.md").read_text(encoding="utf-8")
    assert f"```csv\n{','.join(COLUMNS)}\n```" in text
