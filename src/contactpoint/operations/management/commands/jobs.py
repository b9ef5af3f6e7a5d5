"""`contactpoint jobs list | again | give-up`: what failed for good, and what becomes of it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contactpoint.kit import dead_letters, outbox
from contactpoint.kit.dead_letters import DeadLetter, job_letter, message_letter
from contactpoint.operations import readings


class Command(BaseCommand):
    """For the operator who asks why something did not happen."""

    help = "Say what waits and what failed for good (list), send it again, or give it up."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        listed = actions.add_parser("list", help="What waits, and what failed for good.")
        listed.add_argument("--json", action="store_true", dest="as_json")
        for name, told in (
            ("again", "Start what failed anew, with all its attempts."),
            ("give-up", "Delete what failed, with all that it held."),
        ):
            one = actions.add_parser(name, help=told)
            one.add_argument("keys", nargs="*", metavar="KEY", help="As `list` names them.")
            one.add_argument("--all", action="store_true", help="Everything that failed.")

    def handle(self, *, action: str, **options: Any) -> None:
        if action == "list":
            self._list(as_json=options["as_json"])
        else:
            self._do(action, options["keys"], every=options["all"])

    def _list(self, *, as_json: bool) -> None:
        letters = [*map(job_letter, dead_letters.failed_jobs())]
        letters += map(message_letter, outbox.parked())
        queues = readings.queues()
        if as_json:
            told = {
                "queues": [
                    {"name": one.name, "oldest_seconds": round(one.oldest, 1), **one.jobs}
                    for one in queues
                ],
                "failed": [_as_json(letter) for letter in letters],
            }
            self.stdout.write(json.dumps(told, indent=2))
            return
        for queue in queues:
            jobs = queue.jobs
            self.stdout.write(
                f"{queue.name}: {jobs['due']} due, {jobs['later']} later, {jobs['running']} "
                f"running, {jobs['failed']} failed"
                + (f"; the oldest waits for {queue.oldest:.0f} s" if queue.oldest else "")
            )
        for letter in letters:
            at = f"{letter.at:%Y-%m-%d %H:%M}" if letter.at else "–"
            self.stdout.write(f"\n{letter.key}\n  {letter.name}({letter.given})  {at}")
            self.stdout.write(f"  {letter.attempts} ×  {letter.error}: {letter.said}")

    def _do(self, action: str, keys: list[str], *, every: bool) -> None:
        if bool(keys) == every:
            raise CommandError("Name what `contactpoint jobs list` shows, or say --all.")
        act = dead_letters.send_again if action == "again" else dead_letters.give_up
        done = {key: act(key) for key in (dead_letters.keys() if every else keys)}
        said = "is sent again" if action == "again" else "is given up"
        for key, happened in done.items():
            self.stdout.write(f"{key} {said if happened else 'has not failed, or is gone'}.")
        if not all(done.values()):
            raise CommandError("Not all of them were there.")


def _as_json(letter: DeadLetter) -> dict[str, Any]:
    return {
        "key": letter.key, "name": letter.name, "queue": letter.queue, "given": letter.given,
        "at": letter.at.isoformat() if letter.at else None, "attempts": letter.attempts,
        "error": letter.error, "said": letter.said,
    }  # fmt: skip
