"""The page for developers says what is so."""

import re
from pathlib import Path
from typing import Any

from made_answers import applicants
from storing import Keep

PAGE = Path(__file__).parents[2] / "docs" / "developers" / "statistics.md"


def test_the_examples_give_what_stands_there(keep: Keep) -> None:
    keep(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765], EU27_2020=[9000] * 6))
    found = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    lines = "\n".join(found).splitlines()
    seen = 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if following.startswith("# "):
            assert repr(eval(line, names)) == following[2:], line  # our own page
            seen += 1
        elif not line.startswith("# "):
            exec(line, names)
    assert seen == 9
