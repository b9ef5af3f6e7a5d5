"""Atom (RFC 4287)."""

from typing import Final

from django.conf import settings
from django.utils.feedgenerator import rfc3339_date

from contactpoint.kit.feeds.represented import Feed, Item
from contactpoint.kit.feeds.writing import SeenXML

MEDIA_TYPE: Final = "application/atom+xml"
ELSEWHERE: Final = {"rss": "application/rss+xml", "json": "application/feed+json"}
"""The other formats, which a reader may like better."""


def write(feed: Feed) -> str:
    """The feed as Atom."""
    xml = SeenXML()
    xml.startElement(
        "feed",
        {
            "xmlns": "http://www.w3.org/2005/Atom",
            "xml:lang": feed.language,
            "xml:base": f"{settings.BASE_URL}/",
        },
    )
    xml.put("title", feed.full_title)
    if feed.description:
        xml.put("subtitle", feed.description)
    xml.put("link", "", {"rel": "alternate", "type": "text/html", "href": feed.home_url})
    xml.put(
        "link", "", {"rel": "self", "type": MEDIA_TYPE, "href": feed.url("atom", page=feed.page)}
    )
    for rel, href in feed.pages("atom").items():
        xml.put("link", "", {"rel": rel, "type": MEDIA_TYPE, "href": href})
    for ending, media_type in ELSEWHERE.items():
        xml.put("link", "", {"rel": "alternate", "type": media_type, "href": feed.url(ending)})
    for code in feed.other_languages:
        href = feed.url("atom", code)
        link = {"rel": "alternate", "type": MEDIA_TYPE, "hreflang": code, "href": href}
        xml.put("link", "", link)
    xml.put("id", feed.key.urn)
    xml.put("updated", rfc3339_date(feed.updated))
    xml.startElement("author", {})
    xml.put("name", settings.SITE_NAME)
    xml.put("uri", f"{settings.BASE_URL}/")
    xml.endElement("author")
    for item in feed.items:
        _entry(xml, item, feed.language)
    xml.endElement("feed")
    return xml.written.getvalue()


def entry(feed: Feed) -> str:
    """Only the first entry, for a preview of what a feed will send."""
    whole = write(feed)
    return whole[whole.index("<entry>") : whole.index("</entry>") + len("</entry>")]


def _entry(xml: SeenXML, item: Item, language: str) -> None:
    """The summary is plain text. The item's own address is the first and the last of its links:
    some programs open the first, some the last."""
    xml.startElement("entry", {})
    xml.put("title", item.title, {"xml:lang": item.title_language})
    xml.put("link", "", {"rel": "alternate", "href": item.url, "hreflang": item.language})
    if item.published:
        xml.put("published", rfc3339_date(item.published))
    xml.put("updated", rfc3339_date(item.updated))
    xml.put("id", item.key.urn)
    if item.summary:
        xml.put("summary", item.summary, {"type": "text", "xml:lang": item.summary_language})
    if item.content:
        xml.put("content", item.content, {"type": "html", "xml:lang": item.language})
    for code, url in item.alternates.items():
        xml.put("link", "", {"rel": "alternate", "hreflang": code, "href": url})
    if item.alternates:
        own = {"rel": "alternate", "type": "text/html", "hreflang": item.language or language}
        xml.put("link", "", {**own, "href": item.url})
    for file in item.enclosures:
        link = {
            "rel": "enclosure", "type": file.media_type, "href": file.url, "title": file.title,
            "length": str(file.length or ""), "hreflang": file.language,
        }  # fmt: skip
        xml.put("link", "", link)
    for one in item.categories:
        xml.put("category", "", {"term": one.term, "scheme": one.scheme, "label": one.label})
    xml.endElement("entry")
