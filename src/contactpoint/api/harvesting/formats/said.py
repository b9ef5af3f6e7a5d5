"""What both forms tell of a thing, as the interface for programs has it."""

import mimetypes
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from contactpoint.glossary.scheme import concept_address
from contactpoint.kit.labels import pick

SCHEMA_LOCATION: Final = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a thing is about: an address, and its names by language."""

    address: str
    labels: Mapping[str, str]
    is_theme: bool


def subjects(values: Mapping[str, Any]) -> Iterator[Subject]:
    """Themes by their address in the interface, concepts by their identifier."""
    for one in values["themes"]:
        yield Subject(one["self"], one["label"], is_theme=True)
    for one in values["concepts"]:
        yield Subject(concept_address(one["id"]), one["label"], is_theme=False)


def institutions(values: Mapping[str, Any], *roles: str) -> list[tuple[str, str]]:
    """Name and its language of those that have one of these parts in it."""
    return [
        named(one["institution"]["label"], values)
        for one in values["institutions"]
        if one["role"] in roles
    ]


def named(labels: Mapping[str, str], values: Mapping[str, Any]) -> tuple[str, str]:
    """A name in the language of the thing, else in any."""
    for code in (*languages(values), "en", *labels):
        if labels.get(code):
            return labels[code], code
    return pick(labels), ""


def languages(values: Mapping[str, Any]) -> list[str]:
    """In which it can be read: those of its pages, then those of its files."""
    of_files = (one["language"] for one in values["files"] if one["language"])
    return unique([*values["title"], *of_files])


def media_types(values: Mapping[str, Any]) -> list[str]:
    """Of its files."""
    guessed = (mimetypes.guess_type(f"a.{one['format']}")[0] for one in values["files"])
    return unique(one for one in guessed if one)


def unique(texts: Iterable[str]) -> list[str]:
    """Each once, in the order given."""
    return list(dict.fromkeys(texts))
