"""The sitemap: every page that any reader may see, with its languages; few queries in all.

Format: sitemaps.org 0.9, alternates as Google describes them (`xhtml:link`, `x-default`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import Final
from uuid import UUID
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page

from contactpoint.consultations.pages.listing import told_of
from contactpoint.dissemination.models import IssueEdition
from contactpoint.glossary.models import Concept, SchemeVersion, Theme
from contactpoint.guidance.reachable import reachable
from contactpoint.home.sitemap_kinds import NAMES
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import address, roots
from contactpoint.kit.visibility import visible, words_of_its_own
from contactpoint.network.models import Institution
from contactpoint.outputs.models import Family, FamilyLink
from contactpoint.outputs.relations import FORMS
from contactpoint.statistics.addresses import country_slug
from contactpoint.statistics.configured import shown
from contactpoint.statistics.reading import countries_with_figures

MOST: Final = 10_000
"""Addresses in one file; the format allows 50,000, but each names its languages: that is 25 MB."""
STANDING: Final = (
    "themes", "glossary", "glossary/hierarchy", *FORMS.values(),
    "statistics", "statistics/countries", "statistics/compare",
    "consultations", "consultations/compare", "newsletter",
)  # fmt: skip
NAMESPACES: Final = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(slots=True)
class Place:
    """One thing and its address in each language; of `here` the part tells, of the others another
    part does."""

    addresses: dict[str, str] = field(default_factory=dict)
    changed: dict[str, datetime | None] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)


@require_safe
@conditional_page
@cache_control(no_cache=True)
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses, or an index of parts where there are too many for one file.

    Pages come in parts by their numbers, so that neither the index nor a part has to go through
    all of them; what isn't a page follows.
    """
    asked = request.GET.get("part", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 8):
        raise Http404
    ends = -(-(Page.objects.aggregate(last=Max("pk"))["last"] or 0) // MOST)
    if asked:
        lines = list(_part(request, int(asked), ends))
        if not lines:
            raise Http404
        return _xml(_urlset(lines))
    lines = list(_lines(things()))
    if ends <= 1:
        pages = list(_part(request, 1, ends))
        if len(pages) + len(lines) <= MOST:
            return _xml(_urlset([*pages, *lines]))
    after = range(ends + 1, ends + 1 - (-len(lines) // MOST))
    return _xml(_index([*_with_pages(ends), *after]))


def _part(request: HttpRequest, number: int, ends: int) -> Iterator[str]:
    """The lines of a part, of which the first `ends` are of pages."""
    if 1 <= number <= ends:
        return _lines(_pages(request, number))
    start = (number - ends - 1) * MOST
    return islice(_lines(things()), start, start + MOST) if start >= 0 else iter(())


def _shown() -> "QuerySet[Page]":
    return visible(Page.objects.order_by()).filter(words_of_its_own(), depth__gt=1)


def _of_part(number: int) -> "QuerySet[Page]":
    return _shown().filter(pk__gt=(number - 1) * MOST, pk__lte=number * MOST)


def _with_pages(ends: int) -> Iterator[int]:
    """The parts in which there is a page to show; a query for each million."""
    for start in range(1, ends + 1, 100):
        numbers = range(start, min(start + 100, ends + 1))
        looks = [Exists(_of_part(number)) for number in numbers]
        found = Page.objects.order_by("path").values_list(*looks).first() or ()
        yield from (number for number, is_there in zip(numbers, found, strict=True) if is_there)


def _pages(request: HttpRequest, number: int) -> Iterable[Place]:
    """The pages of a part, with their other languages; one query."""
    known = roots(request)
    first, last = (number - 1) * MOST, number * MOST
    # Of all in the range, hidden or not: who may see what is asked of what is found.
    keys = Page.objects.order_by().filter(pk__gt=first, pk__lte=last).values("translation_key")
    found = _shown().filter(translation_key__in=keys).order_by("pk")
    pages: dict[UUID, Place] = {}
    for pk, key, language, url_path, changed in found.values_list(
        "pk", "translation_key", "locale__language_code", "url_path", "last_published_at"
    ):
        if url_path.startswith(known.get(language, "?")):
            place = pages.setdefault(key, Place())
            place.addresses[language] = address(url_path, language, known[language])
            place.changed[language] = changed
            if first < pk <= last:
                place.here.add(language)
    return pages.values()


def things() -> Iterator[Place]:
    """The glossary and its versions, statistics, issues of the newsletter, guidance,
    consultations, themes, families, institutions, concepts."""
    yield from (everywhere(f"{name}/") for name in STANDING)
    yield from _versions()
    yield from _statistics()
    yield from _issues()
    for one in reachable():
        yield Place(one.addresses, one.changed, set(one.addresses))
    # Without a day: of a round it may tell when something changed that is not for everybody.
    for code in told_of().order_by("code").values_list("code", flat=True):
        yield everywhere(f"consultations/{code}/")
    for form, slug in _named():
        yield everywhere(f"{FORMS.get(form, form)}/{slug}/")
    for slug in Institution.objects.values_list("slug", flat=True):
        yield everywhere(f"network/{slug}/")
    for slug, changed in Concept.objects.exclude(status="deprecated").values_list(
        "slug", "updated_at"
    ):
        yield everywhere(f"glossary/{slug}/", changed)


def _versions() -> Iterator[Place]:
    """The list of the glossary's versions, and each of them: that one stays as it is."""
    rows = list(SchemeVersion.objects.order_by("-pk").values_list("number", "published_on"))
    if rows:
        yield everywhere("glossary/versions/", _midnight(rows[0][1]))
    for number, day in rows:
        yield everywhere(f"glossary/versions/{number}/", _midnight(day))


def _statistics() -> Iterator[Place]:
    """Every indicator, and each country that has figures."""
    for name in shown():
        yield everywhere(f"statistics/{name}/")
    for code in countries_with_figures():
        yield everywhere(f"statistics/countries/{country_slug(code)}/")


def _issues() -> Iterator[Place]:
    """Issues of the newsletter that left, in the languages in which they did."""
    left = IssueEdition.objects.filter(issue__number__isnull=False).order_by("-issue__number")
    found: dict[int | None, Place] = {}
    for number, moment, language in left.values_list("issue__number", "issue__sent_at", "language"):
        place = found.setdefault(number, Place())
        place.addresses[language] = f"/{language}/newsletter/{number}/"
        place.changed[language] = moment
        place.here.add(language)
    yield from found.values()


def _named() -> Iterable[tuple[str, str]]:
    """Themes, then studies and series that have parts, in one query."""
    in_use = Exists(FamilyLink.objects.order_by().filter(family=OuterRef("pk")))
    families = Family.objects.order_by().filter(in_use).values_list("form", "slug")
    themes = Theme.objects.order_by().values_list(Value("themes"), "slug")
    return sorted(themes.union(families), key=lambda row: (row[0] != "themes", row))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def everywhere(path: str, changed: datetime | None = None) -> Place:
    """A view that has the same path in every language."""
    languages = [code for code, _name in settings.LANGUAGES]
    addresses = {code: f"/{code}/{path}" for code in languages}
    return Place(addresses, dict.fromkeys(languages, changed), set(languages))


def _lines(found: Iterable[Place]) -> Iterator[str]:
    base = settings.BASE_URL
    for place in found:
        default = place.addresses.get(FALLBACK_LANGUAGE) or next(iter(place.addresses.values()))
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(base + url)}/>'
            for code, url in [*sorted(place.addresses.items()), ("x-default", default)]
        )
        for code, url in place.addresses.items():
            if code not in place.here:
                continue
            moment = place.changed.get(code)
            changed = f"<lastmod>{moment:%Y-%m-%d}</lastmod>" if moment else ""
            yield f"<url><loc>{quoteattr(base + url)[1:-1]}</loc>{changed}{alternates}</url>\n"


def _urlset(lines: Iterable[str]) -> str:
    return f"<urlset {NAMESPACES}>\n{''.join(lines)}</urlset>\n"


def _index(parts: Iterable[int]) -> str:
    """The parts, and the maps of news, films and pictures, which `robots.txt` names too."""
    names = [*(f"sitemap.xml?part={number}" for number in parts), *NAMES]
    lines = "".join(f"<sitemap><loc>{settings.BASE_URL}/{name}</loc></sitemap>\n" for name in names)
    return f"<sitemapindex {NAMESPACES}>\n{lines}</sitemapindex>\n"


def _xml(body: str) -> HttpResponse:
    return HttpResponse(HEAD + body, content_type="application/xml; charset=utf-8")
