"""The sitemaps of news, films and pictures, which search engines read by rules of their own.

News: developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap (items of the last
two days, 1,000 at most). Films: …/sitemaps/video-sitemaps. Pictures: …/sitemaps/image-sitemaps.
Nothing is asked of others: a film that is kept elsewhere is theirs to tell of.
"""

import datetime
from collections.abc import Iterable
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page

from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import address, roots
from contactpoint.kit.unseen import without_unseen
from contactpoint.kit.visibility import visible, words_of_its_own
from contactpoint.media.models import CustomImage, CustomRendition, Recording
from contactpoint.media.visibility import public
from contactpoint.outputs.films import poster_of
from contactpoint.outputs.models import NewsItem, Publication, Video

MOST: Final = 1000
HOURS: Final = 48
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_FILM = 100, 2048, 28_800
NARROWEST: Final = 320
"""Pixels; what is less wide was made for the admin."""
NAMES: Final = ("sitemap-news.xml", "sitemap-videos.xml", "sitemap-images.xml")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SHARED: Final = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
_NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
_VIDEO: Final = "http://www.google.com/schemas/sitemap-video/1.1"
_IMAGE: Final = "http://www.google.com/schemas/sitemap-image/1.1"


@require_safe
@conditional_page
@cache_control(no_cache=True)
def news(request: HttpRequest) -> HttpResponse:
    """What was published within two days, and is dated so."""
    since = timezone.now() - datetime.timedelta(hours=HOURS)
    # What is brought in from an old site is published today and is no news.
    fresh = _readable(NewsItem.objects.filter(first_published_at__gte=since)).exclude(
        published_on__lt=timezone.localtime(since).date()
    )
    pages = list(fresh.order_by("-first_published_at")[:MOST])
    lines = []
    for page, told in _located(request, pages):
        moment = page.first_published_at.isoformat(timespec="seconds")
        lines.append(
            f"<url>{told}<news:news><news:publication>{_put('news:name', settings.SITE_NAME)}"
            f"{_put('news:language', page.locale.language_code)}</news:publication>"
            f"{_put('news:publication_date', moment)}{_put('news:title', page.title)}"
            "</news:news></url>\n"
        )
    return _answer(f'xmlns:news="{_NEWS}"', lines)


@require_safe
@conditional_page
@cache_control(no_cache=True)
def videos(request: HttpRequest) -> HttpResponse:
    """Pages with a film of ours that has a still; five queries. No still is made for
    this: one that nobody has looked at yet is left out."""
    films = public(Recording.objects.order_by()).values("pk")
    found = _readable(Video.objects.filter(recording__in=films))
    pages = list(
        found.select_related("recording", "poster")
        .prefetch_related("poster__renditions")
        .order_by("-published_on", "-pk")[:MOST]
    )
    lines = []
    for page, told in _located(request, pages):
        film = _film(page)
        if film:
            lines.append(f"<url>{told}<video:video>{film}</video:video></url>\n")
    return _answer(f'xmlns:video="{_VIDEO}"', lines)


def _film(page: Video) -> str:
    """What has to be there in the order of its rules; empty where there is no still."""
    recording: Any = page.recording
    look = poster_of(page, make=False)
    still = look.url if look else recording.thumbnail.url if recording.thumbnail else ""
    if not still:
        return ""
    seconds = round(recording.duration)
    day = page.published_on or page.first_published_at
    parts = [
        _put("video:thumbnail_loc", _whole(still)),
        _put("video:title", page.title[:LONGEST_TITLE]),
        _put("video:description", (page.teaser or page.title)[:LONGEST_DESCRIPTION]),
        _put("video:content_loc", _whole(recording.url)),
    ]
    if 1 <= seconds <= LONGEST_FILM:
        parts.append(_put("video:duration", str(seconds)))
    if day:
        parts.append(_put("video:publication_date", f"{day:%Y-%m-%d}"))
    parts.append(_put("video:live", "no"))
    return "".join(parts)


@require_safe
@conditional_page
@cache_control(no_cache=True)
def images(request: HttpRequest) -> HttpResponse:
    """Publications and films with the picture that an editor chose, the newest of each. None is
    made for this: what nobody has opened yet has none. Six queries."""
    chosen: dict[Any, int] = {}
    for model, name in ((Publication, "cover"), (Video, "poster")):
        open_ones = public(CustomImage.objects.order_by()).values("pk")
        pages = _readable(model.objects.filter(**{f"{name}__in": open_ones}))
        for page in pages.order_by("-published_on", "-pk")[:MOST]:
            chosen[page] = getattr(page, f"{name}_id")
    made = CustomRendition.objects.filter(image__in=chosen.values(), width__gte=NARROWEST)
    known = made.exclude(filter_spec__endswith="-avif")  # which not every search engine reads
    widest = {one.image_id: one for one in known.order_by("width", "pk")}
    shown = [page for page, number in chosen.items() if number in widest]
    lines = [
        f"<url>{told}<image:image>{_put('image:loc', _whole(widest[chosen[page]].url))}"
        "</image:image></url>\n"
        for page, told in _located(request, shown)
    ]
    return _answer(f'xmlns:image="{_IMAGE}"', lines)


def _readable(pages: "QuerySet[Any]") -> "QuerySet[Any]":
    return visible(pages).filter(words_of_its_own()).select_related("locale")


def _located(request: HttpRequest, pages: Iterable[Any]) -> Iterable[tuple[Any, str]]:
    """Each page with its address and its other languages; one query."""
    shown = list(pages)
    known = roots(request)
    keys = {page.translation_key for page in shown}
    others: dict[Any, dict[str, str]] = {}
    rows = visible(Page.objects.order_by()).filter(words_of_its_own(), translation_key__in=keys)
    for key, language, path in rows.values_list(
        "translation_key", "locale__language_code", "url_path"
    ):
        if path.startswith(known.get(language, "?")):
            others.setdefault(key, {})[language] = _whole(address(path, language, known[language]))
    for page in shown:
        addresses = others.get(page.translation_key, {})
        own = addresses.get(page.locale.language_code)
        if own is None:
            continue
        default = addresses.get(FALLBACK_LANGUAGE) or own
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(url)}/>'
            for code, url in [*sorted(addresses.items()), ("x-default", default)]
        )
        yield page, f"{_put('loc', own)}{links}"


def _whole(url: str) -> str:
    return f"{settings.BASE_URL}{url}" if url.startswith("/") else url


def _put(name: str, text: str) -> str:
    return f"<{name}>{escape(without_unseen(text))}</{name}>"


def _answer(namespace: str, lines: Iterable[str]) -> HttpResponse:
    body = f"<urlset {_SHARED} {namespace}>\n{''.join(lines)}</urlset>\n"
    return HttpResponse(_HEAD + body, content_type="application/xml; charset=utf-8")
