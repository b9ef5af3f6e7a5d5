"""`contactpoint guidance load FOLDER`: a contact point's own guides, texts and places."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from contactpoint.guidance.loading import load
from contactpoint.guidance.report import Report
from contactpoint.guidance.texts.reading import ReadingError


class Command(BaseCommand):
    """For whoever keeps texts as files: loaded whole or not at all, and again without harm."""

    help = "Load a folder of guidance for applicants."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        loading = actions.add_parser("load", help="Read a folder and write it into the site.")
        loading.add_argument("folder", type=Path, help="With guides.toml, places.toml, en/ask.txt.")
        loading.add_argument(
            "--dry-run", action="store_true", help="Say what would be; write nothing."
        )
        loading.add_argument(
            "--replace", action="store_true", help="Also what was changed on the site by hand."
        )
        loading.add_argument(
            "--examples", action="store_true", help="Tell readers not to rely on these texts yet."
        )

    def handle(self, *, folder: Path, dry_run: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder. Name one that has guides.toml in it.")
        try:
            with transaction.atomic():
                report = load(folder, examples=options["examples"], replace=options["replace"])
                transaction.set_rollback(dry_run)
        except ReadingError as wrong:
            number = len(wrong.problems)
            raise CommandError(f"{wrong}\n\nNothing was loaded: {number} to mend.") from None
        self._tell(report, dry_run=dry_run)

    def _tell(self, report: Report, *, dry_run: bool) -> None:
        for said, lines in (
            ("new", report.made),
            ("changed", report.changed),
            ("kept", report.kept),
        ):
            for line in lines:
                self.stdout.write(f"{said:<9}{line}")
        self.stdout.write(
            f"{len(report.made)} new, {len(report.changed)} changed, {report.same} the same, "
            f"{len(report.kept)} kept."
        )
        if report.kept:
            self.stdout.write(
                "Kept: changed on the site since they were loaded, or never loaded from a folder. "
                "--replace takes the folder's; what a text said stays in its history."
            )
        if dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")
