"""The catalogue as statements, by DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.0/).

Everything has an address, so that the same catalogue is the same file whoever makes it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from contactpoint.api.catalogue import authorities
from contactpoint.api.catalogue.datasets import API, DOCUMENT
from contactpoint.api.catalogue.described import (
    Dataset,
    Distribution,
    everywhere,
    in_all,
    languages,
)
from contactpoint.api.rights import Rights

PATH: Final = "/catalogue"
OAI: Final = "oai"
PROFILE: Final = URIRef("http://data.europa.eu/r5r/")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
_NS: Final = Namespace("http://www.w3.org/ns/dcat#")
"""rdflib's own list of DCAT is that of version 2."""


def graph_of(datasets: Iterable[Dataset]) -> Graph:
    """The catalogue of these datasets."""
    made = Writer()
    for one in datasets:
        made.dataset(one)
    return made.graph


class Writer:
    """Puts down what is described."""

    def __init__(self) -> None:
        self.graph = Graph()
        for prefix, namespace in (("dcat", _NS), ("dct", DCTERMS), ("foaf", FOAF),
                                  ("skos", SKOS), ("spdx", SPDX), ("vcard", VCARD)):  # fmt: skip
            self.graph.bind(prefix, namespace)
        self.catalogue = URIRef(f"{settings.BASE_URL}{PATH}")
        self.publisher = self.part("publisher")
        self.contact = self.part("contact")
        self._catalogue()
        self._services()

    def part(self, name: str) -> URIRef:
        """The address of something within the catalogue."""
        return URIRef(f"{self.catalogue}#{name}")

    def put(self, subject: URIRef, says: Mapping[Any, Any]) -> None:
        """Statements by property; values that are empty are left out, lists are several."""
        for about, value in says.items():
            for one in value if isinstance(value, list) else [value]:
                if one is not None and str(one) != "":
                    self.graph.add((subject, about, one))

    def _catalogue(self) -> None:
        name = settings.SITE_NAME
        self.put(self.catalogue, {
            RDF.type: DCAT.Catalog,
            DCTERMS.title: words(in_all(lambda: _("Open data of %s") % name)),
            DCTERMS.description: words(in_all(lambda: _(
                "Figures, terms, publications and answers that the portal lets everybody use."))),
            DCTERMS.publisher: self.publisher,
            DCTERMS.language: [URIRef(authorities.LANGUAGES[code]) for code in languages()],
            DCTERMS.license: URIRef(authorities.CC_BY),
            DCTERMS.conformsTo: PROFILE,
            DCTERMS.spatial: place(settings.COUNTRY),
            DCAT.themeTaxonomy: URIRef(authorities.THEMES),
            FOAF.homepage: URIRef(f"{settings.BASE_URL}/en/open-data/"),
        })  # fmt: skip
        self.put(self.publisher, {
            RDF.type: FOAF.Agent,
            FOAF.name: Literal(name),
            FOAF.homepage: URIRef(f"{settings.BASE_URL}/"),
        })  # fmt: skip
        self.put(self.contact, {
            RDF.type: VCARD.Organization,
            VCARD.fn: Literal(name),
            VCARD.hasURL: URIRef(f"{settings.BASE_URL}/"),
        })  # fmt: skip
        self.put(URIRef(authorities.THEMES), {
            RDF.type: SKOS.ConceptScheme,
            DCTERMS.title: Literal("Dataset types, by the Publications Office", lang="en"),
        })  # fmt: skip

    def _services(self) -> None:
        for name, url, standard, title in (
            (API, "/api/v1/", "https://spec.openapis.org/oas/v3.1.0",
             in_all(lambda: _("Interface for programs"))),
            (OAI, "/oai", "http://www.openarchives.org/OAI/openarchivesprotocol.html",
             in_all(lambda: _("Harvesting by OAI-PMH"))),
        ):  # fmt: skip
            service = self.part(f"service-{name}")
            self.graph.add((self.catalogue, DCAT.service, service))
            self.put(service, {
                RDF.type: DCAT.DataService,
                DCTERMS.title: words(title),
                DCAT.endpointURL: URIRef(f"{settings.BASE_URL}{url}"),
                DCAT.endpointDescription: (
                    URIRef(f"{settings.BASE_URL}{DOCUMENT}") if name == API else None
                ),
                DCTERMS.conformsTo: URIRef(standard),
                DCTERMS.publisher: self.publisher,
                # All that is harvested describes; the interface tells whole texts, too.
                DCTERMS.license: URIRef(authorities.CC_BY) if name == OAI else None,
                DCTERMS.rights: self._rights(Rights.TEXTS) if name == API else None,
                DCTERMS.accessRights: URIRef(authorities.PUBLIC),
                DCAT.landingPage: [URIRef(url) for url in everywhere("developers/").values()],
            })  # fmt: skip

    def dataset(self, one: Dataset) -> None:
        """A dataset and all of its files."""
        at = self.part(one.name)
        self.graph.add((self.catalogue, DCAT.dataset, at))
        self.put(at, {
            RDF.type: DCAT.Dataset,
            DCTERMS.identifier: Literal(str(at)),
            DCTERMS.title: words(one.title),
            DCTERMS.description: words(one.description),
            DCTERMS.publisher: self.publisher,
            DCAT.contactPoint: self.contact,
            DCTERMS.accessRights: URIRef(authorities.PUBLIC),
            DCTERMS.language: [URIRef(authorities.LANGUAGES[code]) for code in one.languages],
            DCTERMS.accrualPeriodicity: URIRef(one.frequency) if one.frequency else None,
            DCTERMS.spatial: [where for code in one.places if (where := place(code))],
            DCTERMS.subject: [URIRef(url) for url in one.subjects],
            DCTERMS.source: [URIRef(url) for url in one.sources],
            DCTERMS.conformsTo: URIRef(one.conforms_to) if one.conforms_to else None,
            DCTERMS.issued: moment(one.issued),
            DCTERMS.modified: moment(one.changed),
            DCAT.theme: URIRef(one.theme) if one.theme else None,
            DCAT.keyword: [each for texts in one.keywords for each in words(texts)],
            DCAT.landingPage: [URIRef(url) for url in one.pages.values()],
            _NS.version: Literal(one.version) if one.version else None,
            DCTERMS.rights: [
                self._rights(kind)
                for kind in sorted({each.rights for each in one.distributions if each.rights})
            ],
        })  # fmt: skip
        if one.temporal:
            self._temporal(at, one)
        for each in one.distributions:
            self._distribution(at, one, each)

    def _rights(self, kind: Rights) -> URIRef:
        """A statement of rights in words."""
        at = self.part(f"rights-{kind}")
        self.put(at, {
            RDF.type: DCTERMS.RightsStatement,
            RDFS.label: words(in_all(lambda: kind.in_words)),
        })  # fmt: skip
        return at

    def _temporal(self, at: URIRef, one: Dataset) -> None:
        span = self.part(f"{one.name}-time")
        self.graph.add((at, DCTERMS.temporal, span))
        first, last = one.temporal or (None, None)
        self.put(span, {
            RDF.type: DCTERMS.PeriodOfTime,
            DCAT.startDate: moment(first),
            DCAT.endDate: moment(last),
        })  # fmt: skip

    def _distribution(self, at: URIRef, one: Dataset, each: Distribution) -> None:
        file = self.part(f"{one.name}-{each.name}")
        self.graph.add((at, DCAT.distribution, file))
        media = authorities.media_type(each.ending)
        service = self.part(f"service-{each.service}") if each.service else None
        self.put(file, {
            RDF.type: DCAT.Distribution,
            DCTERMS.title: words(each.title),
            DCAT.accessURL: URIRef(each.url),
            DCAT.downloadURL: None if service else URIRef(each.url),
            DCAT.accessService: service,
            DCTERMS.format: URIRef(authorities.file_type(each.ending)),
            DCAT.mediaType: URIRef(media) if media else None,
            DCAT.compressFormat: URIRef(authorities.GZIP) if each.is_packed else None,
            DCTERMS.license: URIRef(each.licence) if each.licence else None,
            DCTERMS.rights: self._rights(each.rights) if each.rights else None,
            DCTERMS.language: (
                URIRef(authorities.LANGUAGES[each.language]) if each.language else None
            ),
            DCTERMS.conformsTo: URIRef(each.conforms_to) if each.conforms_to else None,
            DCAT.byteSize: (
                Literal(each.bytes, datatype=XSD.nonNegativeInteger) if each.bytes else None
            ),
        })  # fmt: skip
        if service:
            self.graph.add((service, DCAT.servesDataset, at))
        if each.sha256:
            sum = self.part(f"{one.name}-{each.name}-sha256")
            self.graph.add((file, SPDX.checksum, sum))
            self.put(sum, {
                RDF.type: SPDX.Checksum,
                SPDX.algorithm: SPDX.checksumAlgorithm_sha256,
                SPDX.checksumValue: Literal(each.sha256, datatype=XSD.hexBinary),
            })  # fmt: skip


def words(texts: Mapping[str, str]) -> list[Literal]:
    """A text in its languages."""
    return [Literal(text, lang=code) for code, text in texts.items() if text]


def moment(value: datetime | date | None) -> Literal | None:
    """A day, or a moment to the second."""
    if isinstance(value, datetime):
        return Literal(value.replace(microsecond=0))
    return Literal(value) if value else None


def place(code: str) -> URIRef | None:
    """A country by its two letters."""
    url = authorities.country(code)
    return URIRef(url) if url else None
