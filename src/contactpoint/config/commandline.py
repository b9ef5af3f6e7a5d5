"""The one console script: our commands and Django's, on whatever data folder there is."""

import os
import sys


def main() -> None:
    """Run `contactpoint COMMAND …`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contactpoint.config.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("CONTACTPOINT_ENVIRONMENT", "demo")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 — after the environment

    execute_from_command_line(["contactpoint", *sys.argv[1:]])
