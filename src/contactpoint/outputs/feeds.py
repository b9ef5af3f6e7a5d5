"""Atom feeds (RFC 4287): ids that stay, subjects as addresses of concepts, the other languages."""

import hashlib
import mimetypes
import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, quote_etag
from django.utils.xmlutils import SimplerXMLGenerator

from contactpoint.kit.unseen import without_unseen
from contactpoint.outputs.entries import Entry

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class OutputFeed(Atom1Feed):
    """Adds to Django's feed what readers and libraries can use of an output."""

    def root_attributes(self) -> dict[str, str]:
        """The address that relative ones start from."""
        return {**super().root_attributes(), "xml:base": f"{settings.BASE_URL}/"}

    def write(self, outfile: Any, encoding: str) -> None:
        """As Django writes it, with a handler that one bad character does not stop."""
        handler = _SeenXML(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def latest_post_date(self) -> datetime:
        """The newest change of an entry; a feed without entries has never changed."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Subjects and other languages stand beside what every feed has.

        The teaser is plain text; Django would call it HTML.
        """
        speaking: Any = _SpeakingTitle(handler, item["title_language"])
        super().add_item_elements(speaking, {**item, "description": None})
        if item["teaser"]:
            spoken = _spoken(item["teaser_language"])
            handler.addQuickElement("summary", item["teaser"], {"type": "text", **spoken})
        for attributes in item["links"]:
            handler.addQuickElement("link", "", attributes)
        for attributes in item["subjects"]:
            handler.addQuickElement("category", "", attributes)


def feed(
    title: str, language: str, *, page_url: str, feed_url: str, shown: Sequence[Entry]
) -> OutputFeed:
    """A feed of entries; addresses are given without the host, which the settings name."""
    base = settings.BASE_URL
    made = OutputFeed(
        title=f"{title} – {settings.SITE_NAME}" if title else settings.SITE_NAME,
        link=base + page_url,
        description=None,
        language=language,
        feed_url=base + feed_url,
        feed_guid=uuid.uuid5(uuid.NAMESPACE_URL, base + feed_url).urn,
        author_name=settings.SITE_NAME,
    )
    for entry in shown:
        published = _moment(entry.published_on)
        made.add_item(
            title=f"{entry.mark}: {entry.title}" if entry.mark else entry.title,
            link=base + entry.url,
            description="",
            teaser=" · ".join([*entry.notes, entry.teaser] if entry.teaser else entry.notes),
            unique_id=uuid.uuid5(entry.translation_key, entry.language).urn,
            pubdate=published,
            updateddate=entry.updated_at or published or NEVER,
            links=[*_alternates(entry), *_enclosed(entry)],
            subjects=_subjects(entry),
            title_language=_unless(language, entry.borrowed_title or entry.language),
            teaser_language=_unless(language, entry.borrowed_teaser or entry.language),
        )
    return made


class _SeenXML(SimplerXMLGenerator):
    """Writes any text: what XML has no place for becomes a space.

    Rows may be older than the forms that refuse such, and come from imports and other apps.
    """

    def characters(self, content: str) -> None:
        """The text of an element."""
        super().characters(without_unseen(content))

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 — as SAX calls it
        """An element with its attributes, which Django writes unseen."""
        seen: Any = {key: without_unseen(attrs[key]) for key in attrs}
        super().startElement(name, seen)


class _SpeakingTitle:
    """Writes what it is given; the title with the language in which it stands.

    Django's feed gives its elements no attributes.
    """

    def __init__(self, handler: SimplerXMLGenerator, language: str) -> None:
        self._handler, self._language = handler, language

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handler, name)

    def addQuickElement(  # noqa: N802 — as Django calls it
        self, name: str, contents: str | None = None, attrs: dict[str, Any] | None = None
    ) -> None:
        """An element with a text."""
        told = _spoken(self._language) if name == "title" else {}
        self._handler.addQuickElement(name, contents, {**(attrs or {}), **told})


def _spoken(language: str) -> dict[str, str]:
    return {"xml:lang": language} if language else {}


def _unless(language: str, own: str) -> str:
    return "" if own == language else own


def answered(request: HttpRequest, made: OutputFeed, keeping: str) -> HttpResponse:
    """The feed as an answer; who has it already is told so. `keeping` says who may keep it."""
    content = made.writeString("utf-8").encode()
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = etag = quote_etag(hashlib.blake2b(content, digest_size=16).hexdigest())
    response["Cache-Control"] = keeping
    changed = int(made.latest_post_date().timestamp())
    if changed:
        response.headers["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag, changed or None, response) or response


def _alternates(entry: Entry) -> list[dict[str, str]]:
    return [
        {"rel": "alternate", "hreflang": code, "href": settings.BASE_URL + url}
        for code, url in sorted(entry.alternates.items())
        if code != entry.language
    ]


def _enclosed(entry: Entry) -> list[dict[str, str]]:
    """The file of a film of ours, for programs that fetch what a feed offers."""
    if not entry.film:
        return []
    kind = mimetypes.guess_type(entry.film)[0] or "application/octet-stream"
    return [{"rel": "enclosure", "type": kind, "href": settings.BASE_URL + entry.film}]


def _subjects(entry: Entry) -> list[dict[str, str]]:
    """Scheme and term together are an address that stays the same in every language."""
    base = settings.BASE_URL
    kind = {"term": entry.kind, "scheme": f"{base}/#kind"}
    themes = [
        {"term": theme.slug, "scheme": f"{base}/#theme", "label": theme.label}
        for theme in entry.themes
    ]
    concepts = [
        {"term": concept.slug, "scheme": f"{base}/id/concept/", "label": concept.label}
        for concept in entry.concepts
    ]
    return [kind, *themes, *concepts]


def _moment(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
