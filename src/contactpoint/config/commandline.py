"""The one console script: our commands and Django's, on whatever data folder there is."""

import os
import sys
from typing import Final

NEED_A_SITE: Final = {"demo", "serve", "worker", "import", "search", "glossary", "user"}
NEED_A_SECRET: Final = {"serve", "worker", "user"}


def main() -> None:
    """Run `contactpoint COMMAND …`; a command that needs a site finds one, made if need be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contactpoint.config.settings")
    command, arguments = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    if command == "demo":
        os.environ.setdefault("CONTACTPOINT_ENVIRONMENT", "demo")
    try:
        if command in NEED_A_SITE and not {"-h", "--help"} & set(arguments):
            _prepare(command)
        _execute()
    except KeyboardInterrupt:
        sys.exit("Stopped. What was finished is kept; run the command again to go on.")


def _prepare(command: str) -> None:
    import django  # noqa: PLC0415 — only now does the environment say which site

    django.setup()
    from contactpoint.config.serve import RefusedError, refuse_unsafe  # noqa: PLC0415 — needs apps
    from contactpoint.config.site import prepare  # noqa: PLC0415

    try:
        if command in NEED_A_SECRET:
            refuse_unsafe()
    except RefusedError as refusal:
        sys.exit(str(refusal))
    prepare()


def _execute() -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["contactpoint", *sys.argv[1:]])
