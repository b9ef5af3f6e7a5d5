"""What search engines read of an item: schema.org as a data block, which runs nothing.

One function a kind, registered by it; all share the name, the languages and what it is about.
"""

import mimetypes
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from django.conf import settings

from contactpoint.glossary.naming import Named
from contactpoint.glossary.scheme import concept_address
from contactpoint.kit.citing import doi_address
from contactpoint.kit.labels import pick, picked
from contactpoint.kit.pictures import Look
from contactpoint.outputs.durations import iso_length
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.files import Attached
from contactpoint.outputs.films import Film
from contactpoint.outputs.models import (
    Development,
    Event,
    Family,
    NewsItem,
    Output,
    OutputInstitution,
    Publication,
    Vacancy,
    Video,
)
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.relations import About

CONTEXT: Final = "https://schema.org"
_FAMILIES: Final[dict[str, str]] = {
    Family.Form.STUDY: "Collection",
    Family.Form.SERIES: "CreativeWorkSeries",
}
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
    others: Mapping[str, str] = field(default_factory=dict)
    """Addresses of the same thing by its other languages."""
    look: Look | None = None
    film: Film | None = None

    def institutions(self, *roles: str) -> list[Named]:
        """Those that have one of these parts in it."""
        return [one for role in roles for one in self.about.institutions.get(role, ())]

    def organisations(self, *roles: str) -> list[Properties]:
        """The same as they are told."""
        return [{"@type": "Organization", "name": one.label} for one in self.institutions(*roles)]


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
    shared = {
        "@context": CONTEXT,
        "name": page.title,
        "description": page.search_description or page.teaser,
        "url": described.url,
    }
    return _kept(shared | own(described))


def structured_family(
    family: Family, url: str, language: str, parts: Iterable[Entry]
) -> Properties:
    """A study or series, with what stands in it."""
    name, named_in = picked(family.labels)
    return _kept(
        {
            "@context": CONTEXT,
            "@type": _FAMILIES[family.form],
            "name": name,
            "description": pick(family.summaries),
            "url": url,
            "inLanguage": named_in or language,
            "hasPart": [
                {
                    "@type": "CreativeWork",
                    "name": part.title,
                    "url": f"{settings.BASE_URL}{part.url}",
                    "inLanguage": part.borrowed_whole or part.language,
                }
                for part in parts
                if part.kind != Kind.EVENT  # no work, and so no part of one
            ],
        }
    )


def _kept(properties: Properties) -> Properties:
    return {name: value for name, value in properties.items() if value}


def _about(described: Described) -> list[Properties]:
    return [
        {"@type": "DefinedTerm", "@id": concept_address(one.slug), "name": one.label}
        for one in described.about.concepts
    ]


def _work(described: Described) -> Properties:
    """What every kind has that is a creative work; events and posts are none."""
    page = described.page
    return {
        "inLanguage": described.language,
        "workTranslation": [
            {
                "@type": "CreativeWork",
                "@id": f"{settings.BASE_URL}{url}",
                "url": f"{settings.BASE_URL}{url}",
                "inLanguage": code,
            }
            for code, url in described.others.items()
        ],
        "datePublished": _day(page),
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else "",
        "about": _about(described),
        "spatialCoverage": [one.label for one in described.about.countries],
        "isPartOf": [
            {
                "@type": _FAMILIES[one.form],
                "name": one.label,
                "url": f"{settings.BASE_URL}{one.url}",
            }
            for one in described.about.families
        ],
    }


def _day(page: Output) -> str:
    return page.published_on.isoformat() if page.published_on else ""


def _site() -> Properties:
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{settings.BASE_URL}/"}


@describes(NewsItem)
def _news(described: Described) -> Properties:
    return _work(described) | {
        "@type": "NewsArticle",
        "headline": described.page.title,
        "author": described.organisations(Role.AUTHOR) or [_site()],
        "publisher": _site(),
    }


@describes(Publication)
def _publication(described: Described) -> Properties:
    page = cast("Publication", described.page)
    period = "/".join(day.isoformat() for day in (page.covers_from, page.covers_until) if day)
    work = _work(described)
    if page.series and not work["isPartOf"]:
        work["isPartOf"] = [{"@type": "CreativeWorkSeries", "name": page.series}]
    return work | {
        "@type": "Report",
        "author": [
            *({"@type": "Person", "name": name} for name in page.author_names),
            *described.organisations(Role.AUTHOR),
        ],
        "publisher": described.organisations(Role.PUBLISHER) or [_site()],
        "sponsor": described.organisations(Role.COMMISSIONER),
        "genre": page.get_publication_type_display(),
        "temporalCoverage": period,
        "identifier": doi_address(page.doi) if page.doi else "",
        "image": f"{settings.BASE_URL}{described.look.url}" if described.look else "",
        "encoding": [_file(file) for file in described.files],
    }


def _file(file: Attached) -> Properties:
    return _kept(
        {
            "@type": "MediaObject",
            "name": file.title,
            "contentUrl": f"{settings.BASE_URL}{file.url}",
            "contentSize": str(file.size) if file.size else "",
            "encodingFormat": mimetypes.guess_type(f"a.{file.extension.lower()}")[0],
            "sha256": file.checksum,
            "inLanguage": file.language,
        }
    )


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
    status = "EventCancelled" if page.called_off else "EventScheduled"
    mode = modes.get((page.online, bool(page.place)), "Offline")
    return {
        "@type": "Event",
        "inLanguage": described.language,
        "about": _about(described),
        "startDate": start,
        "endDate": end,
        "eventStatus": f"https://schema.org/{status}",
        "location": places,
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "organizer": described.organisations(Role.AUTHOR, Role.PUBLISHER),
    }


@describes(Video)
def _video(described: Described) -> Properties:
    film = described.film
    own: Properties = {}
    if film is not None:
        own = {
            "contentUrl": f"{settings.BASE_URL}{film.url}",
            "encodingFormat": film.kind,
            "duration": iso_length(film.seconds),
            "thumbnailUrl": f"{settings.BASE_URL}{film.poster}" if film.poster else "",
            "caption": [
                {
                    "@type": "MediaObject",
                    "contentUrl": f"{settings.BASE_URL}{track.url}",
                    "encodingFormat": "text/vtt",
                    "inLanguage": track.language,
                }
                for track in film.tracks
            ],
        }
    return _work(described) | {
        "@type": "VideoObject",
        **own,
        "uploadDate": _day(described.page),
        "publisher": described.organisations(Role.PUBLISHER) or [_site()],
    }


@describes(Vacancy)
def _vacancy(described: Described) -> Properties:
    page = cast("Vacancy", described.page)
    roles = (Role.EMPLOYER, Role.PUBLISHER, Role.AUTHOR, Role.MENTIONED)
    employer = next(iter(described.institutions(*roles)), None)
    seat = described.about.seats.get(employer.slug, "") if employer else ""
    address = {"@type": "PostalAddress", "addressCountry": seat}
    return {
        "@type": "JobPosting",
        "title": page.title,
        "datePosted": _day(page),
        "validThrough": page.closes_on.isoformat() if page.closes_on else "",
        "hiringOrganization": next(iter(described.organisations(*roles)), ""),
        "jobLocation": {"@type": "Place", "address": address} if seat else "",
    }


@describes(Development)
def _development(described: Described) -> Properties:
    page = cast("Development", described.page)
    return _work(described) | {
        "@type": "Legislation" if page.legal_reference else "Article",
        "headline": page.title,
        "legislationIdentifier": page.legal_reference,
        "temporalCoverage": f"{page.effective_on.isoformat()}/.." if page.effective_on else "",
    }
