"""`contactpoint worker`: what `serve` starts beside the web server; alone for scale-out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contactpoint.kit.worker import AnotherWorkerError, Worker


class Command(BaseCommand):
    """Runs until it is told to stop."""

    help = "Drain the outbox and run background jobs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Do what is due now, then return (for a cron job)."
        )

    def handle(self, *, once: bool, **options: Any) -> None:
        worker = Worker()
        try:
            worker.run(once=once)
        except AnotherWorkerError as problem:
            raise CommandError(str(problem), returncode=75) from None
