"""The items of the demo as their files tell them.

One TOML file an item under `demo/`; what is true in every language stands once, the words of each
language in a table of their own.
"""

import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

FOLDER: Final = Path(__file__).parent / "demo"


@dataclass
class Item:
    """One file: its slug, its facts and its words per language."""

    slug: str
    facts: dict[str, Any]
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def key(self) -> uuid.UUID:
        """Links the languages of the item; the same on every machine."""
        return uuid.uuid5(
            uuid.NAMESPACE_URL,
            f"https://contactpoint.example/demo/{self.facts['kind']}/{self.slug}",
        )


def items(folder: Path = FOLDER) -> Iterator[Item]:
    """Every demo item, by file name."""
    languages = {code for code, _name in settings.LANGUAGES}
    for path in sorted(folder.glob("*/*.toml")):
        with path.open("rb") as file:
            content = tomllib.load(file)
        words = {code: content.pop(code) for code in list(content) if code in languages}
        yield Item(path.stem, content, words)


def languages(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """`[["en", "spoken"], …]` as blocks."""
    return [
        {"type": "language", "value": {"language": code, "how": how}}
        for code, how in facts.get("languages", [])
    ]


def programme(item: Item, language: str) -> list[dict[str, Any]]:
    """Sessions as blocks; a block has the same identifier in every language, as after translating.

    Hours stand once, words (`title`, `speakers`, `text`) by language.
    """
    return [
        {
            "type": "session",
            "id": str(uuid.uuid5(item.key, f"session-{number}")),
            "value": {
                "day": None,
                "slides": None,
                **{name: str(row[name]) if name in row else None for name in ("starts", "ends")},
                **{
                    name: row.get(name, {}).get(language, "")
                    for name in ("title", "speakers", "text")
                },
            },
        }
        for number, row in enumerate(item.facts.get("programme", []))
    ]


def times(facts: dict[str, Any]) -> dict[str, Any]:
    """When an event happens; a day without an hour is a whole day in the portal's time zone."""
    times: dict[str, Any] = {}
    for name in ("starts", "ends"):
        moment, day = facts.get(f"{name}_at"), facts.get(f"{name}_on")
        if isinstance(moment, datetime):
            times[f"{name}_at"] = moment if moment.tzinfo else timezone.make_aware(moment)
        elif isinstance(day, date):
            times[f"{name}_at"] = timezone.make_aware(datetime.combine(day, time.min))
            times["whole_day"] = True
    return times
