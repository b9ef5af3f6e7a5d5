"""Docs and code agree: settings, commands, and the command line of the README."""

import re
from pathlib import Path

import pytest

from contactpoint.config import environment, reference

ROOT = Path(__file__).parents[2]


def test_the_committed_reference_pages_are_what_the_code_says() -> None:
    for name, text in reference.pages().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, "run `make docs`"


def test_every_setting_says_what_it_means() -> None:
    settings = list(reference.documented_settings())
    assert len(settings) >= 10
    assert all(len(setting.meaning) > 20 for setting in settings)


def test_every_setting_stands_in_the_example_file() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?\s*(CONTACTPOINT_\w+)=", example, re.MULTILINE))
    assert named == {setting.variable for setting in reference.documented_settings()}


def test_every_command_of_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    used = set(
        re.findall(r"^\s*(?:\$ )?(?:\.venv/bin/)?contactpoint ([a-z]+)", readme, re.MULTILINE)
    )
    assert len(used) >= 4
    assert used <= set(reference.own_commands())
    targets = set(re.findall(r"\bmake ([a-z-]+)", readme))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"demo", "test"} <= targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_an_unknown_environment_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="CONTACTPOINT_ENVIRONMENT is 'prod'; use one of"):
        environment._environment("prod")
