"""`python -m contactpoint.vocabulary diff BEFORE AFTER`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from contactpoint.vocabulary.diff import diff
from contactpoint.vocabulary.formats import read


def add_command(commands: Any) -> None:
    """Make `diff` known to the command line's parser."""
    summary = "what changed between two versions of a vocabulary"
    command = commands.add_parser("diff", help=summary, description=summary)
    command.set_defaults(answer=_answer)
    command.add_argument("before", metavar="BEFORE", help="a SKOS scheme")
    command.add_argument("after", metavar="AFTER", help="a later version of it")
    command.add_argument(
        "--scheme", metavar="ID",
        help="which scheme of several; a name of your own reads them as one",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="print JSON")


def _answer(options: argparse.Namespace) -> int:
    before, after = (
        read(Path(file), scheme_id=options.scheme) for file in (options.before, options.after)
    )
    found = diff(before, after)
    if options.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        print(found.as_text())
    return 0
