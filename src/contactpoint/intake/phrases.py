"""The turns of phrase of each language of listings, from `data/phrases.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).parent / "data" / "phrases.toml"


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """One language's; `data/phrases.toml` says what each is for."""

    language: str
    labels: Mapping[str, list[str]]
    openers: tuple[str, ...]
    dangling: tuple[str, ...]
    dangling_before_space: tuple[str, ...]
    pronouns: frozenset[str]
    subordinate: frozenset[str]
    strip_without_comma: bool
    today: tuple[str, ...]
    relative: tuple[str, ...]
    prepositions: tuple[str, ...]
    abbreviations: frozenset[str]
    evidence: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def phrases(language: str) -> Phrases:
    """Those of `language`; English for a language that has none."""
    tables = _tables()
    code = language if language in tables else language.split("-", maxsplit=1)[0]
    table = tables.get(code) or tables["en"]
    return Phrases(
        language=code if code in tables else "en",
        labels=table["labels"],
        openers=tuple(table["openers"]),
        dangling=tuple(table["dangling"]),
        dangling_before_space=tuple(table["dangling_before_space"]),
        pronouns=frozenset(table["pronouns"]),
        subordinate=frozenset(table["subordinate"]),
        strip_without_comma=table["strip_without_comma"],
        today=tuple(table["today"]),
        relative=tuple(table["relative"]),
        prepositions=tuple(table["prepositions"]),
        abbreviations=frozenset(table["abbreviations"]),
        evidence=tuple(
            (rule["type"], re.compile(_filled(rule["pattern"], table["groups"]), re.IGNORECASE))
            for rule in table["evidence"]
        ),
    )


def _filled(pattern: str, groups: Mapping[str, str]) -> str:
    for name, group in groups.items():
        pattern = pattern.replace("{" + name + "}", group)
    return pattern
