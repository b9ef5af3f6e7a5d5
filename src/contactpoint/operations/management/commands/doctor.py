"""`contactpoint doctor`: look at everything before it matters."""

import json
import sys
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

from contactpoint.operations.doctor import Finding, Level, examine, look_only

MARKS: Final = {Level.OK: "ok", Level.WARNING: "warning", Level.ERROR: "ERROR"}


class Command(BaseCommand):
    """Changes nothing, and works while the database is away."""

    help = "Look whether all that the portal needs is there, and say how to mend what is not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="For programs.")
        parser.add_argument("--strict", action="store_true", help="Let warnings fail it, too.")

    def handle(self, *, as_json: bool, strict: bool, **options: Any) -> None:
        """Ends with 1 where there is an error."""
        look_only()
        found: list[Finding] = []
        for finding in examine():
            found.append(finding)
            if not as_json:
                self._write(finding)
        errors = sum(one.level is Level.ERROR for one in found)
        warnings = sum(one.level is Level.WARNING for one in found)
        if as_json:
            told = {"errors": errors, "warnings": warnings}
            told |= {"findings": [one.as_json() for one in found]}  # type: ignore[dict-item]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"\n{errors} errors, {warnings} warnings.")
        self.stdout.flush()
        if errors or (strict and warnings):
            sys.exit(1)

    def _write(self, finding: Finding) -> None:
        mark = MARKS[finding.level]
        self.stdout.write(f"{mark:<8} {finding.check}: {finding.place}: {finding.says}")
        if finding.mend:
            self.stdout.write(f"         → {finding.mend}")
