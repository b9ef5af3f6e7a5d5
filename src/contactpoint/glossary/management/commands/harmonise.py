"""`contactpoint harmonise "keyword" …`: which concept each string means, how sure, and why."""

import json
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.table import Table

from contactpoint.glossary.terms import vocabulary
from contactpoint.vocabulary import describe

RESOLVES_TO: Final = {"glossary": "concept", "kinds": "type", "places": "place"}


class Command(BaseCommand):
    """Keywords given together help each other to settle their language."""

    help = "Say which concept each keyword means."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keywords", nargs="+", metavar="keyword")
        parser.add_argument("--language", help="The language of the keywords, where it is known.")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(
        self, *, keywords: list[str], language: str | None, as_json: bool, **options: Any
    ) -> None:
        rows: list[dict[str, Any]] = [
            {
                "source": found.source,
                "concept": found.concept if found.scheme == "glossary" else None,
                "label": found.label or None,
                "language": found.language or None,
                "confidence": round(found.confidence, 3),
                "reason": found.reason,
                "resolves_to": RESOLVES_TO.get(found.scheme or "", "unknown"),
                "value": found.concept,
                "nearest": [
                    {"concept": one.concept, "label": one.label, "score": round(one.score, 3)}
                    for one in found.nearest
                ],
            }
            for found in vocabulary().harmonise_all(keywords, language)
        ]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        table = Table("Keyword", "Means", "Language", "Sure", "Why", box=None, pad_edge=False)
        for row in rows:
            table.add_row(
                row["source"],
                _meaning(row),
                row["language"] or "",
                f"{row['confidence']:.0%}" if row["value"] else "",
                describe(row["reason"]),
            )
        Console(file=self.stdout, highlight=False).print(table)  # type: ignore[arg-type]


def _meaning(row: dict[str, Any]) -> str:
    if row["value"]:
        return f"{row['label']} ({row['resolves_to']} {row['value']})"
    nearest = ", ".join(one["label"] for one in row["nearest"])
    return f"unknown; nearest: {nearest}" if nearest else "unknown"
