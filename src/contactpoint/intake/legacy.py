"""Addresses of the old site lead to where the same thing is now.

Only addresses of this site come out: each is built here from a language, a fixed word and a slug
that was looked up. What is found for good is permanent; an item that is not there (yet) leads to
its list for now, so that no browser remembers that when it comes in with a later import.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import quote, unquote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from contactpoint.glossary.models import Theme
from contactpoint.glossary.naming import concept_url, theme_url
from contactpoint.glossary.terms import vocabulary
from contactpoint.kit.locating import address, roots
from contactpoint.outputs.listing import PER_PAGE, of_kind
from contactpoint.outputs.models import Output, Publication
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.querysets import readable
from contactpoint.vocabulary import fold

SURE: Final = 0.7
"""From this confidence on a keyword of the old site is taken to mean a concept."""
LONGEST: Final = 300
_PUBLICATION_TYPES: Final[dict[str, str]] = {
    "inform": Publication.Type.EMN_INFORM,
    "ad-hoc-query": Publication.Type.AD_HOC_QUERY_COMPILATION,
    "policy-note": Publication.Type.POLICY_PAPER,
    "factsheet": Publication.Type.COUNTRY_FACTSHEET,
    "annual-report": Publication.Type.ANNUAL_POLICY_REPORT,
}
"""Shorter and other names of the old site, in the singular."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an old address leads, and whether it will stay so."""

    url: str
    permanent: bool = True


def item(slug: str, *, language: str, page: str = "") -> Target:
    """The item of that slug, or that was imported from that address; else the list of news."""
    found = _item(slug, language)
    return Target(found) if found else Target(_list(Kind.NEWS_ITEM, language), permanent=False)


def news(*, language: str, page: str = "") -> Target:
    """The list of news; the old site counted its pages from 0."""
    url = _list(Kind.NEWS_ITEM, language)
    number = int(page) + 1 if page.isascii() and page.isdecimal() and len(page) < 5 else 1
    if number == 1:
        return Target(url)
    there_is = of_kind(Kind.NEWS_ITEM, language).count() > (number - 1) * PER_PAGE
    return Target(f"{url}?page={number}" if there_is else url, permanent=there_is)


def news_type(slug: str, *, language: str, page: str = "") -> Target:
    """The list of the kind that the type names, else of news."""
    found = vocabulary().harmonise(_words(slug), language, schemes=["kinds"])
    kind = found.concept if found.concept and found.confidence >= SURE else None
    return Target(_list(kind or Kind.NEWS_ITEM, language), permanent=kind is not None)


def publication_type(slug: str, *, language: str, page: str = "") -> Target:
    """The publications of that type, else all."""
    types = {_singular(value): value for value in Publication.Type.values}
    name = _singular(slug)
    found = types.get(name) or _PUBLICATION_TYPES.get(name)
    query = f"?type={found}" if found else ""
    return Target(_list(Kind.PUBLICATION, language) + query, permanent=found is not None)


def keyword(slug: str, *, language: str, page: str = "") -> Target:
    """The concept that the keyword means, or the list of the kind that it names; else a search.

    A place has no page of its own: the search finds what was put under it.
    """
    words = _words(slug)
    found = vocabulary().harmonise(words, language)
    if found.concept and found.confidence >= SURE:
        if found.scheme == "glossary":
            return Target(concept_url(found.concept, language))
        if found.scheme == "kinds":
            return Target(_list(found.concept, language))
    is_place = found.scheme == "places" and found.confidence >= SURE
    return Target(f"/{language}/search/?{urlencode({'q': words})}", permanent=is_place)


def theme(slug: str, *, language: str, parent: str = "", page: str = "") -> Target:
    """The theme of that name in any language, else its parent, else all themes."""
    names = _theme_names()
    for name, permanent in ((slug, True), (parent, False)):
        known = names.get(_key(name))
        if known:
            return Target(theme_url(known, language), permanent)
    return Target(f"/{language}/themes/", permanent=False)


Resolve = Callable[..., Target]
TABLE: Final[tuple[tuple[tuple[str, ...], Resolve], ...]] = (
    (("news", "<slug>"), partial(item, language="en")),
    (("news",), partial(news, language="en")),
    (("nl", "nieuws", "<slug>"), partial(item, language="nl")),
    (("nl", "nieuws"), partial(news, language="nl")),
    (("fr", "nouvelles", "<slug>"), partial(item, language="fr")),
    (("fr", "nouvelles"), partial(news, language="fr")),
    (("news-type", "<slug>"), partial(news_type, language="en")),
    (("publication-type", "<slug>"), partial(publication_type, language="en")),
    (("keywords", "<slug>"), partial(keyword, language="en")),
    (("statelessness", "<slug>"), partial(theme, language="en")),
    (("statelessness", "<parent>", "<slug>"), partial(theme, language="en")),
    *(
        ((code, name, "<slug>"), partial(resolve, language=code))
        for code in ("nl", "fr")
        for name, resolve in (
            ("news-type", news_type),
            ("publication-type", publication_type),
            ("keywords", keyword),
        )
    ),
)
"""Old addresses, part by part, and what finds the new one."""


def target(path: str, page: str = "") -> Target | None:
    """Where an old path leads; None for a path that the old site did not have."""
    if len(path) > LONGEST:
        return None
    parts = tuple(unquote(part) for part in path.split("/") if part)
    for pattern, resolve in TABLE:
        if len(pattern) == len(parts):
            pairs = list(zip(pattern, parts, strict=True))
            given = {name.strip("<>"): part for name, part in pairs if name.startswith("<")}
            if all(name.startswith("<") or name == part for name, part in pairs) and all(
                part.isprintable() for part in given.values()
            ):
                return resolve(**given, page=page)
    return None


@require_safe
def old_address(request: HttpRequest, **parts: str) -> HttpResponse:
    """Redirect what the url patterns recognised as an old address."""
    found = target(request.path_info, request.GET.get("page", ""))
    return _redirect(found or Target(f"/{settings.LANGUAGE_CODE}/", permanent=False))


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """`/` leads to the reader's language; `/?q=/old/path` was another way to write `/old/path`."""
    asked = request.GET.get("q", "")
    path, _mark, _query = asked.partition("?")
    page = request.GET.get("page", "")
    found = target(path, page) if path else None
    if found:
        return _redirect(found)
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _redirect(found: Target) -> HttpResponse:
    response = HttpResponseRedirect(found.url)
    response.status_code = 301 if found.permanent else 302
    return response


def _list(kind: str, language: str) -> str:
    return f"/{language}/{LISTS[kind][0]}/"


def _item(slug: str, language: str) -> str:
    """The newest item of that slug or source in the language, else a translation of one."""
    known = roots()
    own = readable(language)
    for outputs in (own.filter(slug=slug), own.filter(source_url__endswith=f"/{quote(slug)}")):
        path = outputs.order_by("-pk").values_list("url_path", flat=True).first()
        if path and language in known:
            return address(path, language, known[language])
    keys = Output.objects.filter(slug=slug).order_by().values("translation_key")
    path = own.filter(translation_key__in=keys).values_list("url_path", flat=True).first()
    return address(path, language, known[language]) if path and language in known else ""


def _theme_names() -> dict[str, str]:
    """Every name of every theme, in all languages, without case, accents and small words."""
    names: dict[str, str] = {}
    rows: Any = Theme.objects.order_by("-position").values_list("slug", "labels", "alternatives")
    for slug, labels, alternatives in rows:
        others = [text for texts in alternatives.values() for text in texts]
        for name in [*others, *labels.values(), slug]:
            names[_key(name)] = slug
    return names


def _key(name: str) -> str:
    words = _words(fold(name)).replace("&", " ").split()
    return " ".join(word for word in words if word not in {"and", "et", "en", "und"})


def _words(slug: str) -> str:
    return " ".join(slug.replace("-", " ").replace("_", " ").split())[:100]


def _singular(slug: str) -> str:
    """`thematic-studies` and `thematic-study` are one."""
    words = [
        word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
        for word in slug.lower().split("-")
    ]
    return "-".join(words)
