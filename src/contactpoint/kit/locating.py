"""Finds the page at an address, what stands above it and its other languages, in one query.

Wagtail walks down the tree, one query a level, then asks for restrictions and for translations.
Here the addresses of all levels are known beforehand, so one query fetches them all.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from wagtail.models import Page, Site

from contactpoint.kit.prepared import rows
from contactpoint.kit.visibility import restricted


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the address that it leads to; `language` where the name is in another than the
    page that it leads to says."""

    label: str
    url: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a page before it is fetched."""

    pk: int
    title: str
    url_path: str
    live: bool
    expire_at: datetime | None
    content_type_id: int
    translation_key: UUID
    language: str
    is_restricted: bool
    title_language: str = ""
    whole_language: str = ""
    """In what language the title, and all its words, stand where nobody has translated them."""

    @property
    def visible(self) -> bool:
        """Whether any reader may see it now."""
        expired = self.expire_at is not None and self.expire_at <= timezone.now()
        return self.live and not expired and not self.is_restricted


@dataclass(frozen=True, slots=True)
class Location:
    """A page in the tree: `crumbs` lead to it, `translations` are addresses by language.

    `reader` is the reader's language where the page is not in it; `offered` says that the page may
    be read that way in every language of the portal. `borrowed` are those of the translations that
    have an address and not a word of their own yet, with the language in which they stand.
    """

    row: Row
    crumbs: list[Link] = field(default_factory=list)
    translations: dict[str, str] = field(default_factory=dict)
    reader: str = ""
    offered: bool = False
    borrowed: dict[str, str] = field(default_factory=dict)

    @property
    def translated(self) -> dict[str, str]:
        """Addresses of the languages in which there is something to read."""
        return {code: url for code, url in self.translations.items() if code not in self.borrowed}


def roots(request: HttpRequest | None = None) -> dict[str, str]:
    """The `url_path` of the front page by language, for the site that answers; empty if none does.

    A single site answers to every allowed host, which spares the query that looks for it. Without
    a request, as in a command, the site that comes first answers.
    """
    paths = Site.get_site_root_paths()
    sites = {path.site_id for path in paths}
    if request is None:
        sites = {path.site_id for path in paths[:1]}
    elif len(sites) > 1:
        site = Site.find_for_request(request)
        sites = {site.pk} if site else set()
    return {path.language_code: path.root_path for path in paths if path.site_id in sites}


def address(url_path: str, language: str, root_path: str) -> str:
    """The address of a page of this site: `/home-fr/news/` in French is `/fr/news/`.

    Letters beyond ASCII are encoded, as Django and Wagtail do it: what leaves the site as an
    address (feeds, sitemap, interface, links) is a URI.
    """
    return iri_to_uri(f"/{language}/{url_path[len(root_path) :]}")


def locate(request: HttpRequest, language: str, path: str) -> Location | None:
    """The page at `path` under the front page of `language`; None where there is none."""
    known = roots(request)
    if language not in known:
        return None
    parts = [part for part in path.split("/") if part]
    levels = [known[language]]
    for part in parts:
        levels.append(f"{levels[-1]}{part}/")
    return _fetch(levels, known)


def _fetch(levels: list[str], known: dict[str, str]) -> Location | None:
    slugs = [level.rstrip("/").rpartition("/")[2] for level in levels]
    found = rows(("locate", len(levels)), _around, [*slugs, *levels])
    around = [Row(*values) for values in found]
    by_path = {row.url_path: row for row in around}
    target = by_path.get(levels[-1])
    if target is None:
        return None
    above = [by_path[level] for level in levels[:-1] if level in by_path]
    versions = [
        row
        for row in around
        if row.translation_key == target.translation_key
        and row.visible
        and row.url_path.startswith(known.get(row.language, "?"))
    ]
    return Location(
        row=target,
        crumbs=[
            Link(row.title, address(row.url_path, row.language, levels[0]), row.title_language)
            for row in above[1:]
            if row.visible
        ],
        translations={
            row.language: address(row.url_path, row.language, known[row.language])
            for row in versions
        },
        borrowed={row.language: row.whole_language for row in versions if row.whole_language},
    )


def _around(values: list[str]) -> "QuerySet[Page, Any]":
    """The pages of all levels and the translations of the last one.

    The slugs are indexed, the addresses are not: naming both lets the database use the index.
    """
    slugs, levels = values[: len(values) // 2], values[len(values) // 2 :]
    last = Page.objects.order_by().filter(slug=slugs[-1], url_path=levels[-1])
    return (
        Page.objects.order_by()
        .filter(
            Q(slug__in=slugs, url_path__in=levels)
            | Q(translation_key__in=last.values("translation_key"))
        )
        .values_list(
            "pk",
            "title",
            "url_path",
            "live",
            "expire_at",
            "content_type_id",
            "translation_key",
            "locale__language_code",
            restricted(),
            Coalesce("borrowed__title", Value("")),
            Coalesce("borrowed__whole", Value("")),
        )
    )
