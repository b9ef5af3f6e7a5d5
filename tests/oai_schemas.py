"""What the schemas of the protocol, of Dublin Core and of DataCite ask for, as far as it matters.

Written from OAI-PMH.xsd, oai_dc.xsd, simpledc20021212.xsd and DataCite's kernel 4.6.
"""

import re
from typing import Any, Final

from lxml import etree

OAI: Final = "{http://www.openarchives.org/OAI/2.0/}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
DATACITE: Final = "{http://datacite.org/schema/kernel-4}"
COVER: Final = "{http://schema.datacite.org/oai/oai-1.1/}"
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SPEC: Final = re.compile(r"([A-Za-z0-9\-_.!~*'()])+(:[A-Za-z0-9\-_.!~*'()]+)*")
CODES: Final = {
    "cannotDisseminateFormat", "idDoesNotExist", "badArgument", "badVerb", "noMetadataFormats",
    "noRecordsMatch", "badResumptionToken", "noSetHierarchy",
}  # fmt: skip
VERBS: Final = {
    "Identify": ["repositoryName", "baseURL", "protocolVersion", "adminEmail+",
                 "earliestDatestamp", "deletedRecord", "granularity", "compression*",
                 "description*"],
    "ListMetadataFormats": ["metadataFormat+"],
    "ListSets": ["set+", "resumptionToken?"],
    "GetRecord": ["record"],
    "ListIdentifiers": ["header+", "resumptionToken?"],
    "ListRecords": ["record+", "resumptionToken?"],
}  # fmt: skip
DUBLIN: Final = {
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type",
    "format", "identifier", "source", "language", "relation", "coverage", "rights",
}  # fmt: skip
KERNEL: Final = {
    "identifier", "creators", "titles", "publisher", "publicationYear", "resourceType", "subjects",
    "contributors", "dates", "language", "alternateIdentifiers", "relatedIdentifiers", "sizes",
    "formats", "version", "rightsList", "descriptions", "geoLocations", "fundingReferences",
    "relatedItems",
}  # fmt: skip
NEEDED: Final = {
    "identifier", "creators", "titles", "publisher", "publicationYear", "resourceType",
}  # fmt: skip
CLOSED: Final[dict[str, tuple[str, set[str]]]] = {
    "resourceType": ("resourceTypeGeneral", {"Audiovisual", "Event", "Report", "Text"}),
    "description": ("descriptionType", {"Abstract", "Methods", "Other"}),
    "date": ("dateType", {"Issued", "Updated", "Valid"}),
    "contributor": ("contributorType", {"Sponsor", "HostingInstitution"}),
    "relatedIdentifier": ("relationType", {"HasPart", "IsDerivedFrom"}),
}


def checked(content: bytes) -> Any:
    """An answer, after all of it was looked at."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    assert root.tag == f"{OAI}OAI-PMH"
    moment, request, *rest = root
    assert moment.tag == f"{OAI}responseDate"
    assert MOMENT.fullmatch(moment.text)
    assert request.tag == f"{OAI}request"
    assert request.text.endswith("/oai")
    if rest[0].tag == f"{OAI}error":
        assert all(one.tag == f"{OAI}error" for one in rest)
        assert {one.get("code") for one in rest} <= CODES
        if {one.get("code") for one in rest} & {"badVerb", "badArgument"}:
            assert not request.attrib
        return root
    (said,) = rest
    _verb(said, request)
    return root


def _verb(said: Any, request: Any) -> None:
    verb = said.tag.removeprefix(OAI)
    assert request.get("verb") == verb
    names = " ".join(one.tag.removeprefix(OAI) for one in said) + " "
    pattern = ""
    for part in VERBS[verb]:
        name = part.rstrip("+*?")
        pattern += f"({name} ){part[len(name) :]}"
    assert re.fullmatch(pattern, names), names
    for header in said.iter(f"{OAI}header"):
        _header(header)
    for record in said.iter(f"{OAI}record"):
        _record(record)
    for one in said.iter(f"{OAI}setSpec"):
        assert SPEC.fullmatch(one.text)


def _header(header: Any) -> None:
    identifier, stamp, *specs = header
    assert identifier.tag == f"{OAI}identifier"
    assert identifier.text.startswith("oai:")
    assert stamp.tag == f"{OAI}datestamp"
    assert MOMENT.fullmatch(stamp.text)
    assert all(one.tag == f"{OAI}setSpec" for one in specs)
    assert header.get("status") in (None, "deleted")


def _record(record: Any) -> None:
    header, *rest = record
    if header.get("status") == "deleted":
        assert not rest
        return
    (metadata,) = rest
    (said,) = metadata
    if said.tag == f"{COVER}oai_datacite":
        assert {one.tag for one in said} == {
            f"{COVER}{name}" for name in ("schemaVersion", "datacentreSymbol", "payload")
        }
        _datacite(said.find(f"{COVER}payload")[0])
    else:
        _dublin(said)


def _dublin(said: Any) -> None:
    assert said.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
    for one in said:
        assert one.tag.removeprefix(DC) in DUBLIN
        assert set(one.attrib) <= {LANGUAGE}
        assert len(one) == 0
        assert one.text


def _datacite(resource: Any) -> None:
    assert resource.tag == f"{DATACITE}resource"
    names = [one.tag.removeprefix(DATACITE) for one in resource]
    assert len(names) == len(set(names))
    assert set(names) <= KERNEL
    assert set(names) >= NEEDED
    by_name = {one.tag.removeprefix(DATACITE): one for one in resource}
    assert by_name["identifier"].get("identifierType") in ("DOI", "URL")
    assert re.fullmatch(r"\d{4}", by_name["publicationYear"].text)
    assert by_name["publisher"].text
    assert len(by_name["creators"]) >= 1
    assert len(by_name["titles"]) >= 1
    for name, (attribute, values) in CLOSED.items():
        for one in resource.iter(f"{DATACITE}{name}"):
            assert one.get(attribute) in values
    for one in resource.iter():
        assert len(one) or (one.text or "").strip(), one.tag
        assert all(one.attrib.values())
