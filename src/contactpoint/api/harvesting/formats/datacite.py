"""DataCite, kernel 4, in the cover of DataCite's own harvesting (`oai_datacite` 1.1).

Sources: schema.datacite.org, `meta/kernel-4.6/metadata.xsd` and `oai/oai-1.1/oai.xsd`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.conf import settings

from contactpoint.api.harvesting.formats.said import (
    SCHEMA_LOCATION,
    institutions,
    languages,
    media_types,
    named,
    subjects,
)
from contactpoint.glossary.scheme import scheme_address
from contactpoint.kit.feeds.writing import SeenXML

NAMESPACE: Final = "http://schema.datacite.org/oai/oai-1.1/"
SCHEMA: Final = "http://schema.datacite.org/oai/oai-1.1/oai.xsd"
KERNEL: Final = "http://datacite.org/schema/kernel-4"
KERNEL_SCHEMA: Final = "http://schema.datacite.org/meta/kernel-4/metadata.xsd"
TYPES: Final = {"event": "Event", "video": "Audiovisual", "publication": "Report"}
"""`resourceTypeGeneral`; all else is `Text`."""


def write(xml: SeenXML, values: Mapping[str, Any]) -> None:
    """A thing of the interface."""
    located = {"xmlns": NAMESPACE, "xmlns:xsi": SCHEMA_LOCATION}
    xml.startElement("oai_datacite", {**located, "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}"})
    xml.put("schemaVersion", "4.6")
    xml.put("datacentreSymbol", settings.SITE_NAME)
    xml.startElement("payload", {})
    xml.startElement(
        "resource", {"xmlns": KERNEL, "xsi:schemaLocation": f"{KERNEL} {KERNEL_SCHEMA}"}
    )
    _needed(xml, values)
    _about(xml, values)
    _beside(xml, values)
    for name in ("resource", "payload", "oai_datacite"):
        xml.endElement(name)


def _needed(xml: SeenXML, values: Mapping[str, Any]) -> None:
    """What every record has to have: where nobody is named, the portal speaks for itself."""
    addresses = list(values["url"].values())
    if values["doi"]:
        xml.put("identifier", values["doi"], {"identifierType": "DOI"})
    else:
        xml.put("identifier", addresses[0], {"identifierType": "URL"})
    people = [(name, "", "") for name in values["authors"]]
    houses = [(name, code, "Organizational") for name, code in institutions(values, "author")]
    publishers = institutions(values, "publisher") or [(settings.SITE_NAME, "")]
    creators = people + houses or [(*one, "Organizational") for one in publishers]
    xml.startElement("creators", {})
    for name, code, form in creators:
        xml.startElement("creator", {})
        xml.put("creatorName", name, {"nameType": form, "xml:lang": code})
        xml.endElement("creator")
    xml.endElement("creators")
    xml.startElement("titles", {})
    for number, (code, title) in enumerate(values["title"].items()):
        kind = "TranslatedTitle" if number else ""
        xml.put("title", title, {"xml:lang": code, "titleType": kind})
    xml.endElement("titles")
    xml.put("publisher", publishers[0][0], {"xml:lang": publishers[0][1]})
    xml.put("publicationYear", (values["date"] or values["changed"] or "0000")[:4])
    general = TYPES.get(values["kind"], "Text")
    said = (values["type"] or values["kind"]).replace("-", " ")
    xml.put("resourceType", said, {"resourceTypeGeneral": general})


def _about(xml: SeenXML, values: Mapping[str, Any]) -> None:
    rows: list[tuple[str, Mapping[str, str]]] = []
    for one in subjects(values):
        scheme = (
            {"subjectScheme": f"{settings.SITE_NAME}: themes"}
            if one.is_theme
            else {"subjectScheme": f"{settings.SITE_NAME}: glossary", "schemeURI": scheme_address()}
        )
        for code, label in one.labels.items():
            rows.append((label, {**scheme, "valueURI": one.address, "xml:lang": code}))
    _several(xml, "subjects", "subject", rows)
    _several(
        xml, "descriptions", "description",
        [
            (teaser, {"xml:lang": code, "descriptionType": "Abstract"})
            for code, teaser in values["teaser"].items()
        ],
    )  # fmt: skip
    if values["countries"]:
        xml.startElement("geoLocations", {})
        for country in values["countries"]:
            xml.startElement("geoLocation", {})
            xml.put("geoLocationPlace", named(country["label"], values)[0])
            xml.endElement("geoLocation")
        xml.endElement("geoLocations")


def _beside(xml: SeenXML, values: Mapping[str, Any]) -> None:
    commissioners = institutions(values, "commissioner")
    if commissioners:
        xml.startElement("contributors", {})
        for name, code in commissioners:
            xml.startElement("contributor", {"contributorType": "Sponsor"})
            xml.put("contributorName", name, {"nameType": "Organizational", "xml:lang": code})
            xml.endElement("contributor")
        xml.endElement("contributors")
    days = (("date", "Issued"), ("changed", "Updated"), ("effective", "Valid"))
    dates = [(values[name], {"dateType": kind}) for name, kind in days if values[name]]
    _several(xml, "dates", "date", dates)
    if spoken := languages(values):
        xml.put("language", spoken[0])
    addresses = list(values["url"].values())
    _several(
        xml, "alternateIdentifiers", "alternateIdentifier",
        [(url, {"alternateIdentifierType": "URL"}) for url in addresses],
    )  # fmt: skip
    related = [(file["url"], "HasPart") for file in values["files"]]
    if values["source"] and values["source"].startswith(("http://", "https://")):
        related.append((values["source"], "IsDerivedFrom"))
    _several(
        xml, "relatedIdentifiers", "relatedIdentifier",
        [(url, {"relatedIdentifierType": "URL", "relationType": kind}) for url, kind in related],
    )  # fmt: skip
    _several(xml, "sizes", "size", [(f"{file['bytes']} B", {}) for file in values["files"]])
    _several(xml, "formats", "format", [(one, {}) for one in media_types(values)])


def _several(
    xml: SeenXML, around: str, name: str, rows: Iterable[tuple[str, Mapping[str, str]]]
) -> None:
    found = list(rows)
    if not found:
        return
    xml.startElement(around, {})
    for text, attributes in found:
        xml.put(name, text, attributes)
    xml.endElement(around)
