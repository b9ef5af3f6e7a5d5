"""`contactpoint harmonise "keyword" …`: which concept each string means, how sure, and why.

`--report` tells instead what became of the keywords that the portal has.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from contactpoint.glossary.harmonisation import Report, report
from contactpoint.glossary.reading import language_of, text_of
from contactpoint.glossary.terms import vocabulary
from contactpoint.vocabulary import Harmonised, describe

RESOLVES_TO: Final = {"glossary": "concept", "kinds": "type", "places": "place"}
_MOST: Final = 40


class Command(BaseCommand):
    """Keywords given together help each other to settle their language."""

    help = "Say which concept each keyword means, or report on all keywords of the portal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "keywords",
            nargs="*",
            metavar="keyword",
            help="Any number of keywords; - reads them from standard input, one a line.",
        )
        parser.add_argument("--language", help="The language of the keywords, where it is known.")
        parser.add_argument(
            "--report",
            action="store_true",
            help="The portal's own keywords: strings before, concepts after.",
        )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(
        self,
        *,
        keywords: list[str],
        language: str | None,
        report: bool,
        as_json: bool,
        **options: Any,
    ) -> None:
        if report and keywords:
            raise CommandError("--report is about the portal's own keywords; give no others.")
        if report:
            self._report(as_json)
            return
        given = _given(keywords)
        if not given:
            raise CommandError(
                'Give at least one keyword: contactpoint harmonise asiel "LOI\'s", '
                "or - for standard input."
            )
        found = vocabulary().harmonise_all(given, language_of(language))
        if as_json:
            rows = [_as_json(one) for one in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        table = Table("Keyword", "Means", "Language", "Sure", "Why", box=None, pad_edge=False)
        for one in found:
            table.add_row(
                one.source,
                _meaning(one),
                one.language or "",
                f"{one.confidence:.0%}" if one.concept else "",
                describe(one.reason),
            )
        self._print(table)

    def _report(self, as_json: bool) -> None:
        found = report(language="en")
        if as_json:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
            return
        if not found.strings:
            self.stdout.write("No item has a keyword yet.")
            return
        ways = found.ways
        self.stdout.write(
            f"{found.strings} different strings became {len(found.concepts)} concepts; "
            f"{ways['type']} name a kind of output, {ways['place']} a place. "
            f"{found.share:.0%} are understood, {ways['unknown']} unknown, "
            f"{ways['no_topic']} are no topic, as editors decided, "
            f"{len(found.ambiguous)} ambiguous."
        )
        self._tables(found)
        for name, strings in (
            ("Ambiguous", found.ambiguous),
            ("No topic", found.no_topic),
            ("Unknown", found.unknown),
        ):
            if strings:
                more = f" … and {len(strings) - _MOST} more" if len(strings) > _MOST else ""
                self.stdout.write(f"\n{name}: {', '.join(strings[:_MOST])}{more}")

    def _tables(self, found: Report) -> None:
        reasons = Table("Why", "Strings", "Items", box=None, pad_edge=False)
        for each in found.reasons:
            reasons.add_row(each.name, str(each.strings), str(each.items))
        languages = Table("Language", "Strings", "Understood", box=None, pad_edge=False)
        for each in found.languages:
            languages.add_row(each.name or "not told", str(each.strings), str(each.resolved))
        merged = Table("Concept", "Strings that became it", box=None, pad_edge=False)
        for one in found.merged[:_MOST]:
            merged.add_row(one.label, ", ".join(one.strings))
        for table in (reasons, languages, merged):
            if table.row_count:
                self.stdout.write("")
                self._print(table)

    def _print(self, table: Table) -> None:
        console = Console(file=self.stdout, highlight=False, markup=False)  # type: ignore[arg-type]
        console.print(table)


def _given(keywords: Iterable[str]) -> list[str]:
    given: list[str] = []
    for keyword in keywords:
        if keyword == "-":
            given += [line.strip() for line in text_of("-").splitlines() if line.strip()]
        else:
            given.append(keyword)
    return given


def _as_json(found: Harmonised) -> dict[str, Any]:
    return {
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


def _meaning(found: Harmonised) -> str:
    """What it means; with what else it may mean, or, where it is unknown, with what is near."""
    others = ", ".join(
        f"{one.label} (→ {one.concept})" if one.label != one.concept else one.label
        for one in found.nearest
    )
    if not found.concept:
        return f"unknown; nearest: {others}" if others else "unknown"
    means = f"{found.label} ({RESOLVES_TO[found.scheme or '']} {found.concept})"
    return f"{means}; may also be: {others}" if others else means
