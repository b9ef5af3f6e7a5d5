"""`contactpoint persons register | export | erase | erased | erase-again | anonymise`."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from contactpoint.kit.persons import copying, register
from contactpoint.kit.persons.erasing import Plan, RefusedError, erase, erase_again, plan
from contactpoint.kit.persons.giving import give
from contactpoint.kit.persons.requests import erased_digests


class Command(BaseCommand):
    """For the operator to whom somebody writes, or the supervisory body."""

    help = (
        "Say what is kept of whom (register), give somebody all that is kept of them (export), "
        "erase them (erase), or copy the database without anybody in it (anonymise)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        listed = actions.add_parser("register", help="The register of processing.")
        listed.add_argument("--json", action="store_true", dest="as_json")
        listed.add_argument("--language", default="en", choices=sorted(dict(settings.LANGUAGES)))
        given = actions.add_parser("export", help="All that is kept of a person, as JSON.")
        given.add_argument("address")
        given.add_argument("--output", type=Path, help="A file; else it is printed.")
        gone = actions.add_parser("erase", help="Erase a person; without --yes only say what goes.")
        gone.add_argument("address")
        gone.add_argument("--yes", action="store_true", help="Do it.")
        actions.add_parser("erased", help="Digests of who was erased, to be kept beside backups.")
        again = actions.add_parser("erase-again", help="After a restore: erase them anew.")
        again.add_argument("file", type=Path, help="What `persons erased` printed.")
        copy = actions.add_parser("anonymise", help="A copy of the database without anybody.")
        copy.add_argument("file", type=Path, help="The SQLite file to write; it may not exist.")

    def handle(self, *, action: str, **options: Any) -> None:
        getattr(self, f"_{action.replace('-', '_')}")(options)

    def _register(self, options: dict[str, Any]) -> None:
        with override(options["language"]):
            told = (
                json.dumps(register.as_json(), ensure_ascii=False, indent=2)
                if options["as_json"]
                else register.as_markdown()
            )
        self.stdout.write(told)

    def _export(self, options: dict[str, Any]) -> None:
        told = json.dumps(give(options["address"]), ensure_ascii=False, indent=2)
        if options["output"]:
            options["output"].write_text(told + "\n", encoding="utf-8")
            options["output"].chmod(0o600)
        else:
            self.stdout.write(told)

    def _erase(self, options: dict[str, Any]) -> None:
        try:
            done = erase(options["address"]) if options["yes"] else plan(options["address"])
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from None
        for line in lines(done):
            self.stdout.write(line)
        if not options["yes"]:
            self.stdout.write("\nNothing was changed. Add --yes to do it.")

    def _erased(self, options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(erased_digests(), indent=2))

    def _erase_again(self, options: dict[str, Any]) -> None:
        try:
            digests = json.loads(options["file"].read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise CommandError(f"{options['file']} can't be read: {problem}") from None
        if not isinstance(digests, list) or not all(isinstance(one, str) for one in digests):
            raise CommandError(f"{options['file']} is not what `persons erased` prints.")
        self.stdout.write(f"{erase_again(digests)} erased again.")

    def _anonymise(self, options: dict[str, Any]) -> None:
        try:
            rows = copying.write_copy(options["file"])
        except copying.CopyError as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{options['file']} written, {rows} rows.")


def lines(found: Plan) -> list[str]:
    """What goes and what stays, for a terminal."""
    if found.is_empty:
        return ["Nothing is kept of this address."]
    told = ["What goes, or loses the name:"]
    told += [
        f"  {step.number:6}  {step.declared.label} ({', '.join(step.data.names)}): "
        f"{step.data.erased.label}"
        for step in found.going
    ]
    told += [f"  text  {one.label} {one.pk}, {one.field}" for one in found.taken_out]
    told += [f"  mail  {path.name}" for path in found.mails]
    told += ["What stays, and why:"] if found.staying or found.left_in or found.files else []
    told += [
        f"  {step.number:6}  {step.declared.label} ({', '.join(step.data.names)}): "
        f"{step.data.stays} [{step.data.ground.cited}]"
        for step in found.staying
    ]
    told += [f"  text  {one.label} {one.pk}, {one.field}: to be looked at" for one in found.left_in]
    told += [f"  file  {path}: to be looked at" for path in found.files]
    return told
