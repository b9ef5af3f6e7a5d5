"""`contactpoint social check`: does each account in a social network answer, and take our token?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from contactpoint.dissemination.social.channels import Channel, channels


class Command(BaseCommand):
    """Posts nothing."""

    help = "Sign in to each account in a social network, and say what came of it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb, which leaves room for others."""
        parser.add_argument("what", choices=["check"], help="check signs in and posts nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each account; exit code 1 where one does not answer."""
        found = channels()
        if not found:
            self.stdout.write("There is no account. See docs/operators/social.md.")
        wrong = [channel for channel in found.values() if not self._checked(channel)]
        if wrong:
            raise CommandError(
                ngettext(
                    "%(number)s account can't be posted to.",
                    "%(number)s accounts can't be posted to.",
                    len(wrong),
                )
                % {"number": len(wrong)}
            )

    def _checked(self, channel: Channel) -> bool:
        # The client libraries take a second to load, so only a command that speaks loads them.
        from contactpoint.dissemination.social.networks import network  # noqa: PLC0415
        from contactpoint.dissemination.social.networks.networks import (  # noqa: PLC0415
            NetworkError,
        )
        from contactpoint.dissemination.social.sending import learn  # noqa: PLC0415

        try:
            speaker = network(channel)
            account = speaker.check()
            learn(speaker)
        except NetworkError as error:
            said = f" ({error.said})" if error.said else ""
            self.stdout.write(f"{channel.name}: {error.problem.label}{said}")
            return False
        self.stdout.write(f"{channel.name}: {account}, {channel.most} letters")
        return True
