"""What DCAT-AP 3 says must be, may be once, and from which vocabulary; as far as we use it.

Written from https://semiceu.github.io/DCAT-AP/releases/3.0.0/ (classes and their properties).
"""

from collections.abc import Iterator
from typing import Any, Final

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
NEW: Final = Namespace("http://www.w3.org/ns/dcat#")
AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
NEEDED: Final = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description),
    DCAT.Distribution: (DCAT.accessURL,),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL),
    FOAF.Agent: (FOAF.name,),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
    SKOS.ConceptScheme: (DCTERMS.title,),
    DCTERMS.PeriodOfTime: (DCAT.startDate, DCAT.endDate),
}
ONCE: Final = (
    DCTERMS.publisher, DCTERMS.accrualPeriodicity, DCTERMS.issued, DCTERMS.modified,
    DCTERMS.accessRights, DCTERMS.format, DCTERMS.license, DCAT.mediaType, DCAT.byteSize,
    DCAT.compressFormat, SPDX.checksum, NEW.version, FOAF.homepage,
)  # fmt: skip
FROM: Final = {
    DCTERMS.language: f"{AUTHORITY}language/",
    DCTERMS.accrualPeriodicity: f"{AUTHORITY}frequency/",
    DCTERMS.accessRights: f"{AUTHORITY}access-right/",
    DCTERMS.format: f"{AUTHORITY}file-type/",
    DCTERMS.spatial: f"{AUTHORITY}country/",
    DCTERMS.license: f"{AUTHORITY}licence/",
    DCAT.theme: f"{AUTHORITY}data-theme/",
    DCAT.mediaType: "https://www.iana.org/assignments/media-types/",
    DCAT.compressFormat: "https://www.iana.org/assignments/media-types/",
}
POINTS: Final = {
    DCAT.dataset: DCAT.Dataset, DCAT.distribution: DCAT.Distribution,
    DCAT.service: DCAT.DataService,
    DCAT.accessService: DCAT.DataService, DCAT.servesDataset: DCAT.Dataset,
    DCTERMS.publisher: FOAF.Agent, SPDX.checksum: SPDX.Checksum,
    DCTERMS.temporal: DCTERMS.PeriodOfTime, NEW.hasVersion: DCAT.Dataset,
    NEW.isVersionOf: DCAT.Dataset, DCAT.themeTaxonomy: SKOS.ConceptScheme,
}  # fmt: skip


def faults(graph: Graph) -> Iterator[str]:
    """All that is wrong with a catalogue."""
    if len(list(graph.subjects(RDF.type, DCAT.Catalog))) != 1:
        yield "there is not one catalogue"
    for kind, properties in NEEDED.items():
        for one in graph.subjects(RDF.type, kind):
            for about in properties:
                if graph.value(one, about, any=True) is None:
                    yield f"{one} has no {about}"
    for one in set(graph.subjects()):
        for about in ONCE:
            if len(list(graph.objects(one, about))) > 1:
                yield f"{one} has {about} more than once"
    for one, about, value in graph:
        yield from _value(graph, one, about, value)


def _value(graph: Graph, one: Node, about: Any, value: Node) -> Iterator[str]:
    is_wrong = not _is_of_form(about, value)
    if is_wrong or not str(value).startswith(FROM.get(about, "")):
        yield f"{one}: {about} is {value!r}"
    kind = POINTS.get(about)
    if kind and (value, RDF.type, kind) not in graph:
        yield f"{one}: {about} leads to {value}, which is no {kind}"


def _is_of_form(about: Any, value: Node) -> bool:
    if about in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
        return isinstance(value, Literal) and bool(value.language and str(value).strip())
    if about in (DCAT.accessURL, DCAT.downloadURL, DCAT.landingPage, DCAT.endpointURL):
        return isinstance(value, URIRef) and str(value).startswith("http")
    if about == DCAT.byteSize:
        return isinstance(value, Literal) and value.datatype == XSD.nonNegativeInteger
    if about in (DCTERMS.issued, DCTERMS.modified, DCAT.startDate, DCAT.endDate):
        return isinstance(value, Literal) and value.datatype in (XSD.date, XSD.dateTime)
    return True
