"""Simple Dublin Core (`oai_dc`), which every repository has to speak."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final

from django.conf import settings

from contactpoint.api.harvesting.formats.said import (
    SCHEMA_LOCATION,
    institutions,
    languages,
    media_types,
    subjects,
)
from contactpoint.kit.citing import doi_address
from contactpoint.kit.feeds.writing import SeenXML

NAMESPACE: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA: Final = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
TYPES: Final = {"event": "Event", "video": "MovingImage"}
"""Of the DCMI's list of types; all else is `Text`."""


Said = Iterator[tuple[str, str | None, str]]


def write(xml: SeenXML, values: Mapping[str, Any]) -> None:
    """A thing of the interface."""
    xml.startElement(
        "oai_dc:dc",
        {
            "xmlns:oai_dc": NAMESPACE,
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:xsi": SCHEMA_LOCATION,
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
        },
    )
    for name, text, language in chain(_words(values), _people(values), _form(values)):
        if text:
            xml.put(f"dc:{name}", text, {"xml:lang": language})
    xml.endElement("oai_dc:dc")


def _words(values: Mapping[str, Any]) -> Said:
    for code, title in values["title"].items():
        yield "title", title, code
    for code, teaser in values["teaser"].items():
        yield "description", teaser, code
    for one in subjects(values):
        for code, label in one.labels.items():
            yield "subject", label, code
        yield "subject", one.address, ""
    for country in values["countries"]:
        for code, label in country["label"].items():
            yield "coverage", label, code


def _people(values: Mapping[str, Any]) -> Said:
    for name in values["authors"]:
        yield "creator", name, ""
    publishers = institutions(values, "publisher") or [(settings.SITE_NAME, "")]
    for element, named in (
        ("creator", institutions(values, "author")),
        ("publisher", publishers),
        ("contributor", institutions(values, "commissioner")),
    ):
        for name, code in named:
            yield element, name, code


def _form(values: Mapping[str, Any]) -> Said:
    yield "date", values["date"], ""
    yield "type", TYPES.get(values["kind"], "Text"), ""
    yield "type", values["type"] or values["kind"], ""
    for media_type in media_types(values):
        yield "format", media_type, ""
    yield "identifier", doi_address(values["doi"]) if values["doi"] else "", ""
    for url in values["url"].values():
        yield "identifier", url, ""
    yield "source", values["source"], ""
    for code in languages(values):
        yield "language", code, ""
    for file in values["files"]:
        yield "relation", file["url"], ""
