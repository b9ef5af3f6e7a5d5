"""`python -m contactpoint.vocabulary`: the matcher without a portal around it.

Prints tables, or with `--json` the shapes that the portal's own commands print too.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from contactpoint.vocabulary import Vocabulary, VocabularyError, convert, describe
from contactpoint.vocabulary.check import command as check_command
from contactpoint.vocabulary.diff import command as diff_command
from contactpoint.vocabulary.formats import read
from contactpoint.vocabulary.learning import command as learning_command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, or 2 with a sentence on standard error; what else
    a command answers with is its own."""
    options = _parser().parse_args(arguments)
    try:
        if "answer" in options:
            return int(options.answer(options))
        vocabulary = Vocabulary(read(Path(file)) for file in options.vocabulary)
        rows, columns = options.run(vocabulary, options)
    except (VocabularyError, OSError, UnicodeDecodeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps([_shape(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        _print_table(columns, [[str(cell) for cell in _cells(row, columns)] for row in rows])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m contactpoint.vocabulary", description="Match words and texts to concepts."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, summary in (
        ("harmonise", _harmonise, "which concept each keyword means, how sure, and why"),
        ("annotate", _annotate, "concepts found in a text, with their place"),
        ("suggest", _suggest, "concepts ranked for a document, with what speaks for each"),
    ):
        command = commands.add_parser(name, help=summary, description=summary)
        command.set_defaults(run=run)
        command.add_argument(
            "--vocabulary", action="append", required=True, metavar="FILE",
            help="a vocabulary (.ttl, .rdf, .jsonld, .nt, .csv, .xlsx); may be given several times",
        )  # fmt: skip
        command.add_argument("--language", help="of the keywords or text; else it is detected")
        command.add_argument("--json", action="store_true", help="print JSON")
        if name == "harmonise":
            command.add_argument("keywords", nargs="+", metavar="KEYWORD")
        else:
            command.add_argument("file", metavar="FILE", help="UTF-8 text, - for standard input")
        if name == "suggest":
            command.add_argument("--limit", type=int, default=10, help="at most so many (10)")
    check_command.add_command(commands)
    diff_command.add_command(commands)
    convert.add_command(commands)
    learning_command.add_command(commands)
    return parser


def _harmonise(
    vocabulary: Vocabulary, options: argparse.Namespace
) -> tuple[Iterable[Any], Sequence[str]]:
    rows = vocabulary.harmonise_all(options.keywords, options.language)
    return rows, ("source", "concept", "scheme", "label", "language", "confidence", "reason")


def _annotate(
    vocabulary: Vocabulary, options: argparse.Namespace
) -> tuple[Iterable[Any], Sequence[str]]:
    rows = vocabulary.annotate(_read(options.file), options.language)
    return rows, ("start", "end", "text", "concept", "label", "language", "reason")


def _suggest(
    vocabulary: Vocabulary, options: argparse.Namespace
) -> tuple[Iterable[Any], Sequence[str]]:
    if options.limit < 1:
        raise VocabularyError("--limit is a number from 1 on.")
    rows = vocabulary.suggest(_read(options.file), options.limit, options.language)
    return rows, ("score", "concept", "label", "evidence")


def _read(file: str) -> str:
    return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")


def _shape(row: Any) -> dict[str, Any]:
    shape: dict[str, Any] = row._asdict() if hasattr(row, "_asdict") else asdict(row)
    if "evidence" in shape:
        shape["evidence"] = [span._asdict() for span in shape["evidence"]]
    if "reason" in shape:
        shape["why"] = describe(shape["reason"])
    return shape


def _cells(row: Any, columns: Sequence[str]) -> Iterable[object]:
    for column in columns:
        value = getattr(row, column)
        if column == "evidence":
            value = ", ".join(dict.fromkeys(span.text for span in value))
        yield "-" if value in (None, "") else value


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        print("Nothing found.")
        return
    widths = [max(len(row[place]) for row in [columns, *rows]) for place in range(len(columns))]
    for row in [columns, *rows]:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
