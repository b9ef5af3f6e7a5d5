"""`contactpoint mail bounces`: learn which addresses are no more."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from contactpoint.dissemination.delivering.mailboxes import (
    MailboxError,
    of_path,
    of_pipe,
    of_server,
)
from contactpoint.dissemination.delivering.returning import take_all

TRY_LATER: Final = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the message and comes again."""


class Command(BaseCommand):
    """For operators, and for mail servers that hand messages to a program."""

    help = "Read reports of mail that came back, and hold back addresses that are no more."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        bounces = actions.add_parser(
            "bounces",
            help="From the mailbox of CONTACTPOINT_BOUNCES_URL, a Maildir, an mbox, or a pipe.",
        )
        bounces.add_argument("--from", dest="path", metavar="PATH", help="A Maildir or an mbox.")
        bounces.add_argument("--pipe", action="store_true", help="One message on standard input.")

    def handle(self, *, path: str | None, pipe: bool, **options: Any) -> None:
        try:
            found = take_all(self._contents(path, pipe=pipe))
        except MailboxError as problem:
            raise CommandError(str(problem)) from None
        except OperationalError:
            if pipe:
                sys.exit(TRY_LATER)
            raise
        if not pipe:
            self.stdout.write(
                f"{found.new} new reports, {found.refused} of them because of the address;"
                f" {found.others} other messages passed over."
            )

    def _contents(self, path: str | None, *, pipe: bool) -> Iterator[bytes]:
        if pipe:
            return of_pipe(sys.stdin.buffer)
        if path:
            return of_path(Path(path))
        if not settings.BOUNCES_URL:
            raise CommandError("Set CONTACTPOINT_BOUNCES_URL, or say --from PATH or --pipe.")
        return of_server(settings.BOUNCES_URL)
