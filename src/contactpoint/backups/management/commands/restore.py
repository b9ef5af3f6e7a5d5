"""`contactpoint restore FILE`: puts a backup in the place of the site, whole or not at all."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from contactpoint.backups import keys, swapping
from contactpoint.backups.checking import Found
from contactpoint.backups.leaving_out import LEFT_OUT
from contactpoint.backups.refusing import BackupError
from contactpoint.backups.restoring import is_there_a_site, restore
from contactpoint.backups.telling import Shown, size

AGREED = "replace it"


class Command(BaseCommand):
    """See `docs/operators/backup.md`."""

    help = "Put a backup in the place of the site: whole, or not at all."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """A file, and what becomes of a site that is there."""
        parser.add_argument("file", nargs="?", metavar="FILE", help="The backup.")
        parser.add_argument(
            "--replace", action="store_true", help="Take the place of the site that is there."
        )
        parser.add_argument("--yes", action="store_true", help="Don't ask before replacing it.")
        parser.add_argument(
            "--finish", action="store_true", help="Only carry on one that was stopped at the end."
        )
        keys.add_arguments(parser)

    def handle(
        self, *, file: str | None, replace: bool, yes: bool, finish: bool, **options: Any
    ) -> None:
        """Raises CommandError with a sentence."""
        if finish == (file is not None):
            raise CommandError("Name a backup, or say --finish.")
        progress = Shown()
        try:
            if file is None:
                done = swapping.finish()
                self.stdout.write("The backup is in its place." if done else "Nothing waits.")
                return
            agree = _agree_to_all if yes or not is_there_a_site() else self._agree
            key = keys.packed(options)
            restored = restore(file, key, replace=replace, agree=agree, progress=progress)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        finally:
            progress.end()
        if restored is None:
            raise CommandError("Nothing was changed.")
        manifest = restored.found.manifest
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"Restored in {restored.done['seconds']} s: {rows:,} rows, "
            f"{manifest['files']['number']:,} files ({size(manifest['files']['bytes'])})."
        )
        self.stdout.write(f"Not in a backup, made anew or ended: {'; '.join(LEFT_OUT)}.")
        for note in restored.notes:
            self.stdout.write(note)

    def _agree(self, found: Found) -> bool:
        manifest = found.manifest
        self.stdout.write(
            f"All that the site in {settings.DATA} holds will be lost, and replaced by the backup "
            f"of {found.begin['address']} made {found.begin['made']} with "
            f"{manifest['files']['number']:,} files."
        )
        if not sys.stdin.isatty():
            raise CommandError("Say --yes where nobody can be asked. Nothing was changed.")
        return input(f"Type “{AGREED}” to go on: ").strip() == AGREED


def _agree_to_all(found: Found) -> bool:
    return True
