"""`contactpoint import SOURCE`: an old site's listing into the review list, or into pages."""

# ruff: noqa: N999 — a command's module is called as the command is

import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from contactpoint.intake.actions import Reading, read_source, taken_elsewhere, undo
from contactpoint.intake.errors import IntakeError, SourceError
from contactpoint.intake.importer import FORMATS
from contactpoint.intake.models import ImportRun
from contactpoint.intake.report import ReportFile, require_target
from contactpoint.intake.staging import Staged
from contactpoint.intake.table import FindingsTable
from contactpoint.search.indexing.keeping import apply_waiting

_NEWEST = 20


class Command(BaseCommand):
    """Each way out says in one sentence what happened and what to do next."""

    help = "Read an old site, a feed or a table into the review list."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options that the architecture note promises, and how to look back and undo."""
        parser.add_argument(
            "source", nargs="?", help="A file, or a saved crawl as a folder or a zip."
        )
        parser.add_argument(
            "--format", default="auto", choices=FORMATS, help="auto looks at the file (default)."
        )
        parser.add_argument(
            "--mapping", metavar="FILE.toml", help="Where an old site keeps what, as docs tell."
        )
        parser.add_argument("--language", default="en", help="The language of the items: en.")
        parser.add_argument("--dry-run", action="store_true", help="Show, and write nothing.")
        parser.add_argument("--publish", action="store_true", help="Publish without a review.")
        parser.add_argument("--report", metavar="FILE.json", help="Write all findings as JSON.")
        parser.add_argument("--list", action="store_true", help="List the imports so far.")
        parser.add_argument("--undo", type=int, metavar="RUN", help="Undo the import of a number.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run what was asked; an error is one sentence and exit code 1."""
        console = Console(file=cast(Any, self.stdout)._out, highlight=False, markup=False)
        console.soft_wrap = not console.is_terminal
        try:
            if options["list"]:
                self._list(console)
            elif options["undo"] is not None:
                self._undo(console, options["undo"])
            elif options["source"] is None:
                raise IntakeError(_("Give the file to import, or --list, or --undo RUN."))
            else:
                self._import(console, options)
        except (SourceError, IntakeError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or ''}: {error.strerror or error}.") from error

    def _import(self, console: Console, options: dict[str, Any]) -> None:
        table = FindingsTable(console)
        report_path = Path(options["report"]) if options["report"] else None
        if report_path:
            require_target(report_path)
        with ExitStack() as stack:
            report = stack.enter_context(ReportFile(report_path)) if report_path else None
            progress = _Bar(stack, console)

            def on_item(staged: Staged) -> None:
                table.add(staged)
                if report:
                    report.add(staged)
                progress.step()

            try:
                result = read_source(
                    Path(options["source"]),
                    format=options["format"],
                    language=options["language"].strip().lower(),
                    dry_run=options["dry_run"],
                    publish=options["publish"],
                    mapping=Path(options["mapping"]) if options["mapping"] else None,
                    on_start=progress.start,
                    on_item=on_item,
                )
            except KeyboardInterrupt:
                progress.stop()
                self.stderr.write(_stopped(progress.done, dry_run=options["dry_run"]))
                sys.exit(130)
            progress.stop()
            apply_waiting()
            if report:
                report.write(result.summary)
        table.print()
        self._conclude(console, result, options)

    def _conclude(self, console: Console, result: Reading, options: dict[str, Any]) -> None:
        counts = result.summary
        console.print()
        console.print(_counted(counts))
        if options["report"]:
            console.print(_("Report: %(file)s") % {"file": options["report"]})
        console.print(_next_step(result, options))

    def _list(self, console: Console) -> None:
        runs = list(ImportRun.objects.all()[:_NEWEST])
        if not runs:
            console.print(_("Nothing has been imported yet."))
        for run in runs:
            count = run.summary.get("items", "–")
            console.print(
                f"{run.pk:>5}  {run.started_at:%Y-%m-%d %H:%M}  {run.get_status_display():<10}  "
                f"{count:>6}  {run.source}",
            )

    def _undo(self, console: Console, number: int) -> None:
        run = ImportRun.objects.filter(pk=number).first()
        if run is None:
            raise IntakeError(
                _("There is no import %(number)s; --list shows those that there are.")
                % {"number": number}
            )
        with ExitStack() as stack:
            progress = _Bar(stack, console)
            progress.start(run.accepted_items.exclude(page=None).count(), _("Undoing"))
            result = undo(run, on_batch=progress.step)
            progress.stop()
        apply_waiting()
        removed = ngettext(
            "Import %(number)s is undone: %(removed)s page was removed.",
            "Import %(number)s is undone: %(removed)s pages were removed.",
            result.removed,
        )
        console.print(removed % {"number": number, "removed": result.removed})
        if result.removed == 0 and not result.left:
            self._say_whose(console, run)
        for title in result.left:
            console.print(
                _("Left, because an editor has changed or translated it since: %(title)s")
                % {"title": title},
            )

    def _say_whose(self, console: Console, run: ImportRun) -> None:
        """Its items may be online through a later import, which is the one to undo."""
        for other, count in taken_elsewhere(run):
            text = ngettext(
                "%(count)s of its items is online through import %(number)s; undo that one to "
                "remove its page: contactpoint import --undo %(number)s",
                "%(count)s of its items are online through import %(number)s; undo that one to "
                "remove their pages: contactpoint import --undo %(number)s",
                count,
            )
            console.print(text % {"count": count, "number": other})


class _Bar:
    """A progress bar on a terminal; nothing elsewhere, so that logs stay readable."""

    def __init__(self, stack: ExitStack, console: Console) -> None:
        self.done = 0
        self._progress: Progress | None = None
        if console.is_terminal:
            self._progress = stack.enter_context(
                Progress(
                    TextColumn("{task.description}"),
                    BarColumn(),
                    MofNCompleteColumn(),
                    TimeRemainingColumn(),
                    console=console,
                    transient=True,
                )
            )

    def start(self, total: int, what: str = "") -> None:
        if self._progress:
            self._task = self._progress.add_task(what or _("Reading"), total=total)

    def step(self, count: int = 1) -> None:
        self.done += count
        if self._progress:
            self._progress.advance(self._task, count)

    def stop(self) -> None:
        if self._progress:
            self._progress.stop()


def _stopped(done: int, *, dry_run: bool) -> str:
    if dry_run:
        return _("Stopped. Nothing was written.")
    return _(
        "Stopped after %(done)s items, which are kept. Run the same command again to go on."
    ) % {"done": done}


def _counted(counts: dict[str, int]) -> str:
    items = ngettext("%(number)s item", "%(number)s items", counts["items"])
    problems = ngettext("%(number)s problem", "%(number)s problems", counts["problems"])
    return _(
        "%(all)s: %(new)s new, %(changed)s changed, %(unchanged)s unchanged; "
        "%(dated)s with a date, %(themed)s with a theme, %(with_keywords)s with keywords; "
        "%(said)s."
    ) % {
        **counts,
        "all": items % {"number": counts["items"]},
        "said": problems % {"number": counts["problems"]},
    }


def _next_step(result: Reading, options: dict[str, Any]) -> str:
    if options["dry_run"]:
        return _(
            "Nothing of the listing was written. Run it again without --dry-run to fill the "
            "review list."
        )
    lines = []
    if result.published:
        online = ngettext(
            "%(count)s page is online.", "%(count)s pages are online.", result.published
        )
        lines.append(online % {"count": result.published})
    if result.left:
        waiting = ngettext(
            "%(number)s change waits, because an editor has worked on its page.",
            "%(number)s changes wait, because an editor has worked on those pages.",
            result.left,
        )
        lines.append(waiting % {"number": result.left})
    if result.run is None:
        lines.append(_("Nothing new, nothing changed."))
    else:
        if result.run.status == ImportRun.Status.REVIEW:
            lines.append(
                _("Review it at /admin/imports/%(number)s/ (after: contactpoint serve).")
                % {"number": result.run.pk}
            )
        lines.append(
            _("Undo it with: contactpoint import --undo %(number)s") % {"number": result.run.pk}
        )
    return "\n".join(lines)
