"""What search engines read of an item: schema.org as a data block, which runs nothing.

One function a kind, registered by it; all share the name, the languages and what it is about.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from contactpoint.glossary.scheme import concept_address
from contactpoint.outputs.files import Attached
from contactpoint.outputs.models import (
    Development,
    Event,
    NewsItem,
    Output,
    OutputInstitution,
    Publication,
    Vacancy,
    Video,
)
from contactpoint.outputs.relations import About

_ESCAPED: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028"}
Role = OutputInstitution.Role
Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Described:
    """An item with what its page knows of it; `url` is absolute."""

    page: Output
    url: str
    language: str
    about: About
    files: Sequence[Attached] = ()

    def organisations(self, *roles: str) -> list[Properties]:
        """The institutions that have one of these parts in it."""
        return [
            {"@type": "Organization", "name": one.label}
            for role in roles
            for one in self.about.institutions.get(role, ())
        ]


Describe = Callable[[Described], Properties]
_kinds: dict[type[Output], Describe] = {}


def describes(model: type[Output]) -> Callable[[Describe], Describe]:
    """Registers what only items of a kind have; it names their `@type`."""

    def registered(function: Describe) -> Describe:
        _kinds[model] = function
        return function

    return registered


def structured(described: Described) -> Properties:
    """The item as schema.org has it; properties without a value are left out."""
    page = described.page
    own = _kinds.get(type(page))
    if own is None:
        return {}
    about = [
        {"@type": "DefinedTerm", "@id": concept_address(one.slug), "name": one.label}
        for one in described.about.concepts
    ]
    shared = {
        "@context": "https://schema.org",
        "name": page.title,
        "description": page.search_description or page.teaser,
        "url": described.url,
        "inLanguage": described.language,
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else "",
        "about": about,
        "spatialCoverage": [one.label for one in described.about.countries],
    }
    return {name: value for name, value in (shared | own(described)).items() if value}


def data_block(properties: Properties) -> SafeString:
    """The properties as JSON that can't end the element in which it stands."""
    text = json.dumps(properties, ensure_ascii=False)
    for sign, code in _ESCAPED.items():
        text = text.replace(sign, code)
    return mark_safe(text)  # noqa: S308 — no sign is left that HTML knows


def _day(page: Output) -> str:
    return page.published_on.isoformat() if page.published_on else ""


def _site() -> Properties:
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{settings.BASE_URL}/"}


@describes(NewsItem)
def _news(described: Described) -> Properties:
    return {
        "@type": "NewsArticle",
        "headline": described.page.title,
        "datePublished": _day(described.page),
        "author": described.organisations(Role.AUTHOR) or [_site()],
        "publisher": _site(),
    }


@describes(Publication)
def _publication(described: Described) -> Properties:
    page = cast("Publication", described.page)
    period = "/".join(day.isoformat() for day in (page.covers_from, page.covers_until) if day)
    return {
        "@type": "Report",
        "datePublished": _day(page),
        "author": [
            *({"@type": "Person", "name": name} for name in page.author_names),
            *described.organisations(Role.AUTHOR),
        ],
        "publisher": described.organisations(Role.PUBLISHER) or [_site()],
        "sponsor": described.organisations(Role.COMMISSIONER),
        "genre": page.get_publication_type_display(),
        "temporalCoverage": period,
        "identifier": f"https://doi.org/{page.doi}" if page.doi else "",
        "isPartOf": {"@type": "CreativeWorkSeries", "name": page.series} if page.series else "",
        "encoding": [_file(file) for file in described.files],
    }


def _file(file: Attached) -> Properties:
    found = {
        "@type": "MediaObject",
        "name": file.title,
        "contentUrl": f"{settings.BASE_URL}{file.url}",
        "contentSize": str(file.size) if file.size else "",
        "inLanguage": file.language,
    }
    return {name: value for name, value in found.items() if value}


@describes(Event)
def _event(described: Described) -> Properties:
    page = cast("Event", described.page)
    start, end = (
        moment and (moment.date() if page.whole_day else moment).isoformat()
        for moment in (page.starts_at, page.ends_at)
    )
    places: list[Properties] = []
    if page.place:
        places.append({"@type": "Place", "name": page.place, "address": page.place})
    if page.online:
        places.append({"@type": "VirtualLocation", "url": described.url})
    modes = {(True, True): "Mixed", (True, False): "Online"}
    mode = modes.get((page.online, bool(page.place)), "Offline")
    return {
        "@type": "Event",
        "startDate": start,
        "endDate": end,
        "location": places,
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "organizer": described.organisations(Role.AUTHOR, Role.PUBLISHER),
    }


@describes(Video)
def _video(described: Described) -> Properties:
    return {
        "@type": "VideoObject",
        "uploadDate": _day(described.page),
        "publisher": described.organisations(Role.PUBLISHER) or [_site()],
    }


@describes(Vacancy)
def _vacancy(described: Described) -> Properties:
    page = cast("Vacancy", described.page)
    employers = described.organisations(Role.PUBLISHER, Role.AUTHOR, Role.MENTIONED)
    return {
        "@type": "JobPosting",
        "title": page.title,
        "datePosted": _day(page),
        "validThrough": page.closes_on.isoformat() if page.closes_on else "",
        "hiringOrganization": employers[0] if employers else "",
    }


@describes(Development)
def _development(described: Described) -> Properties:
    page = cast("Development", described.page)
    return {
        "@type": "Legislation" if page.legal_reference else "Article",
        "headline": page.title,
        "datePublished": _day(page),
        "legislationIdentifier": page.legal_reference,
        "temporalCoverage": f"{page.effective_on.isoformat()}/.." if page.effective_on else "",
    }
