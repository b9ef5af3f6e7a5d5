"""The catalogue: valid, in all languages, true, and of nothing that is not for everybody."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from dcat_ap import SPDX, faults
from django.test import Client
from factories import MadeSite, make_concept, make_output
from made_answers import applicants
from published_glossary import publish_glossary
from rdflib import DCAT, DCTERMS, RDF, RDFS, Graph, URIRef
from storing import kept

from contactpoint.api.dumps.making import DUMPED, make
from contactpoint.outputs.models import Output

CATALOGUE = "http://localhost:8000/catalogue"
LANGUAGES = {"en", "fr", "nl", "de"}


def get(ending: str = ".ttl", **headers: str) -> Any:
    return Client().get(f"/catalogue{ending}", headers=headers)


def graph(ending: str = ".ttl", format_name: str = "turtle") -> Graph:
    answer = get(ending)
    assert answer.status_code == 200, answer.content[:500]
    return Graph().parse(data=answer.content, format=format_name)


def at(name: str) -> URIRef:
    return URIRef(f"{CATALOGUE}#{name}")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def full(study: Output) -> Graph:
    """With figures, a version of the glossary and a dump."""
    make_concept("first-time-applicant", en="first-time applicant", fr="primo-demandeur")
    kept(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765]))
    publish_glossary()
    make()
    return graph()


def test_the_catalogue_is_valid_with_all_that_there_may_be(full: Graph) -> None:
    assert list(faults(full)) == []
    datasets = set(full.subjects(RDF.type, DCAT.Dataset))
    assert {at(one.name) for one in DUMPED} <= datasets
    assert {at("glossary"), at("figures-first-time-applicants")} <= datasets


def test_every_dataset_has_a_file(full: Graph) -> None:
    datasets = set(full.subjects(RDF.type, DCAT.Dataset))
    assert {
        one for one in datasets if full.value(one, DCAT.distribution, any=True) is None
    } == set()
    version = full.value(at("glossary"), URIRef("http://www.w3.org/ns/dcat#version"))
    assert str(version) == "1.2"


def test_an_empty_portal_has_a_valid_catalogue_too(site: MadeSite) -> None:
    assert list(faults(graph())) == []


def test_titles_and_descriptions_are_in_all_languages(full: Graph) -> None:
    for one in (URIRef(CATALOGUE), at("outputs"), at("glossary"), at("service-oai")):
        languages = {title.language for title in full.objects(one, DCTERMS.title)}  # type: ignore[attr-defined]
        assert languages == LANGUAGES


def test_size_and_checksum_are_those_of_the_file_that_it_leads_to(full: Graph) -> None:
    file = at("outputs-ndjson")
    url = str(full.value(file, DCAT.downloadURL))
    answer = Client().get(url.removeprefix("http://localhost:8000"))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert int(str(full.value(file, DCAT.byteSize))) == len(content)
    sum = full.value(file, SPDX.checksum)
    assert str(full.value(sum, SPDX.checksumValue)) == hashlib.sha256(content).hexdigest()


def test_a_licence_stands_only_where_it_holds_for_all_of_a_file(full: Graph) -> None:
    """Else words say what holds, in all languages."""
    texts = [f"{name}-ndjson" for name in ("outputs", "events", "guidance", "queries", "concepts")]
    for name in (*texts, "queries-json", "service-api"):
        assert full.value(at(name), DCTERMS.license) is None, name
        said = full.value(at(name), DCTERMS.rights)
        assert (said, RDF.type, DCTERMS.RightsStatement) in full
        assert {one.language for one in full.objects(said, RDFS.label)} == LANGUAGES  # type: ignore[attr-defined]
    for name in ("outputs-json", "themes-ndjson", "service-oai"):
        assert str(full.value(at(name), DCTERMS.license)).endswith("/CC_BY_4_0"), name
    assert full.value(at("outputs-json"), DCTERMS.rights) is None, "not beside a licence"
    assert full.value(at("outputs"), DCTERMS.rights) is not None
    assert full.value(at("themes"), DCTERMS.rights) is None


def test_every_file_that_it_names_is_there(full: Graph) -> None:
    urls = {str(one) for one in full.objects(None, DCAT.accessURL)}
    urls |= {str(one) for one in full.objects(None, DCAT.endpointURL)}
    urls |= {
        str(one)
        for dataset in (at("glossary"), at("figures-first-time-applicants"))
        for one in full.objects(dataset, DCAT.landingPage)
    }
    assert len(urls) > 20
    for url in urls:
        path = url.removeprefix("http://localhost:8000")
        assert Client().get(path).status_code == 200, path


def test_figures_say_where_when_how_often_and_by_whom(full: Graph) -> None:
    one = at("figures-first-time-applicants")
    authority = "http://publications.europa.eu/resource/authority/"
    assert URIRef(f"{authority}country/BEL") in set(full.objects(one, DCTERMS.spatial))
    assert full.value(one, DCTERMS.accrualPeriodicity) is not None
    span = full.value(one, DCTERMS.temporal)
    assert str(full.value(span, DCAT.startDate)) < str(full.value(span, DCAT.endDate))
    concept = URIRef("http://localhost:8000/id/concept/first-time-applicant")
    assert full.value(one, DCTERMS.subject) == concept


def test_the_formats_say_the_same(full: Graph) -> None:
    for ending, name in ((".jsonld", "json-ld"), (".rdf", "xml")):
        assert set(graph(ending, name)) == set(full)


def test_who_reads_is_led_to_the_page_and_who_asks_for_data_gets_it(site: MadeSite) -> None:
    page = get("", accept="text/html,application/xhtml+xml,*/*;q=0.8", accept_language="fr")
    assert page.status_code == 303
    assert page["Location"] == "/fr/open-data/"
    for wanted, kind in (
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("*/*", "text/turtle"),
    ):
        answer = get("", accept=wanted)
        assert answer["Content-Type"].startswith(kind)
        assert "Accept" in answer["Vary"]
    assert get("", accept="image/png").status_code == 406
    assert get(".csv").status_code == 404
    assert get(".ttl?x=1").status_code == 400
    known = get(".ttl")
    assert get(".ttl", if_none_match=known["ETag"]).status_code == 304


def test_what_is_hidden_is_not_in_it(site: MadeSite) -> None:
    make_output(site, title="Secret", private=True)
    make()
    assert "Secret" not in get(".ttl").content.decode()


def test_the_page_lists_the_files_and_is_linked(site: MadeSite, study: Output) -> None:
    client = Client()
    empty = client.get("/en/open-data/").content.decode()
    assert "/dumps/latest/outputs.ndjson.gz" not in empty
    make()
    for language in sorted(LANGUAGES):
        told = client.get(f"/{language}/open-data/").content.decode()
        assert 'href="/dumps/latest/outputs.ndjson.gz"' in told
        assert 'href="/catalogue.ttl"' in told
        assert '<link rel="alternate" type="text/turtle" href="/catalogue.ttl">' in told
        assert "/oai?verb=Identify" in told
    developers = client.get("/en/developers/").content.decode()
    assert 'href="/en/open-data/"' in developers
    assert '<link rel="alternate" type="text/turtle" href="/catalogue.ttl">' in developers


def test_search_engines_read_the_page_as_a_catalogue(site: MadeSite) -> None:
    make()
    page = Client().get("/fr/open-data/").content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.+?)</script>', page, re.DOTALL)
    (told,) = (one for one in map(json.loads, blocks) if one["@type"] == "DataCatalog")
    assert told["url"] == "http://localhost:8000/fr/open-data/"
    by_name = {one["@id"].rpartition("#")[2]: one for one in told["dataset"]}
    assert set(by_name) == {one.name for one in DUMPED}
    assert by_name["themes"]["name"] == "Thèmes"
    assert by_name["themes"]["license"].endswith("/by/4.0/")
    assert "license" not in by_name["outputs"]
    assert [len(one["distribution"]) for one in told["dataset"]] == [2] * len(DUMPED)
