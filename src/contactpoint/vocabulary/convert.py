"""`python -m contactpoint.vocabulary convert IN OUT`: one format to another, losing nothing."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from contactpoint.vocabulary.formats import FORMATS, format_named, format_of, read
from contactpoint.vocabulary.model import VocabularyError


def add_command(commands: Any) -> None:
    """Add the command to those of the library's command line."""
    names = ", ".join(FORMATS)
    command = commands.add_parser(
        "convert",
        help="a vocabulary from one format to another",
        description="Write a vocabulary in another format. The suffix of a file says its format: "
        f"{', '.join(suffix for one in FORMATS.values() for suffix in one.suffixes)}.",
    )
    command.add_argument("source", metavar="IN", type=Path, help="the file to read")
    command.add_argument("target", metavar="OUT", type=Path, help="the file to write")
    command.add_argument("--from", dest="reads", metavar="FORMAT", help=f"one of {names}")
    command.add_argument("--to", dest="writes", metavar="FORMAT", help=f"one of {names}")
    command.add_argument(
        "--scheme",
        metavar="ID",
        help="which scheme of several; a name of your own reads them as one",
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    command.set_defaults(answer=run)


def run(options: argparse.Namespace) -> int:
    """Convert; returns the exit code 0 or raises `VocabularyError` or `OSError`."""
    writes = format_named(options.writes) if options.writes else format_of(options.target.name)
    is_told = options.writes or options.target.suffix.lower() in writes.suffixes
    if not is_told:
        raise VocabularyError(
            f"{options.target.name} has no suffix of a format. Name it e.g. glossary.ttl, or give "
            f"--to with one of {', '.join(FORMATS)}."
        )
    scheme = read(options.source, format=options.reads, scheme_id=options.scheme, guarded=True)
    data = writes.write(scheme)
    options.target.write_bytes(data)
    facts = {
        "scheme": scheme.id,
        "version": scheme.version,
        "concepts": len(scheme.concepts),
        "format": writes.name,
        "bytes": len(data),
    }
    if options.json:
        print(json.dumps(facts))
    else:
        print(f"{len(scheme.concepts)} concepts of {scheme.id!r} as {writes.title}.")
    return 0
