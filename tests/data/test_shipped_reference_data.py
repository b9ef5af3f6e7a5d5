"""The reference data that ships with Contactpoint is whole and agrees with itself.

Plain files, read with rdflib and tomllib and no Django, so that a slip in a label or a relation is
found before anything is loaded.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "contactpoint"
TOPICS = SOURCE / "glossary/data/glossary.ttl"
KINDS = SOURCE / "outputs/data/kinds.ttl"
PLACES = SOURCE / "network/data/places.ttl"
THEMES = SOURCE / "glossary/data/themes.toml"
INSTITUTIONS = SOURCE / "network/data/institutions.toml"
COUNTRIES = SOURCE / "network/data/countries.toml"
ATTRIBUTION = SOURCE / "glossary/data/ATTRIBUTION.md"

CONCEPT = Namespace("https://contactpoint.example/id/concept/")
SCHEMES = {
    "glossary": TOPICS,
    "kinds": KINDS,
    "places": PLACES,
}
VERSIONS = {"glossary": "0.2", "kinds": "0.1", "places": "0.1"}
CONTENT_LANGUAGES = ("en", "fr", "nl", "de")
UNION = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
NETWORK_AND_APPLICANTS = "nb ka uk hy ar fa ps ti so ru sq tr"
UNION_LANGUAGES = set(UNION.split())
GLOSSARY_LANGUAGES = UNION_LANGUAGES | set(NETWORK_AND_APPLICANTS.split())
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COUNTRY_CODE = re.compile(r"[A-Z]{2}")
REPEALED = (
    "Directive 2009/50/EC",
    "Directive 2011/95/EU",
    "Directive 2011/98/EU",
    "Directive 2013/32/EU",
    "Directive 2013/33/EU",
    "Regulation (EU) No 516/2014",
    "Regulation (EU) No 603/2013",
    "Regulation (EU) No 604/2013",
)
SCRIPTS = {
    "ar": r"[\u0600-\u06ff]",
    "fa": r"[\u0600-\u06ff]",
    "ps": r"[\u0600-\u06ff]",
    "bg": r"[\u0400-\u04ff]",
    "ru": r"[\u0400-\u04ff]",
    "uk": r"[\u0400-\u04ff]",
    "el": r"[\u0370-\u03ff]",
    "hy": r"[\u0530-\u058f]",
    "ka": r"[\u10a0-\u10ff]",
    "ti": r"[\u1200-\u137f]",
}


def read(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


GRAPHS = {name: read(path) for name, path in SCHEMES.items()}
THEME_ROWS: list[dict[str, Any]] = tomllib.loads(THEMES.read_text())["theme"]
INSTITUTION_ROWS: list[dict[str, Any]] = tomllib.loads(INSTITUTIONS.read_text())["institution"]
COUNTRY_ROWS: list[dict[str, Any]] = tomllib.loads(COUNTRIES.read_text())["country"]


def concepts(scheme: str) -> list[URIRef]:
    return sorted(s for s in GRAPHS[scheme].subjects(RDF.type, SKOS.Concept))  # type: ignore[type-var]


def slug(concept: URIRef) -> str:
    return str(concept).removeprefix(str(CONCEPT))


def labels(scheme: str, concept: URIRef, *properties: URIRef) -> Iterator[tuple[str, str]]:
    for predicate in properties or (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for label in GRAPHS[scheme].objects(concept, predicate):
            assert isinstance(label, Literal)
            yield str(label.language), str(label)


def ancestors(scheme: str, concept: URIRef) -> set[URIRef]:
    found: set[URIRef] = set()
    open_ends = [concept]
    while open_ends:
        for broader in GRAPHS[scheme].objects(open_ends.pop(), SKOS.broader):
            if broader not in found:
                found.add(broader)  # type: ignore[arg-type]
                open_ends.append(broader)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(("scheme", "least"), [("glossary", 300), ("kinds", 6), ("places", 100)])
def test_each_scheme_has_the_concepts_it_promises(scheme: str, least: int) -> None:
    assert len(concepts(scheme)) >= least


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_scheme_names_itself_and_its_version(scheme: str) -> None:
    graph = GRAPHS[scheme]
    address = URIRef(f"https://contactpoint.example/id/scheme/{scheme}")
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [address]
    assert graph.value(address, OWL.versionInfo) == Literal(VERSIONS[scheme])
    titles = {title.language for title in graph.objects(address, DCTERMS.title)}
    assert titles == set(CONTENT_LANGUAGES)
    for concept in concepts(scheme):
        assert (concept, SKOS.inScheme, address) in graph


def test_every_id_is_a_slug_and_no_two_schemes_share_one() -> None:
    ids = [slug(concept) for scheme in SCHEMES for concept in concepts(scheme)]
    assert [each for each in ids if not SLUG.fullmatch(each)] == []
    assert [each for each, count in Counter(ids).items() if count > 1] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_concepts_of_a_file_stand_in_the_order_of_their_ids(scheme: str) -> None:
    blocks = SCHEMES[scheme].read_text().split("\n# Countries\n")
    for block in blocks:
        ids = re.findall(r"^concept:(\S+) a skos:Concept", block, flags=re.MULTILINE)
        assert ids == sorted(ids)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_concept_has_one_preferred_label_in_each_of_four_languages(scheme: str) -> None:
    for concept in concepts(scheme):
        per_language = Counter(language for language, _ in labels(scheme, concept, SKOS.prefLabel))
        assert set(CONTENT_LANGUAGES) <= set(per_language), slug(concept)
        assert set(per_language) <= GLOSSARY_LANGUAGES, slug(concept)
        assert max(per_language.values()) == 1, slug(concept)


def test_no_two_concepts_share_a_preferred_label_in_a_language() -> None:
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for scheme in SCHEMES:
        for concept in concepts(scheme):
            for language, text in labels(scheme, concept, SKOS.prefLabel):
                holders[language, text.casefold()].add(slug(concept))
    assert {key: value for key, value in holders.items() if len(value) > 1} == {}


def test_a_label_of_the_content_languages_leads_to_one_concept_only() -> None:
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for scheme in SCHEMES:
        for concept in concepts(scheme):
            for language, text in labels(scheme, concept):
                if language in CONTENT_LANGUAGES:
                    holders[language, text.casefold()].add(slug(concept))
    assert {key: value for key, value in holders.items() if len(value) > 1} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_label_is_said_once_and_without_stray_spaces(scheme: str) -> None:
    for concept in concepts(scheme):
        seen = list(labels(scheme, concept))
        assert [each for each, count in Counter(seen).items() if count > 1] == [], slug(concept)
        assert [text for _, text in seen if text != " ".join(text.split())] == [], slug(concept)


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_label_is_written_in_the_script_of_its_language(language: str) -> None:
    script = re.compile(SCRIPTS[language])
    found = 0
    for concept in concepts("glossary"):
        for each, text in labels("glossary", concept, SKOS.prefLabel):
            if each == language and not re.fullmatch(r"[A-Z0-9/ -]+", text):
                found += 1
                assert script.search(text), (slug(concept), text)
    assert found >= 5


def test_the_core_terms_are_labelled_for_the_whole_network_and_for_applicants() -> None:
    everywhere = GLOSSARY_LANGUAGES - {"ps", "ti", "so"}
    for core in ("asylum", "refugee", "visa", "temporary-protection"):
        languages = {language for language, _ in labels("glossary", CONCEPT[core], SKOS.prefLabel)}
        assert everywhere - {"fa"} <= languages, core
    wide = [
        concept
        for concept in concepts("glossary")
        if {"ar", "ru", "tr", "uk", "sq"}
        <= {language for language, _ in labels("glossary", concept, SKOS.prefLabel)}
    ]
    assert len(wide) >= 20


@pytest.mark.parametrize("scheme", SCHEMES)
def test_broader_leads_to_known_concepts_and_never_in_a_circle(scheme: str) -> None:
    known = set(concepts(scheme))
    for concept in known:
        above = ancestors(scheme, concept)
        assert above <= known, slug(concept)
        assert concept not in above, slug(concept)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_concept_is_marked_as_top_exactly_if_nothing_is_broader(scheme: str) -> None:
    graph = GRAPHS[scheme]
    for concept in concepts(scheme):
        has_broader = (concept, SKOS.broader, None) in graph
        is_top = (concept, SKOS.topConceptOf, None) in graph
        assert has_broader != is_top, slug(concept)


def test_related_is_written_on_both_sides_and_never_repeats_the_hierarchy() -> None:
    graph = GRAPHS["glossary"]
    known = set(concepts("glossary"))
    for one, other in graph.subject_objects(SKOS.related):
        assert other in known
        assert one != other
        assert (other, SKOS.related, one) in graph, (one, other)
        assert other not in ancestors("glossary", one), (one, other)  # type: ignore[arg-type]


def test_no_topic_stands_alone() -> None:
    graph = GRAPHS["glossary"]
    for concept in concepts("glossary"):
        linked = (
            (concept, SKOS.broader, None) in graph
            or (None, SKOS.broader, concept) in graph
            or (concept, SKOS.related, None) in graph
        )
        assert linked, slug(concept)


def test_every_topic_is_defined_in_the_four_content_languages() -> None:
    graph = GRAPHS["glossary"]
    for concept in concepts("glossary"):
        languages = []
        for node in graph.objects(concept, SKOS.definition):
            assert isinstance(node, BNode), slug(concept)
            text = graph.value(node, RDF.value)
            assert isinstance(text, Literal), slug(concept)
            assert str(text).endswith("."), slug(concept)
            languages.append(text.language)
        assert sorted(map(str, languages)) == sorted(CONTENT_LANGUAGES), slug(concept)


def test_most_legal_definitions_name_their_source() -> None:
    graph = GRAPHS["glossary"]
    sourced = {
        concept
        for concept, node in graph.subject_objects(SKOS.definition)
        if (node, DCTERMS.source, None) in graph
    }
    assert len(sourced) >= 100
    for core in ("refugee", "unaccompanied-minor", "return", "family-reunification", "reception"):
        assert CONCEPT[core] in sourced


@pytest.mark.parametrize("act", REPEALED)
def test_an_act_that_was_replaced_is_named_only_beside_the_one_in_force(act: str) -> None:
    graph = GRAPHS["glossary"]
    for concept, node in graph.subject_objects(SKOS.definition):
        source = str(graph.value(node, DCTERMS.source) or "")
        assert act not in re.sub(r"; before (it|them) [^;]*", "", source), slug(concept)
        assert "succeeded by" not in source, slug(concept)


def test_a_definition_has_the_same_source_in_every_language() -> None:
    graph = GRAPHS["glossary"]
    for concept in concepts("glossary"):
        nodes = graph.objects(concept, SKOS.definition)
        assert len({str(graph.value(node, DCTERMS.source)) for node in nodes}) == 1, slug(concept)


def test_a_eurovoc_concept_is_the_exact_match_of_one_concept_only() -> None:
    matches = Counter(
        match for graph in GRAPHS.values() for match in graph.objects(None, SKOS.exactMatch)
    )
    assert matches
    assert [match for match, count in matches.items() if count > 1] == []
    assert all(str(match).startswith("http://eurovoc.europa.eu/") for match in matches)
    assert "EuroVoc" in ATTRIBUTION.read_text()
    assert "2011/833/EU" in ATTRIBUTION.read_text()


def test_an_exact_match_brings_labels_in_the_languages_of_the_union() -> None:
    graph = GRAPHS["glossary"]
    for concept in graph.subjects(SKOS.exactMatch):
        assert isinstance(concept, URIRef)
        languages = {language for language, _ in labels("glossary", concept, SKOS.prefLabel)}
        assert len(languages & UNION_LANGUAGES) >= 20, slug(concept)


@pytest.mark.parametrize(
    ("keyword", "language", "scheme", "expected"),
    [
        ("asiel", "nl", "glossary", "asylum"),
        ("huisvesting", "nl", "glossary", "housing"),
        ("discriminatie", "nl", "glossary", "discrimination"),
        ("médias sociaux", "fr", "glossary", "social-media"),
        ("conférence EMN", "fr", "glossary", "emn-conference"),
        ("LOI's", "nl", "glossary", "local-reception-initiative"),
        ("policy note", "en", "glossary", "policy-paper"),
        ("policy paper", "en", "glossary", "policy-paper"),
        ("unaccompanied minors", "en", "glossary", "unaccompanied-minor"),
        ("human trafficking", "en", "glossary", "trafficking-in-human-beings"),
        ("research", "en", "glossary", "research"),
        ("video", "en", "kinds", "video"),
        ("job vacancy", "en", "kinds", "vacancy"),
        ("Eastern Europe", "en", "places", "eastern-europe"),
    ],
)
def test_a_keyword_of_an_old_listing_is_a_label(
    keyword: str, language: str, scheme: str, expected: str
) -> None:
    holders = {
        slug(concept)
        for concept in concepts(scheme)
        if (language, keyword.casefold())
        in {(each, text.casefold()) for each, text in labels(scheme, concept)}
    }
    assert holders == {expected}


def test_a_conference_is_a_topic_and_not_a_kind() -> None:
    words = {
        text.casefold() for concept in concepts("kinds") for _, text in labels("kinds", concept)
    }
    assert not [word for word in words if "confer" in word or "konferenz" in word]


def test_the_kinds_are_those_of_an_output() -> None:
    assert [slug(concept) for concept in concepts("kinds")] == [
        "development",
        "event",
        "news-item",
        "publication",
        "vacancy",
        "video",
    ]


def test_every_country_is_a_place_under_its_code_in_lower_case() -> None:
    graph = GRAPHS["places"]
    by_code = {str(code): slug(place) for place, code in graph.subject_objects(SKOS.notation)}  # type: ignore[arg-type]
    codes = [row["code"] for row in COUNTRY_ROWS]
    assert codes == sorted(set(codes))
    assert all(COUNTRY_CODE.fullmatch(code) for code in codes)
    assert by_code == {code: code.lower() for code in codes}


def test_the_network_has_26_members_without_denmark_and_eight_observers() -> None:
    status = {row["code"]: row["emn"] for row in COUNTRY_ROWS}
    members = {code for code, each in status.items() if each == "member"}
    european_union = {
        slug(place).upper()  # type: ignore[arg-type]
        for place in GRAPHS["places"].subjects(SKOS.broader, CONCEPT["european-union"])
    }
    assert len(european_union) == 27
    assert members == european_union - {"DK"}
    assert status["DK"] == "none"
    assert {code for code, each in status.items() if each == "observer"} == {
        "AM",
        "GE",
        "MD",
        "ME",
        "MK",
        "NO",
        "RS",
        "UA",
    }
    assert set(status.values()) == {"member", "observer", "none"}


def test_the_day_a_country_joined_is_a_year_a_month_or_a_day() -> None:
    joined = {row["code"]: row["joined"] for row in COUNTRY_ROWS if "joined" in row}
    assert joined["GE"] == "2021-03-11"
    assert joined["MD"] == "2021-03-12"
    for code, when in joined.items():
        assert date.fromisoformat(when + "0001-01-01"[len(when) :]), code


def test_the_main_themes_are_a_tree_of_eleven_with_seven_under_them() -> None:
    slugs = [row["slug"] for row in THEME_ROWS]
    assert len(slugs) == len(set(slugs)) == 18
    assert all(SLUG.fullmatch(each) for each in slugs)
    tops = [row for row in THEME_ROWS if "parent" not in row]
    assert [row["hue"] for row in tops] == list(range(1, 12))
    assert [row["position"] for row in tops] == list(range(1, 12))
    children: dict[str, list[str]] = defaultdict(list)
    for row in THEME_ROWS:
        if "parent" in row:
            assert "hue" not in row
            children[row["parent"]].append(row["slug"])
            assert row["position"] == len(children[row["parent"]])
    assert dict(children) == {
        "asylum": ["international-protection", "reception", "resettlement"],
        "migration": [
            "economic-migration",
            "family-reunification",
            "return-and-readmission",
            "regularisation",
        ],
    }


def test_every_theme_is_about_known_concepts_and_has_four_labels() -> None:
    known = {slug(concept) for concept in concepts("glossary")}
    for row in THEME_ROWS:
        assert set(row["labels"]) == set(CONTENT_LANGUAGES), row["slug"]
        assert row["concepts"], row["slug"]
        assert set(row["concepts"]) <= known, row["slug"]
        assert len(row["concepts"]) == len(set(row["concepts"])), row["slug"]


def test_a_name_of_a_theme_leads_to_one_theme_only() -> None:
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in THEME_ROWS:
        for language, label in row["labels"].items():
            holders[language, label.casefold()].add(row["slug"])
        for language, alternatives in row["alternatives"].items():
            for alternative in alternatives:
                holders[language, alternative.casefold()].add(row["slug"])
    assert {key: value for key, value in holders.items() if len(value) > 1} == {}
    for met in ("regularization", "irregular migration", "data & statistics", "borders & visa"):
        assert len(holders["en", met]) == 1


def test_every_institution_has_an_id_four_labels_a_homepage_and_a_known_country() -> None:
    codes = {row["code"] for row in COUNTRY_ROWS}
    slugs = [row["slug"] for row in INSTITUTION_ROWS]
    assert slugs == sorted(set(slugs))
    assert len(slugs) >= 40
    for row in INSTITUTION_ROWS:
        assert SLUG.fullmatch(row["slug"])
        assert set(row["labels"]) == set(CONTENT_LANGUAGES), row["slug"]
        assert row["homepage"].startswith("https://"), row["slug"]
        assert row.get("country", "BE") in codes, row["slug"]
        assert set(row.get("alternatives", {})) <= {*CONTENT_LANGUAGES, "ar"}, row["slug"]


def test_the_best_known_institutions_have_an_arabic_name() -> None:
    script = re.compile(SCRIPTS["ar"])
    named = {
        row["slug"]: row["alternatives"].get("ar", [])
        for row in INSTITUTION_ROWS
        if "alternatives" in row
    }
    assert all(script.match(name) for names in named.values() for name in names)
    assert {slug for slug, names in named.items() if names} >= {
        "cgrs",
        "council-of-the-european-union",
        "emn",
        "euaa",
        "european-commission",
        "european-parliament",
        "fedasil",
        "frontex",
        "immigration-office",
        "iom",
        "red-cross-french-speaking-belgium",
        "unhcr",
    }


def test_a_name_of_an_institution_leads_to_one_institution_only() -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for row in INSTITUTION_ROWS:
        names = [row["acronym"], *row["labels"].values()]
        for alternatives in row.get("alternatives", {}).values():
            names += alternatives
        for name in filter(None, names):
            holders[name.casefold()].add(row["slug"])
    assert {name: value for name, value in holders.items() if len(value) > 1} == {}


def test_the_institutions_of_an_old_listing_are_known() -> None:
    known = {row["slug"] for row in INSTITUTION_ROWS}
    assert known >= {
        "cgrs",
        "emn",
        "emn-belgium",
        "euaa",
        "european-commission",
        "eurostat",
        "fedasil",
        "federal-public-service-interior",
        "frontex",
        "immigration-office",
        "myria",
        "oecd",
        "state-secretary-for-asylum-and-migration",
        "unhcr",
        "vvsg",
    }
