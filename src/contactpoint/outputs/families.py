"""Studies and series as readers meet them: a page for each, and what stands before and after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from contactpoint.glossary.languages import name_in
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link, address
from contactpoint.kit.prepared import rows
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.models import Family, FamilyLink, Output, Part, PartElsewhere
from contactpoint.outputs.querysets import entries, offered, readable
from contactpoint.outputs.relations import Kinship

_FIRST: Final = date.min


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands before and after an item in one of its series."""

    series: Kinship
    previous: Link | None = None
    following: Link | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A part that another site holds; `language_name` is empty where nobody said the language."""

    title: str
    url: str
    language: str
    language_name: str
    country: str


@dataclass(slots=True)
class Group:
    """All parts of one kind."""

    part: str
    heading: str
    entries: list[Entry] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)


def members(family: Family, known_roots: Mapping[str, str], language: str) -> list[Entry]:
    """The outputs of a family, the newest first; each once, if it can be in `language`.

    Two queries; three for a series, whose issues stand by what they cover.
    """
    pages = FamilyLink.objects.filter(family=family).order_by().values("page")
    found = entries(offered().filter(pk__in=pages), language, known_roots)
    chosen: dict[UUID, Entry] = {}
    for entry in sorted(found, key=lambda entry: (_distance(entry.language, language), entry.pk)):
        chosen.setdefault(entry.translation_key, entry)
    shown = sorted(chosen.values(), key=lambda entry: (entry.day or _FIRST, entry.pk), reverse=True)
    if family.form == Family.Form.SERIES:
        issues = _in_order(_issues([family.slug]), language)
        place = {row[1]: number for number, row in enumerate(issues)}
        shown.sort(key=lambda entry: -place.get(entry.translation_key, 0))
    return shown


def can_be_seen(family: Family) -> bool:
    """Whether readers can see anything of it, in whatever language: till then its name may say
    what is being prepared. Two queries at most."""
    return (
        offered().filter(family_links__family=family).exists()
        or PartElsewhere.objects.filter(family=family).exists()
    )


def groups(family: Family, found: Sequence[Entry]) -> list[Group]:
    """The parts of a study in the order of `Part`, some of them on other sites; two queries."""
    part_of = dict(FamilyLink.objects.filter(family=family).values_list("page", "part"))
    made = {part.value: Group(part.value, str(part.label)) for part in Part}
    for entry in found:
        made[part_of[entry.pk]].entries.append(entry)
    for row in PartElsewhere.objects.filter(family=family).select_related("country"):
        made[row.part].elsewhere.append(_elsewhere(row))
    return [group for group in made.values() if group.entries or group.elsewhere]


def neighbours(
    page: Output, kin: Iterable[Kinship], language: str, known_roots: Mapping[str, str]
) -> list[Neighbours]:
    """What stands before and after `page` in each of its series; one query, none without a series.

    By the end of the period that they cover, else by their date; in `language`, else in another.
    """
    series = [one for one in kin if one.form == Family.Form.SERIES]
    if not series:
        return []
    found = _issues([one.slug for one in series])
    made = []
    for one in series:
        in_order = _in_order((row for row in found if row[0] == one.slug), language)
        links = [
            Link(
                title,
                address(path, code, known_roots.get(code, "/")),
                "" if (spoken or code) == language else spoken or code,
            )
            for _slug, _key, title, path, code, *_days, spoken in in_order
        ]
        keys = [row[1] for row in in_order]
        if page.translation_key not in keys:  # a draft
            made.append(Neighbours(one))
            continue
        place = keys.index(page.translation_key)
        previous = links[place - 1] if place else None
        following = links[place + 1] if place + 1 < len(links) else None
        made.append(Neighbours(one, previous, following))
    return made


def _issues(slugs: Sequence[str]) -> list[tuple[Any, ...]]:
    """All that stands in these series, in every language; one query."""
    return rows(("series", len(slugs)), _of_series, [timezone.now(), *slugs])


def _in_order(found: Iterable[tuple[Any, ...]], language: str) -> list[tuple[Any, ...]]:
    """The issues of one series, the oldest first, each in the language that is nearest."""
    issues: dict[UUID, tuple[Any, ...]] = {}
    for row in sorted(found, key=lambda row: _distance(row[4], language)):
        issues.setdefault(row[1], row)
    return sorted(issues.values(), key=lambda row: (*_days_of(row), str(row[1])))


def _of_series(values: list[Any]) -> "QuerySet[Any, Any]":
    return (
        readable("", values[0])
        .filter(family_links__family__slug__in=values[1:])
        .values_list(
            "family_links__family__slug",
            "translation_key",
            "title",
            "url_path",
            "locale__language_code",
            "publication__covers_until",
            "publication__covers_from",
            "published_on",
            "borrowed__title",
        )
    )


def _days_of(row: tuple[Any, ...]) -> tuple[date, date]:
    covers_until, covers_from, published_on = row[5:8]
    return covers_until or covers_from or published_on or _FIRST, published_on or _FIRST


def _distance(code: str, language: str) -> tuple[bool, bool]:
    """How far a language is from what the reader asked for: sorts the nearest first."""
    return code != language, code != FALLBACK_LANGUAGE


def _elsewhere(row: PartElsewhere) -> Elsewhere:
    name = name_in(row.language, get_language() or FALLBACK_LANGUAGE) if row.language else ""
    country = row.country.label if row.country else ""
    return Elsewhere(row.title, row.url, row.language, name, country)
