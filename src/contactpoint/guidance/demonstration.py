"""Loads the demo's guides and places: true in general, marked as examples to be checked."""

from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from contactpoint.guidance.content import Content, content
from contactpoint.guidance.door import forget
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import Guide, GuideText, GuideTheme, Place
from contactpoint.guidance.texts.blocks import stored

FOLDER: Final = Path(__file__).parent / "demo"
WORDS: Final = {"names": "name", "addresses": "address", "notes": "note"}


@transaction.atomic
def load_guidance(folder: Path = FOLDER, *, examples: bool = True) -> int:
    """Create what is not there yet and leave the rest alone; returns how many texts were made."""
    found = content(folder)
    guides = _guides(found)
    _places(found)
    there = set(GuideText.objects.values_list("guide__code", "language"))
    now = timezone.now()
    made = [
        GuideText(
            guide=guides[code],
            language=language,
            title=draft.title,
            summary=draft.summary,
            body=stored(draft.blocks),
            is_example=examples,
            seen=_seen(found, code) if language != SOURCE else {},
            first_published_at=now,
            last_published_at=now,
        )
        for (code, language), draft in found.texts.items()
        if (code, language) not in there
    ]
    GuideText.objects.bulk_create(made)
    forget(GuideText)
    return len(made)


def _guides(found: Content) -> dict[str, Guide]:
    themes = {}
    for place, row in enumerate(found.themes):
        themes[row["code"]], _made = GuideTheme.objects.get_or_create(
            code=row["code"], defaults={"icon": row["icon"], "sort_order": place}
        )
    guides = {}
    for place, row in enumerate(found.guides):
        fields: dict[str, Any] = {
            "theme": themes[row["theme"]],
            "icon": row["icon"],
            "step": row.get("step"),
            "core": row.get("core", False),
            "sort_order": place,
        }
        guides[row["code"]], _made = Guide.objects.get_or_create(code=row["code"], defaults=fields)
    return guides


def _places(found: Content) -> None:
    """New places; of those that are there the words in languages that they lack."""
    there = {place.code: place for place in Place.objects.all()}
    for order, row in enumerate(found.places):
        said = {
            field: {
                language: words[row["code"]][part]
                for language, words in found.place_words.items()
                if words.get(row["code"], {}).get(part)
            }
            for field, part in WORDS.items()
        }
        place = there.get(row["code"])
        if place is None:
            Place.objects.create(**_fields(row), **said, sort_order=order)
        elif place.is_example == row.get("example", False):
            for field, words in said.items():
                setattr(place, field, words | getattr(place, field))
            place.save(update_fields=list(said))


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a place, from its row in the file."""
    kept = {"code", "kind", "phone", "email", "website", "latitude", "longitude", "always_open",
            "hours", "languages", "interpreter"}  # fmt: skip
    renamed = {"is_free": row.get("free", False), "is_example": row.get("example", False)}
    return {name: value for name, value in row.items() if name in kept} | renamed


def _seen(found: Content, code: str) -> dict[str, str]:
    """The source's blocks at the time of the translation: now."""
    source = found.texts.get((code, SOURCE))
    return {block.id: block.digest for block in source.blocks} if source else {}
