"""`contactpoint dump`: all that the interface tells, as files to take away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """The worker makes one each night; this makes one now, and takes older ones away."""

    help = "Make the dump of public data now, with checksums, and take older ones away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--keep", type=int, default=3, metavar="N",
            help="So many dumps stay, this one included; 3 without it. 1 leaves no older words.",
        )  # fmt: skip

    def handle(self, *, keep: int, **options: Any) -> None:
        from contactpoint.api.dumps.making import make  # noqa: PLC0415 — so that help is quick

        if keep < 1:
            raise CommandError("--keep is 1 or more: the dump that is made now stays.")
        dump = make(keep)
        for one in dump.manifest["files"]:
            self.stdout.write(f"{one['rows']:>8}  {one['bytes']:>10} B  {one['name']}")
        self.stdout.write(f"{dump.folder}")
