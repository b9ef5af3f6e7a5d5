"""`contactpoint outbox`: see what waits to be told, and give what was parked another chance."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contactpoint.kit import outbox


class Command(BaseCommand):
    """For the operator who asks why something did not go out."""

    help = "Count waiting and parked outbox entries; --retry starts the parked ones anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", action="store_true")

    def handle(self, *, retry: bool, **options: Any) -> None:
        if retry:
            self.stdout.write(f"{outbox.retry_parked()} parked entries start anew.")
        self.stdout.write(f"waiting: {outbox.pending().count()}")
        self.stdout.write(f"parked:  {outbox.parked().count()}")
        for entry in outbox.parked()[:20]:
            self.stdout.write(f"  {entry}  {entry.created_at:%Y-%m-%d %H:%M}  {entry.error}")
