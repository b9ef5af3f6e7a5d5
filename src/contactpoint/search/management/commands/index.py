"""`contactpoint index rebuild | status`: build the search index anew, and see how it stands."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.template.defaultfilters import filesizeformat
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from contactpoint.kit import spreading
from contactpoint.kit.models import Run
from contactpoint.search import engines, sources
from contactpoint.search.engines.base import Engine, EngineError, LockedError
from contactpoint.search.indexing.applying import BATCH
from contactpoint.search.indexing.building import begin, build, building
from contactpoint.search.indexing.spreading import NAME, give_up, spread
from contactpoint.search.indexing.standing import Standing, standing
from contactpoint.search.indexing.watching import watch
from contactpoint.search.models import Index

BUSY = 75
INTERRUPTED = 130


class Command(BaseCommand):
    """The site is searched all the while: a new index is built beside the old one."""

    help = "Build the search index anew (rebuild), or say how it stands (status)."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        rebuild = actions.add_parser("rebuild", help="Build a new index, or go on with one.")
        rebuild.add_argument(
            "--anew", action="store_true", help="Start over where one is half built."
        )
        rebuild.add_argument(
            "--batch",
            type=int,
            default=BATCH,
            help=f"Documents read at once, and in a range; {BATCH} without it.",
        )
        rebuild.add_argument(
            "--spread",
            action="store_true",
            help="Let the workers of all machines build it, or watch them at it.",
        )
        status = actions.add_parser("status", help="Engine, documents, lag, and what is wrong.")
        status.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, action: str, **options: Any) -> None:
        engine = engines.engine()
        try:
            if action == "rebuild" and options["spread"]:
                self._spread(engine, anew=options["anew"], batch=max(1, options["batch"]))
            elif action == "rebuild":
                self._rebuild(engine, anew=options["anew"], batch=max(1, options["batch"]))
            else:
                self._status(engine, as_json=options["as_json"])
        except LockedError:
            half = building()
            raise CommandError(
                "The workers are building an index together. "
                "`contactpoint index rebuild --spread` watches them, `--anew` starts over."
                if half is not None and half.run_id is not None
                else "Another process, such as the worker, is building an index already. "
                "`contactpoint index status` says how far it is.",
                returncode=BUSY,
            ) from None
        except EngineError as problem:
            raise CommandError(str(problem)) from None

    def _rebuild(self, engine: Engine, *, anew: bool, batch: int) -> None:
        half = building()
        if half is not None and anew:
            give_up(engine, half)
        index = begin(engine)
        already = index.documents
        with self._progress() as progress:
            total = None if progress.disable else len(list(sources.keys()))
            task = progress.add_task("Documents", total=total, completed=already)
            is_told = False
            for documents in build(index, engine, batch=batch):
                if not is_told:  # only now is it known that nobody else is at it
                    self._tell(index, already, was_begun=half is not None)
                    is_told = True
                progress.update(task, completed=documents)
        index.refresh_from_db()
        self.stdout.write(f"{index.name} is searched now: {index.documents} documents.")

    def _spread(self, engine: Engine, *, anew: bool, batch: int) -> None:
        """Only begins and watches: the work, and its end, is the workers'."""
        if connection.vendor == "sqlite":
            raise CommandError(
                "SQLite has one worker, so there is nobody to share the work with: leave --spread "
                "out, or move to PostgreSQL (docs/operators/machines.md)."
            )
        half = building()
        if half is not None and anew:
            give_up(engine, half)
        began = spreading.open_run(NAME)
        run = spread(engine, size=batch)
        so_far = spreading.progress(run)
        self.stdout.write(
            f"Going on: {so_far.done} of {so_far.ranges} ranges are done."
            if began is not None and began.pk == run.pk
            else f"{so_far.things} documents in {so_far.ranges} ranges wait for the workers."
        )
        try:
            with self._progress() as bar:
                watch(run, bar, self.stdout.write)
        except KeyboardInterrupt:
            raise CommandError(
                "The workers go on; the same command watches them again.", returncode=INTERRUPTED
            ) from None
        if run.state != Run.State.FINISHED:
            raise CommandError("It was given up: somebody else began anew.")
        for key in run.left_out:
            self.stdout.write(f"{key} can't be indexed and is left out; a worker's log says why.")
        index = Index.objects.filter(run=run).first()
        if index is None:  # another took its place already
            self.stdout.write(f"Done: {run.made} documents.")
        else:
            self.stdout.write(f"{index.name} is searched now: {index.documents} documents.")

    def _tell(self, index: Index, documents: int, *, was_begun: bool) -> None:
        if documents:
            line = f"Going on with {index.name}, which has {documents} documents."
        elif was_begun:
            line = f"Nothing of {index.name} had been kept yet: it is filled from the beginning."
        else:
            line = f"Building {index.name}; what is searched stays as it is until this is whole."
        self.stdout.write(line)

    def _progress(self) -> Progress:
        """For a person only: a log or a pipe gets no bar."""
        console = Console(file=sys.stderr)
        return Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )

    def _status(self, engine: Engine, *, as_json: bool) -> None:
        found = standing(engine)
        if as_json:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        else:
            for line in _lines(found):
                self.stdout.write(line)
        if found.sentences:
            self.stdout.flush()
            sys.exit(1)


def _lines(found: Standing) -> list[str]:
    size = filesizeformat(found.size).replace("\xa0", " ")
    lines = [
        f"engine:    {found.engine}",
        f"searched:  {found.name or 'none'}",
        f"documents: {found.documents} ({size})",
        f"pending:   {found.pending}"
        + (f", the oldest for {found.lag:.0f} s" if found.pending else ""),
    ]
    if found.building:
        ranges = f", {found.ranges_done} of {found.ranges} ranges" if found.ranges else ""
        lines.append(f"building:  {found.building}, {found.built} documents so far{ranges}")
    if found.finished_at:
        lines.append(f"built:     {found.finished_at:%Y-%m-%d %H:%M %Z}")
    return [*lines, *(f"\n{sentence}" for sentence in found.sentences)]
