"""`contactpoint storage`: try the bucket, and move files into it or out of it."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management.base import BaseCommand, CommandError

from contactpoint.media.copying import Outcome, copy

WRONG = (Outcome.DIFFERS, Outcome.FAILED)


class Command(BaseCommand):
    """See `docs/operators/storage.md`."""

    help = "Try the bucket in which files are stored, or copy files into it or out of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`check` and `copy`."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("check", help="Try whether the bucket does all that is needed.")
        copying = verbs.add_parser(
            "copy",
            help="Copy `media/` of the data folder into the bucket; can be stopped any time.",
        )
        copying.add_argument("--back", action="store_true", help="From the bucket to the folder.")

    def handle(self, *, verb: str, back: bool = False, **options: Any) -> None:
        """Only with a bucket."""
        if not hasattr(default_storage, "put"):
            raise CommandError(
                f"Files are stored in {settings.MEDIA_ROOT}. Set CONTACTPOINT_STORAGE_URL for a "
                "bucket."
            )
        if verb == "check":
            self._check()
        else:
            self._copy(back)

    def _check(self) -> None:
        from contactpoint.media.probing import problems  # noqa: PLC0415 — only for a bucket

        found = list(problems(default_storage))  # type: ignore[arg-type]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("All is as it should be.")

    def _copy(self, back: bool) -> None:
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        folder, bucket = FileSystemStorage(location=settings.MEDIA_ROOT), default_storage
        source, target = (bucket, folder) if back else (folder, bucket)
        counted: Counter[Outcome] = Counter()
        for one in copy(source, target):
            counted[one.outcome] += 1
            if one.outcome in WRONG:
                self.stderr.write(f"{one.name}: {one.problem or one.outcome}")
            elif one.outcome is Outcome.COPIED:
                self.stdout.write(one.name)
        said = ", ".join(f"{outcome}: {counted[outcome]}" for outcome in Outcome)
        self.stdout.write(f"{said}.")
        if any(counted[outcome] for outcome in WRONG):
            raise CommandError(
                "Not all is there. Run the command again; what is there is not copied twice."
            )
