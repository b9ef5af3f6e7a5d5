"""`contactpoint statistics load|report|write|status`: figures in, what they say, how they stand."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from contactpoint.figures import FiguresError
from contactpoint.figures import period as read_period
from contactpoint.figures.places import is_country, place
from contactpoint.figures.telling import LANGUAGES, Teller
from contactpoint.glossary.models import Concept
from contactpoint.statistics.actions import Stored
from contactpoint.statistics.choice import known_places
from contactpoint.statistics.configured import shown, sources
from contactpoint.statistics.eurostat import OnPart
from contactpoint.statistics.examples import remove_examples
from contactpoint.statistics.loading import load_dataset, load_file
from contactpoint.statistics.models import Dataset, Extraction
from contactpoint.statistics.reading import EU, dataset_rows
from contactpoint.statistics.report import report
from contactpoint.statistics.report_json import as_json as told_as_json
from contactpoint.statistics.writers import written


class Command(BaseCommand):
    """Each way out says in one sentence what happened and what to do next."""

    help = "Load official figures, report on a period, write drafts, or say how datasets stand."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        loading = _action(actions, "load", "Store a file, or what Eurostat has of a dataset.")
        loading.add_argument(
            "source", help="A file (TSV, SDMX-CSV, JSON-stat, CSV; packed or not), or a dataset."
        )
        loading.add_argument("--dataset", default="", help="Which one a file holds.")
        loading.add_argument(
            "--extracted", type=_day, metavar="DAY", help="When a file was fetched: 2019-06-17."
        )
        loading.add_argument("--mapping", metavar="FILE.toml", help="Of a table of your own.")
        loading.add_argument(
            "--language", default="en", help="Of the names that a file has for its codes: en."
        )
        loading.add_argument(
            "--accept", action="store_true", help="Take what surprises: you have looked at it."
        )
        telling = _action(actions, "report", "Say each indicator of a period, with its changes.")
        telling.add_argument("period", help="A year, quarter or month: 2018, 2018Q4, 2018-12.")
        telling.add_argument(
            "--country", default=settings.COUNTRY, help=f"Beside the EU: {settings.COUNTRY}."
        )
        telling.add_argument("--language", default="en", choices=LANGUAGES)
        telling.add_argument(
            "--known", type=_day, metavar="DAY", help="Only by what was extracted until then."
        )
        telling.add_argument(
            "--eu", default="", choices=EU, help="Which group of countries; else the newest."
        )
        _action(actions, "remove-examples", "Remove the example series of the demo.")
        writing = _action(
            actions, "write", "Write drafts of a quarter's report or of a year's infographic."
        )
        writing.add_argument("period", help="A quarter or a year: 2018Q4, 2019.")
        writing.add_argument(
            "--country", default=settings.COUNTRY, help=f"Beside the EU: {settings.COUNTRY}."
        )
        _action(actions, "status", "Datasets with their vintages, and what went wrong.")

    def handle(self, *, action: str, **options: Any) -> None:
        try:
            getattr(self, f"_{action.replace('-', '_')}")(**options)
        except FiguresError as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:
            raise  # whoever read the output has had enough
        except OSError as error:
            raise CommandError(f"{error.filename or ''}: {error.strerror or error}.") from error

    def _load(
        self,
        *,
        source: str,
        dataset: str,
        extracted: date | None,
        mapping: str | None,
        language: str,
        accept: bool,
        as_json: bool,
        **_options: Any,
    ) -> None:
        path = Path(source)
        is_file = path.exists() or "/" in source or path.suffix != ""
        if not is_file and source.lower() in sources():
            if dataset or extracted or mapping:
                raise CommandError("--dataset, --extracted and --mapping are for files.")
            with _shown_progress(source) as on_part:
                stored = load_dataset(source, accept=accept, on_part=on_part)
            self._say_stored(stored, as_json=as_json)
            return
        if not is_file:
            raise CommandError(
                f"{source[:100]} is neither a file nor a dataset that is fetched. Datasets are: "
                f"{', '.join(sources())}."
            )
        with _shown_progress(path.name) as on_part:
            loaded = load_file(
                path, code=dataset, extracted=extracted, mapped=Path(mapping) if mapping else None,
                language=language.strip().lower()[:12], accept=accept, on_part=on_part,
            )  # fmt: skip
        note = " That is the day on which the file was saved; --extracted tells another."
        self._say_stored(loaded.stored, as_json=as_json, note=note if loaded.dated_by_file else "")

    def _say_stored(self, stored: Stored, *, as_json: bool, note: str = "") -> None:
        one = stored.extraction
        facts = {
            "dataset": one.dataset.code, "extracted": str(one.vintage), "new": stored.is_new,
            "cells": one.cells, "series": one.lines_count, "checksum": one.checksum,
        }  # fmt: skip
        if stored.is_new:
            said = (
                f"{one.dataset.code}: {one.cells:,} cells in {one.lines_count:,} series are "
                f"stored, extracted {one.vintage}.{note}"
            )
        else:
            said = (
                f"{one.dataset.code}: nothing is new; the figures are those of {one.vintage}, "
                "which are stored."
            )
        self._say(facts, said, as_json=as_json)

    def _report(
        self,
        *,
        period: str,
        country: str,
        language: str,
        known: date | None,
        eu: str,
        as_json: bool,
        **_options: Any,
    ) -> None:
        when = read_period(period)
        rows = report(when, country=_country(country), language=language, until=known, eu=eu)
        if as_json:
            facts = told_as_json(when, rows, language)
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2))
            return
        names = Teller(language).words
        for row in rows:
            self.stdout.write(f"{row.label[:1].upper()}{row.label[1:]}")
            for told in row.places:
                if told.figure is None:
                    self.stdout.write(f"  {names.place(told.geo)}: {told.sentence}")
                    continue
                for line in (f"  {told.sentence}", *told.why, told.source):
                    self.stdout.write(line if line.startswith(" ") else f"    {line}")
            self.stdout.write("")

    def _remove_examples(self, *, as_json: bool, **_options: Any) -> None:
        count = remove_examples()
        said = f"{count} extractions of example series are removed." if count else "There are none."
        self._say({"removed": count}, said, as_json=as_json)

    def _write(self, *, period: str, country: str, as_json: bool, **_options: Any) -> None:
        done = written(read_period(period), _country(country))
        facts = {"drafts": [asdict(one) for one in done]}
        said = {"made": "written", "renewed": "written again", "left": "left alone: it was edited"}
        lines = [f"{one.language}  {one.title} (page {one.page}): {said[one.what]}" for one in done]
        self._say(facts, "\n".join(lines), as_json=as_json)

    def _status(self, *, as_json: bool, **_options: Any) -> None:
        missing = sorted(
            {one.concept for one in shown().values()}
            - set(Concept.objects.values_list("slug", flat=True))
        )
        standing = [_standing(one, found) for one, found in dataset_rows()]
        facts = {
            "fetches": settings.LOAD_STATISTICS,
            "datasets": standing,
            "missing_concepts": missing,
        }
        if as_json:
            self._say(facts, "", as_json=True)
            return
        table = Table("Dataset", "Newest", "Days", "Vintages", "Cells", "Last try", box=None)
        for one in standing:
            table.add_row(
                one["code"], _newest_told(one), str(one["days"] or ""),
                str(one["vintages"]), f"{one['cells']:,}", (one["tried_at"] or "")[:16],
            )  # fmt: skip
        console = Console(file=cast(Any, self.stdout)._out, highlight=False, markup=False)
        console.soft_wrap = not console.is_terminal
        console.print(table)
        for one in standing:
            if one["problem"]:
                console.print(f"{one['code']}: {one['problem'].removeprefix(one['code'] + ': ')}")
            if one["aside"]:
                console.print(f"{one['code']}: {one['aside']} set aside, for a person to look at.")
        for concept in missing:
            console.print(f"The glossary has no concept {concept}, which names an indicator.")
        if not settings.LOAD_STATISTICS:
            console.print("The worker fetches nothing: CONTACTPOINT_LOAD_STATISTICS is no.")

    def _say(self, facts: dict[str, Any], text: str, *, as_json: bool) -> None:
        self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2) if as_json else text)


@contextmanager
def _shown_progress(name: str) -> Iterator[OnPart]:
    """A bar on a terminal; nothing where the output goes elsewhere."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console,
        transient=True, disable=not console.is_terminal,
    ) as progress:  # fmt: skip
        task = progress.add_task(name)

        def on_part(done: int, of: int, what: str) -> None:
            progress.update(task, completed=done, total=of or None, description=f"{name} {what}")

        yield on_part


def _standing(one: Dataset, found: list[Extraction]) -> dict[str, Any]:
    complete = [each for each in found if each.state == Extraction.State.COMPLETE]
    newest = complete[0] if complete else None
    return {
        "code": one.code,
        "title": one.title,
        "source": one.source,
        "newest": str(newest.vintage) if newest else None,
        "days": (timezone.localdate() - newest.last).days if newest else None,
        "vintages": len(complete),
        "cells": newest.cells if newest else 0,
        "is_example": bool(newest and newest.is_example),
        "aside": len(found) - len(complete),
        "tried_at": one.tried_at.isoformat() if one.tried_at else None,
        "good_at": one.good_at.isoformat() if one.good_at else None,
        "problem": one.problem,
    }


def _newest_told(one: dict[str, Any]) -> str:
    if one["is_example"]:
        return "example"
    return one["newest"] or "none"


def _action(actions: Any, name: str, text: str) -> Any:
    parser = actions.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", dest="as_json", help="Print JSON.")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text[:40]!r} is no day. Write one as 2019-06-17.") from error


def _country(text: str) -> str:
    """Its code as Eurostat writes it. Raises `FiguresError` for one that has no page either."""
    code = place(text.strip().upper())
    known = sorted(filter(is_country, known_places()))
    if code not in known:
        raise FiguresError(f"No country is known as {code[:40]}. There are: {', '.join(known)}.")
    return code
