"""`contactpoint search "query"`: what the search page finds, in a table or as JSON."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict
from django.utils import translation
from rich.console import Console
from rich.table import Table

from contactpoint.glossary.naming import ThemeNode, theme_tree
from contactpoint.kit.locating import roots
from contactpoint.outputs.entries import KIND_LABELS, TYPE_LABELS, Entry
from contactpoint.outputs.facets import count
from contactpoint.outputs.filters import Selection, narrowed, select
from contactpoint.outputs.listing import Filter, filters
from contactpoint.search.finding import Found, find, results
from contactpoint.search.highlights import highlights
from contactpoint.search.question import understand

NAMES = ("kind", "theme", "type", "year")


class Command(BaseCommand):
    """Understands the question as the search page does, in every language at once."""

    help = "Find what is published."

    def add_arguments(self, parser: CommandParser) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("query")
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE)
        parser.add_argument(
            "--in", nargs="+", choices=languages, default=[], dest="languages",
            help="Languages to search; all without it.",
        )  # fmt: skip
        parser.add_argument("--theme", nargs="+", default=[], help="Slugs of themes.")
        parser.add_argument(
            "--type", nargs="+", default=[], dest="types", choices=[*KIND_LABELS, *TYPE_LABELS],
            metavar="TYPE", help="Kinds of output or types of publication.",
        )  # fmt: skip
        parser.add_argument("--year", nargs="+", default=[])
        parser.add_argument("--limit", type=int, default=20)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, query: str, language: str, as_json: bool, **options: Any) -> None:
        with translation.override(language):
            tree = theme_tree(language)
            selection = self._selection(language, tree, options)
            found = find(understand(query, language), options["languages"])
            total, counts = (
                count(lambda _now: found.outputs, selection, language) if found.pks else (0, {})
            )
            pks = found.pks
            if selection.wanted and pks:
                kept = set(narrowed(found.outputs, selection).values_list("pk", flat=True))
                pks = [pk for pk in pks if pk in kept]
            shown = results(found, pks[: max(options["limit"], 0)], roots())
            if as_json:
                facets = filters(selection, counts, tree, path="") if counts else []
                answer = _as_json(found, total, shown, facets)
                self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            else:
                self._print(total, shown)

    def _selection(
        self, language: str, tree: list[ThemeNode], options: dict[str, Any]
    ) -> Selection:
        asked = QueryDict(mutable=True)
        asked.setlist("theme", options["theme"])
        asked.setlist("year", options["year"])
        asked.setlist("kind", [value for value in options["types"] if value in KIND_LABELS])
        asked.setlist("type", [value for value in options["types"] if value in TYPE_LABELS])
        selection = select(asked, NAMES, kind="", language=language, tree=tree)
        if selection.ignored:
            name, value = selection.ignored[0]
            raise CommandError(f"--{name} {value} is unknown; see the addresses of the lists.")
        return selection

    def _print(self, total: int, shown: list[Entry]) -> None:
        table = Table("Date", "Kind", "Title", "Languages", "Why", box=None, pad_edge=False)
        for entry in shown:
            table.add_row(
                entry.day.isoformat() if entry.day else "",
                entry.type_label or entry.kind_label,
                entry.title,
                " ".join(entry.languages),
                " ".join(entry.reasons),
            )
        console = Console(file=self.stdout, highlight=False)  # type: ignore[arg-type]
        console.print(table)
        console.print(f"{len(shown)} of {total}")


def _as_json(found: Found, total: int, shown: list[Entry], facets: list[Filter]) -> dict[str, Any]:
    sentences = highlights(found.question, [entry.pk for entry in shown])
    return {
        "total": total,
        "results": [
            {
                "title": entry.title,
                "url": settings.BASE_URL + entry.url,
                "language": entry.language,
                "languages": entry.languages,
                "kind": entry.kind,
                "type": entry.publication_type or None,
                "date": entry.day.isoformat() if entry.day else None,
                "themes": [theme.slug for theme in entry.themes],
                "concepts": [concept.slug for concept in entry.concepts],
                "highlights": sentences.get(entry.pk, []),
                "reasons": entry.reasons,
            }
            for entry in shown
        ],
        "facets": {
            facet.name: [
                {"value": option.value, "label": option.label, "count": option.count}
                for option in facet.options
            ]
            for facet in facets
        },
        "concepts": [
            {
                "concept": meaning.concept.slug,
                "label": meaning.concept.label,
                "text": meaning.text,
                "language": meaning.language,
            }
            for meaning in found.question.meanings
        ],
    }
