"""`contactpoint backup FILE` and `contactpoint backup verify FILE`."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contactpoint.backups import keys, noting
from contactpoint.backups.file_target import new_file
from contactpoint.backups.opening import said
from contactpoint.backups.pieces import ADDRESS, PiecesTarget, names, repository
from contactpoint.backups.refusing import BackupError
from contactpoint.backups.sealing import SealedTarget, unpacked
from contactpoint.backups.telling import Shown, size
from contactpoint.backups.verifying import verify
from contactpoint.backups.writing import write

_VERIFY = "verify"
_LIST = "list"


class Command(BaseCommand):
    """See `docs/operators/backup.md`."""

    help = "Copy all that the site holds into a file while it runs, or verify such a file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """A file, or `verify` and a file; or `list`."""
        parser.add_argument(
            "words",
            nargs="+",
            metavar="[verify] FILE | list",
            help="Where the backup is, or will be; `bucket:` for that of the settings, of which "
            "`list` says which backups it has.",
        )
        parser.add_argument(
            "--replace", action="store_true", help="Take the place of a file that is there."
        )
        keys.add_arguments(parser)

    def handle(self, *, words: list[str], replace: bool, **options: Any) -> None:
        """Raises CommandError with a sentence."""
        verb, file = ("", words[0]) if len(words) == 1 else (words[0], words[-1])
        if len(words) > 2 or verb not in ("", _VERIFY):
            raise CommandError(
                "Say `contactpoint backup FILE` or `contactpoint backup verify FILE`."
            )
        progress = Shown()
        try:
            key = keys.packed(options, twice=not verb)
            if words == [_LIST]:
                with said():
                    self.stdout.write("\n".join(names(repository())))
            elif verb:
                self._verify(file, key, progress)
            elif file == ADDRESS:
                self._send(key, progress)
            else:
                self._make(Path(file).absolute(), key, progress, replace=replace)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        finally:
            progress.end()

    def _make(self, path: Path, key: str, progress: Shown, *, replace: bool) -> None:
        secret = unpacked(key)
        with new_file(path, replace=replace) as target:
            if secret is None:
                made = write(target, progress)
            else:
                sealed = SealedTarget(target, secret)
                made = write(sealed, progress)
                sealed.end()
        progress.end()
        noting.note({"file": path.name, "bytes": made["bytes"], "seconds": made["seconds"]})
        self._say(str(path), made)
        if secret is None:
            self.stdout.write(f"Digest (SHA-256): {made['all_sha256']}")

    def _send(self, key: str, progress: Shown) -> None:
        with said():
            target = PiecesTarget(repository(), unpacked(key))
            made = write(target, progress)
            name = f"{ADDRESS}{target.end()}"
        progress.end()
        noting.note({"file": name, "bytes": made["bytes"], "seconds": made["seconds"]})
        self._say(name, made)
        self.stdout.write(f"New of it, and sent: {target.new:,} pieces, {size(target.sent)}.")

    def _say(self, name: str, made: dict[str, Any]) -> None:
        rows = sum(table["rows"] for table in made["tables"].values())
        self.stdout.write(
            f"{name}: {size(made['bytes'])}, {rows:,} rows of {len(made['tables'])} tables, "
            f"{made['files']['number']:,} files, in {made['seconds']} s."
        )

    def _verify(self, file: str, key: str, progress: Shown) -> None:
        folder = Path(tempfile.mkdtemp(prefix="contactpoint-verify-"))
        try:
            told = verify(file, folder, key, progress)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        progress.end()
        for line in told.lines():
            self.stdout.write(line)
        if told.wrong:
            raise CommandError("The backup is not what it should be.")
