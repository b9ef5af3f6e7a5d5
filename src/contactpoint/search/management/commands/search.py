"""`contactpoint search "query"`: what the search page finds, in a table or as JSON."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from rich.console import Console

from contactpoint.glossary.naming import flat, theme_tree
from contactpoint.glossary.reading import text_of
from contactpoint.search.asking import ask
from contactpoint.search.asking.results import Result, Results, Selection
from contactpoint.search.asking.serialising import as_json
from contactpoint.search.engines.base import EngineError
from contactpoint.search.engines.queries import Narrowing
from contactpoint.search.indexing.keeping import catch_up
from contactpoint.search.showing.naming import KINDS, TYPES

_UNWANTED: Final = re.compile(r"-(?!-|h$|v[0-3]?$).")
"""A word after its sign for `not`; `-h` and `-v2` are options, `-` is standard input."""


class Command(BaseCommand):
    """Understands the question as the search page does, in every language at once."""

    help = "Find what is published."

    def add_arguments(self, parser: CommandParser) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("query", help="The question; - reads it from standard input.")
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE)
        parser.add_argument(
            "--in", nargs="+", choices=languages, default=[], dest="languages",
            help="Languages to search; all without it.",
        )  # fmt: skip
        parser.add_argument("--theme", nargs="+", default=[], help="Slugs of themes.")
        parser.add_argument(
            "--type", nargs="+", default=[], dest="types", choices=[*KINDS, *TYPES],
            metavar="TYPE", help="Kinds of output or types of publication.",
        )  # fmt: skip
        parser.add_argument("--year", nargs="+", default=[])
        parser.add_argument("--narrower", action="store_true", help="Narrower concepts count too.")
        parser.add_argument("--limit", type=int, default=20)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def run_from_argv(self, argv: list[str]) -> None:
        super().run_from_argv([*argv[:2], *question_last(argv[2:])])

    def handle(self, *, query: str, language: str, as_json: bool, **options: Any) -> None:
        if options["limit"] < 1:
            raise CommandError(f"--limit {options['limit']} shows nothing; write 1 or more.")
        if query == "-":
            query = " ".join(text_of("-").split())
        with translation.override(language):
            try:
                catch_up()
                results = ask(
                    query,
                    language,
                    self._selection(language, options),
                    limit=options["limit"],
                )
            except EngineError as problem:
                raise CommandError(str(problem)) from None
            if as_json:
                self._print_json(results, language)
            else:
                self._print(results)

    def _selection(self, language: str, options: dict[str, Any]) -> Selection:
        themes = {node.theme.slug for node in flat(theme_tree(language))}
        for theme in options["theme"]:
            if theme not in themes:
                raise CommandError(f"--theme {theme} is unknown; see the addresses of the lists.")
        for year in options["year"]:
            if not (len(year) == 4 and year.isascii() and year.isdecimal()):
                raise CommandError(f"--year {year} is no year; write it as 2024.")
        chosen = {
            "theme": options["theme"],
            # A study is a type of publication before it is a family of things.
            "kind": [value for value in options["types"] if value not in TYPES],
            "type": [value for value in options["types"] if value in TYPES],
            "year": options["year"],
        }
        return Selection(
            {name: Narrowing(any=values) for name, values in chosen.items() if values},
            narrower=options["narrower"],
            languages=options["languages"],
        )

    def _print(self, results: Results) -> None:
        # Addresses are to be opened from here, so no line is broken.
        console = Console(file=self.stdout, highlight=False, soft_wrap=True)  # type: ignore[arg-type]
        for result in results.results:
            _print_one(console, result)
        console.print(f"{len(results.results)} of {results.total}")
        for line in _remarks(results):
            console.print(line, markup=False)
        if results.partial:
            console.print(f"\n{len(results.partial)} more have some of it:\n", style="bold")
        for result in results.partial:
            _print_one(console, result)

    def _print_json(self, results: Results, language: str) -> None:
        themes = {node.theme.slug: node.theme.label for node in flat(theme_tree(language))}
        known = {"theme": themes, "kind": KINDS, "type": TYPES}
        answer = as_json(
            results,
            settings.BASE_URL,
            lambda name, value: str(known.get(name, {}).get(value, value)),
        )
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def question_last(arguments: Sequence[str]) -> list[str]:
    """The arguments with a question that begins as an option does, `-reception`, where it can't be
    taken for one."""
    if "--" in arguments:
        return list(arguments)
    questions = [one for one in arguments if _UNWANTED.match(one)]
    others = [one for one in arguments if not _UNWANTED.match(one)]
    return [*others, "--", *questions] if questions else others


def _remarks(results: Results) -> Iterator[str]:
    """How the question was understood, and what else might be asked."""
    for chip in results.chips:
        yield f"Understood as: {chip.label} ({chip.text})"
    for guess in results.guesses:
        yield f"Understood as: {', '.join(guess.labels)} (a part of {guess.text})"
    for word in results.unheard:
        yield f"Not looked for: {word}"
    for left in results.left_out:
        also = f" (what is about {', '.join(left.labels)} in any language)" if left.labels else ""
        yield f"Left out: {left.text}{also}"
    for correction in results.corrections:
        yield f"Did you mean: {correction.text}"


def _print_one(console: Console, result: Result) -> None:
    """A thing as people read it; of a partial answer what it lacks, too."""
    day = result.day.isoformat() if result.day else ""
    kind = TYPES.get(result.type) or KINDS.get(result.kind, result.kind)
    facts = (day, str(kind), " ".join(result.alternates))
    console.print(result.title_text, style="bold", markup=False)
    console.print(f"  {settings.BASE_URL}{result.url}", markup=False)
    console.print("  " + " · ".join(filter(None, facts)), markup=False)
    if result.reasons:
        console.print("  " + " ".join(dict.fromkeys(result.reasons)), markup=False)
    if result.missing:
        console.print(f"  Without: {', '.join(result.missing)}", markup=False)
    console.print()
