"""The examples of the library's page do what the page says."""

import ast
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "developers" / "figures.md"


def test_every_example_gives_what_stands_under_it() -> None:
    names: dict[str, object] = {}
    answers = 0
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        lines = block.splitlines()
        for line, below in zip(lines, [*lines[1:], ""], strict=True):
            if below.startswith("# "):
                assert repr(eval(line, names)) == repr(ast.literal_eval(below[2:])), line
                answers += 1
            elif line and not line.startswith("# "):
                exec(line, names)
    assert answers >= 12
