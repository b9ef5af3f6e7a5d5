"""Which addresses a page leads to, and where in it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urldefrag, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from contactpoint.desk.models import Link, LinkUse
from contactpoint.desk.streams import streams_of

_LONGEST_WORDS: Final = 120
_LONGEST_URL: Final = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """A link of a page: `url` outside, or `page` or `document`, the key of one of ours."""

    words: str
    url: str = ""
    page: int = 0
    document: int = 0
    place: str = LinkUse.Place.TEXT


def links_of(page: Page) -> Iterator[Found]:
    """Every link of a page as it stands in memory."""
    source = getattr(page, "source_url", "")
    if source:
        yield Found(source, url=source.strip(), place=LinkUse.Place.SOURCE)
    for stream in streams_of(page):
        for block in stream:
            if isinstance(block.value, RichText):
                yield from links_in(block.value.source)


def links_in(html: str) -> list[Found]:
    """The links of rich text as it is stored."""
    reader = _Links()
    reader.feed(html)
    reader.close()
    return reader.found


def is_outside(url: str) -> bool:
    """Whether it is an address on the web that is not ours."""
    try:
        parts = urlsplit(url)
        own = urlsplit(settings.BASE_URL)
        return parts.scheme in ("http", "https") and parts.netloc.lower() != own.netloc.lower()
    except ValueError:
        return False


def digest_of(url: str) -> str:
    """By what an address is known; the part after `#` is for the browser alone."""
    return hashlib.sha256(urldefrag(url).url.encode()).hexdigest()


@transaction.atomic
def collect(page: Page) -> None:
    """Write down where a page leads; links that no page has any more are forgotten."""
    wanted: dict[tuple[str, str], Found] = {}
    for found in links_of(page):
        if is_outside(found.url) and len(found.url) <= _LONGEST_URL:
            wanted.setdefault((digest_of(found.url), str(found.place)), found)
    now = timezone.now()
    Link.objects.bulk_create(
        (
            Link(
                digest=digest,
                url=urldefrag(found.url).url,
                host=(urlsplit(found.url).hostname or "")[:255],
                due_at=now,
            )
            for (digest, _place), found in wanted.items()
        ),
        ignore_conflicts=True,
    )
    digests = {digest for digest, _place in wanted}
    keys = dict(Link.objects.filter(digest__in=digests).values_list("digest", "pk"))
    before = list(LinkUse.objects.filter(page=page.pk).values_list("link", flat=True))
    LinkUse.objects.filter(page=page.pk).delete()
    LinkUse.objects.bulk_create(
        LinkUse(
            page_id=page.pk, link_id=keys[digest], place=place, words=found.words[:_LONGEST_WORDS]
        )
        for (digest, place), found in wanted.items()
    )
    gone = set(before) - set(keys.values())
    if gone:
        Link.objects.filter(pk__in=gone, uses=None).delete()


class _Links(HTMLParser):
    """Collects `<a>` with the words inside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Found] = []
        self._open: dict[str, Any] | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A link begins."""
        if tag == "a":
            self._open, self._words = dict(attrs), ""

    def handle_data(self, data: str) -> None:
        """Words, inside a link or not."""
        self._words += data if self._open is not None else ""

    def handle_endtag(self, tag: str) -> None:
        """A link ends."""
        if tag != "a" or self._open is None:
            return
        given, self._open = self._open, None
        words = " ".join(self._words.split())
        kind, key = given.get("linktype") or "", str(given.get("id") or "")
        if kind in ("page", "document") and key.isdigit():
            ours = {kind: int(key)}
            self.found.append(
                Found(words, page=ours.get("page", 0), document=ours.get("document", 0))
            )
        elif given.get("href"):
            self.found.append(Found(words, url=str(given["href"]).strip()))
