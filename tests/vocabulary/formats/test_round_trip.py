"""A scheme comes back the same from every format, and a file loses no statement."""

from dataclasses import replace
from pathlib import Path

import pytest
from graphs import statements
from rdflib import SKOS, Graph, Literal, URIRef

from contactpoint.vocabulary import Label, Scheme
from contactpoint.vocabulary.formats import FORMATS, read, write

pytestmark = pytest.mark.xdist_group(
    "round trips"
)  # files of ten thousands of statements, read once
RDF = ("turtle", "rdfxml", "jsonld", "ntriples")
GLOSSARY = Path(__file__).parents[3] / "src/contactpoint/glossary/data/glossary.ttl"


def there_and_back(scheme: Scheme, format_name: str) -> Scheme:
    return read(write(scheme, format_name), format=format_name, scheme_id=scheme.id)


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_scheme_with_every_field_comes_back_the_same(whole: Scheme, format_name: str) -> None:
    assert there_and_back(whole, format_name) == whole


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_shipped_glossary_comes_back_the_same(glossary: Scheme, format_name: str) -> None:
    assert there_and_back(glossary, format_name) == glossary


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_same_scheme_makes_the_same_file(whole: Scheme, format_name: str) -> None:
    first, second = write(whole, format_name), write(whole, format_name)
    if format_name == "xlsx":  # a zip file says when it was made
        assert len(first) == len(second)
    else:
        assert first == second


@pytest.mark.parametrize("format_name", RDF)
def test_the_shipped_glossary_lacks_no_statement(glossary: Scheme, format_name: str) -> None:
    before = statements(GLOSSARY.read_bytes(), "turtle")
    after = statements(write(glossary, format_name), format_name)
    assert before - after == set()
    assert {predicate for _, predicate, _ in after - before} == {SKOS.narrower}


@pytest.mark.parametrize("format_name", FORMATS)
def test_unesco_comes_back_the_same(unesco: Scheme, unesco_file: Path, format_name: str) -> None:
    data = write(unesco, format_name)
    assert read(data, format=format_name, scheme_id=unesco.id) == unesco
    if format_name in RDF:
        assert statements(data, format_name) == statements(unesco_file.read_bytes(), "turtle")


@pytest.mark.soak
def test_eurovoc_with_all_its_schemes_comes_back(eurovoc_file: Path) -> None:
    scheme = read(eurovoc_file, scheme_id="eurovoc")
    assert len(scheme.concepts) == 7382
    is_scheme = "<http://www.w3.org/2004/02/skos/core#ConceptScheme>"
    assert sum(value == is_scheme for _, _, value in scheme.other) == 128
    turtle, ntriples = write(scheme, "turtle"), write(scheme, "ntriples")
    assert read(turtle, scheme_id="eurovoc") == scheme
    assert read(ntriples, scheme_id="eurovoc") == scheme
    before = statements(eurovoc_file.read_bytes(), "turtle")
    assert before - statements(ntriples, "ntriples") == set()


def test_one_scheme_of_many_keeps_what_crosses_its_border() -> None:
    turtle = b"""@prefix c: <https://example.org/c/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <https://example.org/s> a skos:ConceptScheme . <https://example.org/t> a skos:ConceptScheme .
    c:a a skos:Concept ; skos:prefLabel 'a'@en ; skos:inScheme <https://example.org/s> ;
      skos:related c:b .
    c:b a skos:Concept ; skos:prefLabel 'b'@en ; skos:inScheme <https://example.org/t> ."""
    scheme = read(turtle, scheme_id="s")
    assert list(scheme.concepts) == ["a"]
    assert scheme.concepts["a"].related == ()
    again = there_and_back(scheme, "turtle")
    assert again == scheme
    assert again.concepts["a"].other == (
        ("<http://www.w3.org/2004/02/skos/core#related>", "<https://example.org/c/b>"),
    )


AWKWARD = b"""@prefix c: <https://example.org/c/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/s> a skos:ConceptScheme ; skos:prefLabel "S"@en ; dct:title "S"@en, "T"@fr ;
  owl:versionInfo "1", "2" ;
  dct:creator [ dct:title "somebody" ; dct:hasPart ( 1 2 "x"@en ) ] .
c:a a skos:Concept, <https://example.org/Special> ;
  skos:prefLabel "two  spaces"@en, "zwei"@de-AT ; skos:altLabel "g"@en-x-euacquis, "g"@en ;
  skos:notation "01"^^xsd:integer, "B" ; adms:status "draft" ;
  dct:source <https://example.org/law> ;
  skos:definition "Shared source."@en, [ rdf:value "Own."@en ; dct:source "Law" ; dct:date "2001" ],
    <https://example.org/d1> , [ rdf:value "Node."@fr ; dct:source "Gesetz"@de ] ;
  skos:note [ rdf:value "a note as a node"@en ], "typed"^^xsd:token ;
  skos:exactMatch "not an address", <https://example.org/z> ; dct:isReplacedBy c:b, c:c .
<https://example.org/d1> rdf:value "Behind an address."@en .
c:b a skos:Concept ; skos:prefLabel "b"@en ; owl:deprecated "1"^^xsd:boolean ; adms:status "valid" .
c:c a skos:Concept ; skos:prefLabel "c"@en ; owl:deprecated true ; skos:definition "Plain."@en .
<https://example.org/g> a skos:Collection ;
  skos:member c:a, [ skos:member c:b ], [ skos:member c:b ] .
"""


@pytest.mark.parametrize("format_name", RDF)
def test_what_the_model_has_no_field_for_is_kept_and_said_again(format_name: str) -> None:
    scheme = read(AWKWARD)
    a = scheme.concepts["a"]
    assert a.status == "proposed"
    assert a.labels[:2] == (Label("zwei", "de", variant="AT"), Label("two spaces", "en"))
    assert {one.source for one in a.definitions} == {"https://example.org/law", "Law", "Gesetz"}
    assert scheme.concepts["b"].status == "deprecated"
    data = write(scheme, format_name)
    assert read(data, format=format_name) == scheme
    assert statements(AWKWARD, "turtle") - statements(data, format_name) == set()


def test_a_table_keeps_what_the_model_has_no_field_for_too() -> None:
    scheme = read(AWKWARD)
    assert there_and_back(scheme, "csv") == scheme
    assert there_and_back(scheme, "xlsx") == scheme


def test_a_change_in_the_model_wins_over_what_the_file_said() -> None:
    scheme = read(AWKWARD)
    a = scheme.concepts["a"]
    changed = replace(
        a, status="approved", labels=(Label("renamed", "en"),), definitions=a.definitions[:1]
    )
    again = there_and_back(replace(scheme, concepts={**scheme.concepts, "a": changed}), "turtle")
    assert again.concepts["a"].status == "approved"
    assert again.concepts["a"].labels == (Label("renamed", "en"),)
    assert again.concepts["a"].definitions == a.definitions[:1]


def test_a_variant_is_a_tag_that_others_can_read(whole: Scheme) -> None:
    graph = Graph().parse(data=write(whole, "turtle"), format="turtle")
    asylum = URIRef("https://example.org/c/asylum")
    assert (asylum, SKOS.altLabel, Literal("Asylgewährung", lang="de-AT")) in graph
    label = Literal("asylum of the Union", lang="en-x-euacquis")
    assert (asylum, SKOS.prefLabel, label) in graph


def test_json_ld_is_plain_json_with_its_context_inside(glossary: Scheme) -> None:
    text = write(glossary, "jsonld").decode()
    assert '"prefLabel": {' in text
    assert '"fr": "asile"' in text
    assert '"broader": ' in text
