"""RSS 2.0 (rssboard.org/rss-specification), with the links and dates of Atom that it lacks.

Dates are those of RFC 822 with four digits for the year; identifiers are no addresses; an item
has one enclosure, because programs take the last of several or none, and links to the others.
The other languages stand before the own address, since some programs open the last that they read.
"""

from email.utils import format_datetime
from typing import Final

from django.conf import settings
from django.utils.feedgenerator import rfc3339_date

from contactpoint.kit.feeds.represented import NEVER, Category, Feed, Item
from contactpoint.kit.feeds.writing import SeenXML

MEDIA_TYPE: Final = "application/rss+xml"
MINUTES: Final = "5"
"""How long a reader may keep it, as the head of the answer says in seconds."""


def write(feed: Feed) -> str:
    """The feed as RSS."""
    xml = SeenXML()
    xml.startElement(
        "rss",
        {
            "version": "2.0",
            "xmlns:atom": "http://www.w3.org/2005/Atom",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        },
    )
    xml.startElement("channel", {})
    xml.put("title", feed.full_title)
    xml.put("link", feed.home_url)
    xml.put("description", feed.description or feed.full_title)
    xml.put("language", feed.language)
    if feed.updated != NEVER:
        xml.put("lastBuildDate", format_datetime(feed.updated))
    xml.put("ttl", MINUTES)
    own = feed.url("rss", page=feed.page)
    xml.put("atom:link", "", {"rel": "self", "type": MEDIA_TYPE, "href": own})
    for rel, href in feed.pages("rss").items():
        xml.put("atom:link", "", {"rel": rel, "type": MEDIA_TYPE, "href": href})
    for code in feed.other_languages:
        href = feed.url("rss", code)
        link = {"rel": "alternate", "type": MEDIA_TYPE, "hreflang": code, "href": href}
        xml.put("atom:link", "", link)
    for item in feed.items:
        _item(xml, item)
    xml.endElement("channel")
    xml.endElement("rss")
    return xml.written.getvalue()


def _item(xml: SeenXML, item: Item) -> None:
    xml.startElement("item", {})
    xml.put("title", item.title, {"xml:lang": item.title_language})
    for code, url in item.alternates.items():
        xml.put("atom:link", "", {"rel": "alternate", "hreflang": code, "href": url})
    xml.put("link", item.url)
    if item.summary:
        xml.put("description", _escaped(item.summary), {"xml:lang": item.summary_language})
    if item.content:
        xml.put("content:encoded", item.content)
    xml.put("guid", item.key.urn, {"isPermaLink": "false"})
    if item.published:
        xml.put("pubDate", format_datetime(item.published))
    if item.updated != NEVER:
        xml.put("atom:updated", rfc3339_date(item.updated))
    xml.put("dc:creator", settings.SITE_NAME)
    if item.language:
        xml.put("dc:language", item.language)
    for one in item.categories:
        xml.put("category", one.label or one.term, {"domain": _domain(one)})
    for file in item.enclosures[:1]:
        about = {"url": file.url, "length": str(file.length), "type": file.media_type}
        xml.put("enclosure", "", about)
    for file in item.enclosures[1:]:
        link = {
            "rel": "enclosure", "type": file.media_type, "href": file.url, "title": file.title,
            "length": str(file.length or ""),
        }  # fmt: skip
        xml.put("atom:link", "", link)
    xml.endElement("item")


def _escaped(text: str) -> str:
    """RSS takes a description for HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _domain(category: Category) -> str:
    return category.address
