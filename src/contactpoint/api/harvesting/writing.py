"""Writes answers as the protocol's schema (OAI-PMH.xsd) has them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.utils import timezone

from contactpoint.api.harvesting import tokens
from contactpoint.api.harvesting.formats import FORMATS
from contactpoint.api.harvesting.formats.said import SCHEMA_LOCATION
from contactpoint.api.harvesting.listing import Page, Record, host, prefix_of_identifiers
from contactpoint.kit.feeds.writing import SeenXML

NAMESPACE: Final = "http://www.openarchives.org/OAI/2.0/"
IDENTIFIERS: Final = f"{NAMESPACE}oai-identifier"
PATH: Final = "/oai"
_MAIL: Final = re.compile(r"\S+@(\S+\.)+\S+")
_DOMAIN: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+")


class Answer:
    """An answer that is being written; `arguments` are told back where they were understood."""

    def __init__(self, arguments: Mapping[str, str]) -> None:
        self.xml = SeenXML()
        self.xml.startElement(
            "OAI-PMH",
            {
                "xmlns": NAMESPACE,
                "xmlns:xsi": SCHEMA_LOCATION,
                "xsi:schemaLocation": f"{NAMESPACE} {NAMESPACE}OAI-PMH.xsd",
            },
        )
        self.xml.put("responseDate", utc(timezone.now()))
        self.xml.put("request", f"{settings.BASE_URL}{PATH}", arguments)

    def done(self) -> bytes:
        """All of it."""
        self.xml.endElement("OAI-PMH")
        return self.xml.written.getvalue().encode()

    def error(self, code: str, sentence: str) -> None:
        """Why there is no other answer."""
        self.xml.put("error", sentence, {"code": code})

    def identify(self, earliest: datetime | None) -> None:
        """Who speaks."""
        xml = self.xml
        xml.startElement("Identify", {})
        xml.put("repositoryName", settings.SITE_NAME)
        xml.put("baseURL", f"{settings.BASE_URL}{PATH}")
        xml.put("protocolVersion", "2.0")
        xml.put("adminEmail", _mail())
        xml.put("earliestDatestamp", utc(earliest or timezone.now()))
        xml.put("deletedRecord", "persistent")
        xml.put("granularity", "YYYY-MM-DDThh:mm:ssZ")
        xml.put("compression", "gzip")
        if _DOMAIN.fullmatch(host()):  # else the schema has no word for it
            self._identifiers()
        xml.endElement("Identify")

    def _identifiers(self) -> None:
        xml = self.xml
        xml.startElement("description", {})
        schema = f"{IDENTIFIERS} {IDENTIFIERS}.xsd"
        xml.startElement("oai-identifier", {"xmlns": IDENTIFIERS, "xsi:schemaLocation": schema})
        xml.put("scheme", "oai")
        xml.put("repositoryIdentifier", host())
        xml.put("delimiter", ":")
        sample = "0f0e0d0c-0b0a-4908-8706-050403020100"
        xml.put("sampleIdentifier", f"{prefix_of_identifiers()}{sample}")
        xml.endElement("oai-identifier")
        xml.endElement("description")

    def formats(self) -> None:
        """The forms of records."""
        self.xml.startElement("ListMetadataFormats", {})
        for one in FORMATS.values():
            self.xml.startElement("metadataFormat", {})
            self.xml.put("metadataPrefix", one.prefix)
            self.xml.put("schema", one.schema)
            self.xml.put("metadataNamespace", one.namespace)
            self.xml.endElement("metadataFormat")
        self.xml.endElement("ListMetadataFormats")

    def sets(self, known: Mapping[str, str]) -> None:
        """The sets with their titles."""
        self.xml.startElement("ListSets", {})
        for spec, title in known.items():
            self.xml.startElement("set", {})
            self.xml.put("setSpec", spec)
            self.xml.put("setName", title)
            self.xml.endElement("set")
        self.xml.endElement("ListSets")

    def one(self, record: Record, prefix: str) -> None:
        """A record by itself."""
        self.xml.startElement("GetRecord", {})
        self._record(record, prefix)
        self.xml.endElement("GetRecord")

    def page(self, verb: str, page: Page) -> None:
        """A page of a list, and where it goes on."""
        self.xml.startElement(verb, {})
        for record in page.records:
            if verb == "ListRecords":
                self._record(record, page.prefix)
            else:
                self._header(record)
        if page.place is not None:
            about = {
                "completeListSize": str(max(page.place.total, page.place.told)),
                "cursor": str(page.begins),
            }
            if page.is_last:
                self.xml.put("resumptionToken", "", about)
            else:
                about["expirationDate"] = utc(tokens.expiry())
                self.xml.put("resumptionToken", page.place.token(), about)
        self.xml.endElement(verb)

    def _record(self, record: Record, prefix: str) -> None:
        self.xml.startElement("record", {})
        self._header(record)
        if record.thing is not None:
            self.xml.startElement("metadata", {})
            FORMATS[prefix].write(self.xml, record.thing.values)
            self.xml.endElement("metadata")
        self.xml.endElement("record")

    def _header(self, record: Record) -> None:
        self.xml.startElement("header", {"status": "deleted"} if record.is_deleted else {})
        self.xml.put("identifier", record.identifier)
        self.xml.put("datestamp", utc(record.stamp))
        for spec in record.sets:
            self.xml.put("setSpec", spec)
        self.xml.endElement("header")


def utc(moment: datetime) -> str:
    """To the second, as the protocol writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _mail() -> str:
    found = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return found if _MAIL.fullmatch(found) else "nobody@localhost.invalid"
