"""The parts of a study as its round knows them again."""

from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID, uuid5

from wagtail.models import PageLogEntry

from contactpoint.consultations.studies.bodies import SPACE
from contactpoint.outputs.models import Publication

WRITTEN: Final = "consultations.study_written"


@dataclass(frozen=True, slots=True)
class Made:
    """A part in one language, and what was done with it."""

    part: str
    language: str
    page: int
    title: str
    what: Literal["made", "renewed", "left", "removed"]
    is_live: bool


def key_of(round: int, part: str, state: str = "") -> UUID:
    """Links the languages of a part, and finds it again."""
    return uuid5(SPACE, f"{part} {round} {state}")


def is_touched(page: Publication) -> bool:
    """Whether it is public, or somebody has worked on it since it was written here."""
    if page.live:
        return True
    entry = PageLogEntry.objects.filter(page=page.pk, action=WRITTEN).order_by("-pk").first()
    return entry is None or entry.data.get("revision") != page.latest_revision_id
