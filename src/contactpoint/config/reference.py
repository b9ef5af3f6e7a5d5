"""Reference pages written from the code, so that docs can't lie: settings, commands, checks."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import attrs
from django.core.management import get_commands, load_command_class

from contactpoint.config.environment import Settings
from contactpoint.kit.persons import register
from contactpoint.vocabulary.check import families

PREFIX: Final = "CONTACTPOINT_"


@dataclass(frozen=True)
class DocumentedSetting:
    """A setting as an operator meets it."""

    variable: str
    default: str
    meaning: str


def documented_settings() -> Iterator[DocumentedSetting]:
    """Every setting of `config.environment`, in its order there."""
    for field in attrs.fields(cast(type[attrs.AttrsInstance], Settings)):
        entry = field.metadata["environ_config"]
        yield DocumentedSetting(
            f"{PREFIX}{field.name.upper()}", str(entry.default), str(entry.help or "")
        )


def settings_page() -> str:
    """`docs/operators/settings.md`"""
    lines = [
        "# Settings",
        "",
        "All by environment variable; all have a default. Written by `make docs` from",
        "`src/contactpoint/config/environment.py`: edit there.",
    ]
    for setting in documented_settings():
        default = f"`{setting.default}`" if setting.default else "empty"
        lines += ["", f"## {setting.variable}", "", setting.meaning, "", f"Default: {default}."]
    return "\n".join(lines) + "\n"


def own_commands() -> dict[str, str]:
    """Our commands and their one-line help, by name."""
    return {
        name: str(load_command_class(app, name).help)
        for name, app in sorted(get_commands().items())
        if isinstance(app, str) and app.startswith("contactpoint.")
    }


def commands_page() -> str:
    """`docs/operators/commands.md`"""
    lines = [
        "# Commands",
        "",
        "`contactpoint COMMAND --help` says all of one. Django's and Wagtail's own commands are",
        "reachable the same way. Written by `make docs` from the commands themselves.",
        "",
        "| command | what it does |",
        "|---|---|",
    ]
    lines += [f"| `contactpoint {name}` | {text} |" for name, text in own_commands().items()]
    return "\n".join(lines) + "\n"


def checks_page() -> str:
    """`docs/editors/glossary-checks.md`"""
    lines = [
        "# What is checked in the glossary",
        "",
        "Before a version is published, and by `contactpoint glossary check`. An *error* must be",
        "mended before; a *warning* should be looked at; a *hint* may well be meant so. Written by",
        "`make docs` from the checks themselves.",
    ]
    for family, rules in families().items():
        lines += [
            "",
            f"## {family.capitalize()}",
            "",
            "| check | | what it finds |",
            "|---|---|---|",
        ]
        lines += [f"| `{rule.code}` | {rule.severity} | {rule.meaning} |" for rule in rules]
    return "\n".join(lines) + "\n"


def register_page() -> str:
    """`docs/operators/register.md`"""
    head, _line, rest = register.as_markdown().partition("\n")
    told = (
        "What is kept of whom, why, on which ground and how long. Written by `make docs` from the\n"
        "declarations beside the models (`personal_data.py` of each app); in other languages by\n"
        "`contactpoint persons register --language fr`. What to do with it:\n"
        "[personal-data.md](personal-data.md)."
    )
    return f"{head}\n\n{told}\n{rest}"


def pages() -> dict[str, str]:
    """Every derived page, by its path under `docs/`."""
    return {
        "operators/settings.md": settings_page(),
        "operators/commands.md": commands_page(),
        "operators/register.md": register_page(),
        "editors/glossary-checks.md": checks_page(),
    }


def write(folder: Path) -> list[Path]:
    """Write the pages that differ; returns them."""
    written = []
    for name, text in pages().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written
