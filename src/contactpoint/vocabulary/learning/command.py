"""`python -m contactpoint.vocabulary evaluate`, `train` and `rank`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def add_command(commands: Any) -> None:
    """Make the three commands known to the command line's parser."""
    evaluating = _command(
        commands, "evaluate", _evaluate,
        "how good and how fast suggestions are on documents that somebody classified",
    )  # fmt: skip
    evaluating.add_argument(
        "--test", required=True, metavar="FILE.tsv", help="a document a line: text TAB <address> …"
    )
    evaluating.add_argument("--train", metavar="FILE.tsv", help="documents to learn from first")
    evaluating.add_argument("--train-language", help="of the documents to learn from, if another")
    training = _command(
        commands, "train", _train, "learn from classified documents, and keep what was learned"
    )
    training.add_argument(
        "--documents", required=True, metavar="FILE.tsv",
        help="a document a line: text TAB <address> …",
    )  # fmt: skip
    training.add_argument("--keep", required=True, metavar="FILE.npz", help="where to keep it")
    training.add_argument(
        "--serve", action="append", metavar="TAG", default=[],
        help="another language that it shall suggest in; may be given several times",
    )  # fmt: skip
    ranking = _command(
        commands, "rank", _rank,
        "concepts ranked for a text by all its words, more generously than `suggest`",
    )  # fmt: skip
    ranking.add_argument("file", metavar="FILE", help="UTF-8 text, - for standard input")
    ranking.add_argument("--limit", type=int, default=10, help="at most so many (10)")


def _command(commands: Any, name: str, answer: Any, summary: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary)
    command.set_defaults(answer=answer)
    command.add_argument(
        "vocabulary", metavar="VOCABULARY",
        help="a SKOS scheme, or what `train` kept (.npz)",
    )  # fmt: skip
    command.add_argument("--language", default="en", help="of the texts (en)")
    command.add_argument("--json", action="store_true", help="print JSON")
    return command


def _evaluate(options: argparse.Namespace) -> int:
    from contactpoint.vocabulary.learning.evaluate import run  # noqa: PLC0415  (numpy is slow)

    train = Path(options.train) if options.train else None
    found = run(
        Path(options.vocabulary), options.language, Path(options.test), train,
        train_language=options.train_language,
    ).as_json()  # fmt: skip
    _print(found, options.json)
    return 0


def _train(options: argparse.Namespace) -> int:
    from contactpoint.vocabulary.learning.evaluate import keep  # noqa: PLC0415  (numpy is slow)

    found = keep(
        Path(options.vocabulary), options.language, Path(options.documents), Path(options.keep),
        serve=options.serve,
    )  # fmt: skip
    _print(found, options.json)
    return 0


def _rank(options: argparse.Namespace) -> int:
    from contactpoint.vocabulary.learning.evaluate import (  # noqa: PLC0415  (numpy is slow)
        open_suggester,
    )

    is_piped = options.file == "-"
    text = sys.stdin.read() if is_piped else Path(options.file).read_text(encoding="utf-8")
    suggester = open_suggester(Path(options.vocabulary), [options.language])
    found = suggester.suggest(text, options.limit, language=options.language)
    if options.json:
        rows = [
            one._asdict() | {"evidence": [span._asdict() for span in one.evidence]} for one in found
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for one in found:
        words = ", ".join(dict.fromkeys(span.text for span in one.evidence))
        print(f"{one.score:.2f}  {one.concept}  {one.label}  ({words})")
    if not found:
        print("Nothing found.")
    return 0


def _print(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(figures, indent=2))
        return
    width = max(map(len, figures))
    for name, value in figures.items():
        print(f"{name.ljust(width)}  {value}")
