"""Where one goes from a page: to the next section, back, to the review; and where one was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from contactpoint.consultations.questions import Question, Value
from contactpoint.consultations.questions.walking import Course, Shown
from contactpoint.consultations.spoken import KEY
from contactpoint.consultations.surveys.reading_in import chosen


def address(name: str, *arguments: str) -> str:
    """Of a respondent's page, in the active language, and with the one that was chosen."""
    url = reverse(f"consultations_{name}", args=arguments)
    return f"{url}?{KEY}={chosen()}" if chosen() else url


@dataclass(frozen=True, slots=True)
class Place:
    """A section on the way: its number, and how many there are as far as one can tell now."""

    shown: Shown
    number: int
    count: int
    before: str = ""
    after: str = ""


def asked_in(shown: Shown) -> list[Question]:
    """The questions of a section that somebody answers."""
    return [one for one in shown.questions if one.is_asked]


def place(way: Course, section: str) -> Place | None:
    """Where a section lies; none where it is not on the way."""
    codes = [one.section.code for one in way.sections]
    if section not in codes:
        return None
    at = codes.index(section)
    return Place(
        way.sections[at],
        at + 1,
        len(codes),
        codes[at - 1] if at else "",
        codes[at + 1] if at + 1 < len(codes) else "",
    )


REVIEW: Final = "-"
"""Stands for the review where a section is kept; no section has this code."""


def goes_on_with(way: Course, section: str, to: str) -> str:
    """What is kept as the section to go on with, once this one was left by that button."""
    here = place(way, section)
    if to == "back" and here is not None and here.before:
        return here.before
    if to != "on":
        return section
    return here.after if here is not None and here.after else REVIEW


def left_at(way: Course, kept: str, stored: Mapping[str, Value], lacking: Iterable[str]) -> str:
    """The section to go on with: the one that is kept, as long as it is on the way. Else the last
    that has an answer if something is missing there, or the one after it. "" for the review."""
    if kept == REVIEW:
        return ""
    if way.section(kept) is not None:
        return kept
    missing = set(lacking)
    last = -1
    for at, shown in enumerate(way.sections):
        if any(one.code in stored for one in asked_in(shown)):
            last = at
    if last >= 0 and any(one.code in missing for one in asked_in(way.sections[last])):
        return way.sections[last].section.code
    return way.sections[last + 1].section.code if last + 1 < len(way.sections) else ""


def new_questions(way: Course, section: str, seen: Iterable[str]) -> list[Question]:
    """Questions of a section that its page did not show yet, because they hang on its answers."""
    shown = way.section(section)
    known = set(seen)
    return [one for one in asked_in(shown) if one.code not in known] if shown else []
