"""The one console script: our commands and Django's, on whatever data folder there is."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from contactpoint.config.starting import starting

NEED_A_SITE: Final = {
    *("demo", "serve", "worker", "import", "search", "glossary", "user", "files", "index"),
    *("statistics", "guidance", "dump", "mail", "jobs", "storage", "persons"),
}
NEED_A_SECRET: Final = {"serve", "worker", "user"}
KNOWS_TRYING: Final = {"user", "doctor"}
"""Take the data folder of a demo for what it is."""

INTERRUPTED: Final = 130
"""What a shell reports of a program that was ended by Ctrl-C."""
NOBODY_READS: Final = 141
"""What a shell reports of a program that was ended because nobody read its output."""


def main() -> None:
    """Run `contactpoint COMMAND …`; a command that needs a site finds one, made if need be."""
    try:
        try:
            _run()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(NOBODY_READS)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. What was finished is kept; run the command again to go on.\n")
        sys.exit(INTERRUPTED)


def _run() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contactpoint.config.settings")
    command, arguments = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    if command == "demo":
        os.environ.setdefault("CONTACTPOINT_ENVIRONMENT", "demo")
        os.environ.setdefault("CONTACTPOINT_BASE_URL", _demo_address(arguments))
        os.environ.setdefault("CONTACTPOINT_LOG_LEVEL", "WARNING")
    elif command in KNOWS_TRYING and _is_kept_for_trying():
        os.environ["CONTACTPOINT_ENVIRONMENT"] = "demo"
    with starting():
        _check_settings()
        import django  # noqa: PLC0415 — only now does the environment say which site

        django.setup()
    reports = command == "harmonise" and "--report" in arguments
    if (command in NEED_A_SITE or reports) and not {"-h", "--help"} & set(arguments):
        _prepare(command)
    _execute()


def _demo_address(arguments: list[str]) -> str:
    """Where the demo will be, so that its feeds and mails lead there."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8000")
    known, _others = parser.parse_known_args(arguments)
    return f"http://{known.host}:{known.port}"


def _is_kept_for_trying() -> bool:
    """Whether the data folder is that of a demo, which keeps its secret there.

    Who runs a site in production gives it one; second factors are made with the site's own.
    """
    said = {"CONTACTPOINT_ENVIRONMENT", "CONTACTPOINT_SECRET_KEY"} & os.environ.keys()
    folder = Path(os.environ.get("CONTACTPOINT_DATA") or "var").expanduser()
    return not said and (folder / "secret.key").exists()


def _check_settings() -> None:
    """A setting that can't be used is said in a sentence, whatever the command."""
    from django.conf import settings  # noqa: PLC0415 — only now does the environment say which site
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        settings.INSTALLED_APPS  # noqa: B018 — the first look reads them all
    except (ImproperlyConfigured, ValueError) as problem:
        sys.exit(str(problem))
    except OSError as problem:
        sys.exit(_unusable_folder(problem))


def _unusable_folder(problem: OSError) -> str:
    folder = os.environ.get("CONTACTPOINT_DATA", "var")
    return (
        f"The data folder {folder} can't be used: {problem.strerror or problem}. "
        "Let CONTACTPOINT_DATA name a folder that this user may write to."
    )


def _prepare(command: str) -> None:
    from django.db import OperationalError  # noqa: PLC0415

    from contactpoint.backups.refusing import BackupError  # noqa: PLC0415
    from contactpoint.config.serve import RefusedError, refuse_unsafe  # noqa: PLC0415 — needs apps
    from contactpoint.config.site import prepare  # noqa: PLC0415

    try:
        if command in NEED_A_SECRET:
            refuse_unsafe()
        prepare(say=lambda line: sys.stderr.write(f"{line}\n"))
    except (RefusedError, BackupError) as refusal:
        sys.exit(str(refusal))
    except OSError as problem:
        sys.exit(_unusable_folder(problem))
    except OperationalError as problem:
        sys.exit(
            f"The database can't be prepared: {problem}. See that it can be reached and that its "
            "disk has room, then run the command again."
        )


def _execute() -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["contactpoint", *sys.argv[1:]])
