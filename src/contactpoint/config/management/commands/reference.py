"""`contactpoint reference write FOLDER`: the docs pages that are derived from the code."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contactpoint.config import reference


class Command(BaseCommand):
    """A test fails where the committed pages differ."""

    help = "Write the reference pages of settings and commands into a docs folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["write"])
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        for path in reference.write(folder):
            self.stdout.write(f"{path} written.")
