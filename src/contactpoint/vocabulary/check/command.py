"""`python -m contactpoint.vocabulary check FILE …`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from contactpoint.vocabulary.check import as_json, as_text, check
from contactpoint.vocabulary.formats import read


def add_command(commands: Any) -> None:
    """Make `check` known to the command line's parser."""
    summary = "what there is to mend in a vocabulary; 1 where there are errors"
    command = commands.add_parser("check", help=summary, description=summary)
    command.set_defaults(answer=_answer)
    command.add_argument("files", nargs="+", metavar="FILE", help="SKOS schemes")
    command.add_argument(
        "--language", action="append", metavar="TAG",
        help="a language in which labels and definitions are expected; may be given several times",
    )  # fmt: skip
    command.add_argument(
        "--scheme", metavar="ID",
        help="which scheme of several; a name of your own reads them as one",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="print JSON")


def _answer(options: argparse.Namespace) -> int:
    """Prints the findings; returns 1 where one of them is an error, else 0."""
    schemes = [read(Path(file), scheme_id=options.scheme) for file in options.files]
    findings = check(*schemes, languages=options.language)
    if options.json:
        print(json.dumps(as_json(findings), ensure_ascii=False, indent=2))
    else:
        print(as_text(findings))
    return int(any(finding.severity == "error" for finding in findings))
