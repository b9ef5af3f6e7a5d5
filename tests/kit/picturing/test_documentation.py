"""The examples of the page on pictures do what it says."""

import ast
import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "developers" / "pictures.md"


def test_every_example_gives_what_stands_under_it() -> None:
    names: dict[str, object] = {}
    answers = 0
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        lines = block.splitlines()
        for statement in ast.parse(block).body:
            source = ast.unparse(statement)
            below = "".join(lines[statement.end_lineno : (statement.end_lineno or 0) + 1])
            if below.startswith("# "):
                assert repr(eval(source, names)) == repr(ast.literal_eval(below[2:])), source
                answers += 1
            else:
                exec(source, names)
    assert answers >= 6
