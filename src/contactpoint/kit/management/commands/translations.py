"""`contactpoint translations update|compile|check`: the interface's catalogues."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from contactpoint.kit import catalogues


class Command(BaseCommand):
    """Works without GNU gettext; English is the language of the sources and has no catalogue."""

    help = "Update, compile or check the interface's translations."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["update", "compile", "check"])
        parser.add_argument("--language", help="Only this one; all without it.")

    def handle(self, *, action: str, language: str | None = None, **options: Any) -> None:
        locale: Path = settings.LOCALE_PATHS[0]
        if action == "compile":
            catalogues.compile_all(locale)
            return
        found = catalogues.messages(settings.PACKAGE)
        languages = [
            code
            for code, _name in settings.LANGUAGES
            if code != settings.LANGUAGE_CODE and language in {None, code}
        ]
        paths = {code: locale / code / "LC_MESSAGES" / "django.po" for code in languages}
        if action == "update":
            for code, path in paths.items():
                catalogue = catalogues.update(path, found, code)
                self.stdout.write(
                    f"{code}: {len(catalogue)} messages, "
                    f"{len(catalogue.untranslated_entries())} to translate"
                )
            return
        wrong = [line for path in paths.values() for line in catalogues.problems(path, found)]
        if wrong:
            raise CommandError(
                "\n".join(wrong) + f"\n{len(wrong)} problems: `contactpoint translations update`, "
                "then translate what is empty."
            )
        self.stdout.write(f"{len(found)} messages, complete in {', '.join(languages)}.")
