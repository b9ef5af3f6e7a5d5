"""`contactpoint suggest FILE|-`: concepts ranked for a document, with what speaks for each."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from contactpoint.glossary.reading import language_of, text_of
from contactpoint.glossary.terms import vocabulary


class Command(BaseCommand):
    """Needs no training data; the evidence is spans of the text."""

    help = "Suggest concepts for a document."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="A text file in UTF-8, or - for standard input.")
        parser.add_argument("--language", help="The text's language; detected without it.")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(
        self, *, file: str, language: str | None, limit: int, as_json: bool, **options: Any
    ) -> None:
        if limit < 1:
            raise CommandError("--limit is a number from 1 on.")
        spoken = language_of(language)
        found = vocabulary().suggest(
            text_of(file), limit=limit, language=spoken, schemes=("glossary",)
        )
        if as_json:
            rows = [
                {
                    "concept": one.concept,
                    "label": one.label,
                    "score": round(one.score, 4),
                    "evidence": [
                        {"start": span.start, "end": span.end, "text": span.text}
                        for span in one.evidence
                    ],
                }
                for one in found
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        if not found:
            self.stdout.write("No concept of the glossary stands out in this text.")
            return
        table = Table("Score", "Concept", "Label", "Evidence", box=None, pad_edge=False)
        for one in found:
            words = ", ".join(dict.fromkeys(span.text for span in one.evidence))
            table.add_row(f"{one.score:.2f}", one.concept, one.label, words)
        Console(file=self.stdout, highlight=False).print(table)  # type: ignore[arg-type]
