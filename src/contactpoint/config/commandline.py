"""The one console script: our commands and Django's, on whatever data folder there is."""

import argparse
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
        os.environ.setdefault("CONTACTPOINT_BASE_URL", _demo_address(arguments))
    try:
        if command in NEED_A_SITE and not {"-h", "--help"} & set(arguments):
            _prepare(command)
        _execute()
    except KeyboardInterrupt:
        sys.exit("Stopped. What was finished is kept; run the command again to go on.")


def _demo_address(arguments: list[str]) -> str:
    """Where the demo will be, so that its feeds and mails lead there."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8000")
    known, _others = parser.parse_known_args(arguments)
    return f"http://{known.host}:{known.port}"


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
    prepare(say=lambda line: sys.stderr.write(f"{line}\n"))


def _execute() -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["contactpoint", *sys.argv[1:]])
