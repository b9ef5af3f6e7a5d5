"""`contactpoint serve`: the portal, web server and worker together."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contactpoint.config.serve import Portal, refuse_taken, refuse_unsafe


class Command(BaseCommand):
    """Runs until it is told to stop."""

    help = "Serve the portal: web processes and one worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="The address to listen on.")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers", type=int, default=min(4, os.cpu_count() or 1), help="Web processes."
        )

        parser.add_argument(
            "--without-worker",
            action="store_true",
            help="Web processes alone: workers are started apart, by `contactpoint worker`.",
        )

    def handle(
        self, *, host: str, port: int, workers: int, without_worker: bool, **options: Any
    ) -> None:
        refuse_unsafe()
        refuse_taken(host, port)
        portal = Portal(
            host=host,
            port=port,
            workers=max(1, workers),
            say=self._say,
            with_worker=not without_worker,
        )
        sys.exit(portal.run())

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
