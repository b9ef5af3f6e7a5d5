"""What a catalogue says of a dataset, whatever it is written in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import override

from contactpoint.api.rights import Rights

Words = Mapping[str, str]


def languages() -> list[str]:
    """Those of the portal."""
    return [code for code, _name in settings.LANGUAGES]


def in_all(say: Callable[[], str]) -> dict[str, str]:
    """A sentence in each language of the portal."""
    found = {}
    for code in languages():
        with override(code):
            found[code] = str(say())
    return found


def everywhere(path: str) -> dict[str, str]:
    """The whole addresses of a page that has the same path in every language."""
    return {code: f"{settings.BASE_URL}/{code}/{path}" for code in languages()}


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file of a dataset. `name` is its own within the dataset; `ending` says what it is."""

    name: str
    url: str
    ending: str
    title: Words
    licence: str = ""
    rights: Rights | None = None
    language: str = ""
    bytes: int = 0
    sha256: str = ""
    conforms_to: str = ""
    is_packed: bool = False
    service: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset; `name` is its own within the catalogue. `temporal` are its first and last day."""

    name: str
    title: Words
    description: Words
    pages: Words
    distributions: Sequence[Distribution] = ()
    theme: str = ""
    frequency: str = ""
    places: Sequence[str] = ()
    temporal: tuple[date, date] | None = None
    subjects: Sequence[str] = ()
    keywords: Sequence[Words] = ()
    sources: Sequence[str] = ()
    conforms_to: str = ""
    version: str = ""
    issued: date | None = None
    changed: datetime | date | None = None
    languages: Sequence[str] = field(default_factory=languages)
