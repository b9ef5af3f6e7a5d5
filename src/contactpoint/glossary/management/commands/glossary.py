"""`contactpoint glossary load|export|check`: the whole scheme, in and out."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contactpoint.glossary import actions
from contactpoint.glossary.models import Concept, SchemeVersion
from contactpoint.glossary.terms import GLOSSARY_FILE
from contactpoint.vocabulary import VocabularyError, read_turtle


class Command(BaseCommand):
    """Reads a SKOS file into the portal, or says what state the glossary is in."""

    help = "Load a glossary from a SKOS file (Turtle), or show what is loaded."

    def add_arguments(self, parser: CommandParser) -> None:
        actions_ = parser.add_subparsers(dest="action", required=True)
        load = actions_.add_parser("load", help="Write every concept of FILE into the portal.")
        load.add_argument("file", nargs="?", help="A Turtle file; without it the shipped glossary.")
        load.add_argument("--json", action="store_true", dest="as_json")
        status = actions_.add_parser(
            "status", help="How many concepts there are, in which version."
        )
        status.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")(**options)

    def _load(self, *, file: str | None, as_json: bool, **_options: Any) -> None:
        path = Path(file) if file else GLOSSARY_FILE
        try:
            scheme = read_turtle(path)
            count = actions.load_scheme(scheme)
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}.") from error
        except VocabularyError as error:
            raise CommandError(str(error)) from error
        self._say({"concepts": count, "version": scheme.version}, as_json)

    def _status(self, *, as_json: bool, **_options: Any) -> None:
        version = SchemeVersion.objects.first()
        self._say(
            {"concepts": Concept.objects.count(), "version": version.number if version else ""},
            as_json,
        )

    def _say(self, facts: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(facts))
        else:
            self.stdout.write(
                f"{facts['concepts']} concepts, version {facts['version'] or 'none'}."
            )
