"""`contactpoint annotate FILE|-`: the concepts in a text, with their place in characters."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.table import Table

from contactpoint.glossary.reading import language_of, text_of
from contactpoint.glossary.terms import vocabulary
from contactpoint.vocabulary import describe


class Command(BaseCommand):
    """Concepts of the glossary only; kinds and places are for keywords."""

    help = "Find the glossary's concepts in a text."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="A text file in UTF-8, or - for standard input.")
        parser.add_argument("--language", help="The text's language; detected without it.")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, file: str, language: str | None, as_json: bool, **options: Any) -> None:
        spoken = language_of(language)
        found = vocabulary().annotate(text_of(file), spoken, schemes=("glossary",))
        if as_json:
            rows = [
                {
                    "concept": one.concept,
                    "label": one.label,
                    "start": one.start,
                    "end": one.end,
                    "text": one.text,
                    "language": one.language,
                    "reason": one.reason,
                }
                for one in found
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        if not found:
            self.stdout.write("No concept of the glossary stands in this text.")
            return
        table = Table("At", "Text", "Concept", "Language", "Why", box=None, pad_edge=False)
        for one in found:
            table.add_row(
                f"{one.start}–{one.end}", one.text, one.concept, one.language, describe(one.reason)
            )
        Console(file=self.stdout, highlight=False).print(table)  # type: ignore[arg-type]
