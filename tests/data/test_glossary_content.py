"""The glossary's content keeps its promises: how much, in which languages, and without ambiguity.

Read through the library that the portal uses; `glossary_core.toml` says what is promised and which
labels are still wanted.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from contactpoint.vocabulary import Vocabulary, read_turtle
from contactpoint.vocabulary.model import Scheme, VocabularyConcept

SOURCE = Path(__file__).parents[2] / "src" / "contactpoint"
PROMISED = tomllib.loads((Path(__file__).parent / "glossary_core.toml").read_text())
CORE: list[str] = PROMISED["core"]
GAPS: dict[str, list[str]] = PROMISED["gaps"]

CONTENT_LANGUAGES = ("en", "fr", "nl", "de")
UNION = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
NETWORK = f"{UNION} nb ka uk hy"
APPLICANTS = "nl fr en de ar fa ps ti so ru uk es sq tr"
EVERYBODY = {*NETWORK.split(), *APPLICANTS.split()}
PACT = {1346, 1347, 1348, 1349, 1350, 1351, 1356, 1358, 1359}


def read(name: str) -> Scheme:
    return read_turtle(SOURCE / name, scheme_id=Path(name).stem)


GLOSSARY = read("glossary/data/glossary.ttl")
CONCEPTS = GLOSSARY.concepts


@pytest.fixture(scope="module")
def shipped() -> Vocabulary:
    names = ("glossary/data/glossary.ttl", "outputs/data/kinds.ttl", "network/data/places.ttl")
    return Vocabulary(read(name) for name in names)


def preferred(concept: VocabularyConcept) -> dict[str, str]:
    return {label.language: label.text for label in concept.labels if label.kind == "preferred"}


def test_the_glossary_is_as_large_as_promised_and_says_its_version() -> None:
    assert len(CONCEPTS) >= 390
    assert GLOSSARY.version == "0.2"


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_every_concept_is_named_and_defined_in_each_language_of_the_portal(language: str) -> None:
    for concept in CONCEPTS.values():
        assert language in preferred(concept), concept.id
        assert [one.text for one in concept.definitions if one.language == language], concept.id


def test_no_definition_is_left_in_another_language() -> None:
    for concept in CONCEPTS.values():
        texts = [definition.text for definition in concept.definitions]
        assert len(set(texts)) == len(texts), concept.id
        assert all(len(text) > 25 for text in texts), concept.id


def test_a_definition_is_one_thought_of_a_length_that_is_read() -> None:
    longest = {
        concept.id: max(len(definition.text) for definition in concept.definitions)
        for concept in CONCEPTS.values()
    }
    assert {name: size for name, size in longest.items() if size > 500} == {}


def test_every_definition_names_its_source_unless_no_law_settles_the_meaning() -> None:
    without = {
        concept.id
        for concept in CONCEPTS.values()
        if not all(definition.source for definition in concept.definitions)
    }
    assert without <= set(PROMISED["without_source"])
    assert set(PROMISED["without_source"]) <= set(CONCEPTS)


def test_every_act_of_the_pact_on_migration_and_asylum_settles_a_concept() -> None:
    sources = " ".join(
        definition.source for concept in CONCEPTS.values() for definition in concept.definitions
    )
    cited = {int(number) for number in re.findall(r"\(EU\) 2024/(\d{4})", sources)}
    assert cited >= PACT


def test_the_core_is_labelled_for_the_whole_network_and_for_applicants_but_for_named_gaps() -> None:
    assert len(CORE) == len(set(CORE)) >= 60
    assert set(GAPS) <= set(CORE)
    wanted = {name: EVERYBODY - set(preferred(CONCEPTS[name])) for name in CORE}
    assert {name: gaps for name, gaps in wanted.items() if gaps} == {
        name: set(gaps) for name, gaps in GAPS.items()
    }


def test_few_labels_of_the_core_are_wanted_and_hardly_any_of_the_network() -> None:
    wanted = [language for gaps in GAPS.values() for language in gaps]
    assert len(wanted) <= len(CORE) * len(EVERYBODY) / 50
    assert sum(language in NETWORK.split() for language in wanted) <= 3


def test_every_concept_is_reached_from_the_top_of_the_hierarchy() -> None:
    reached: set[str] = set()
    open_ends = [name for name, concept in CONCEPTS.items() if not concept.broader]
    while open_ends:
        name = open_ends.pop()
        if name not in reached:
            reached.add(name)
            open_ends += CONCEPTS[name].narrower
    assert reached == set(CONCEPTS)


def test_most_concepts_stand_under_another() -> None:
    tops = [name for name, concept in CONCEPTS.items() if not concept.broader]
    assert len(tops) < len(CONCEPTS) / 6


def test_a_label_of_any_language_leads_to_one_concept_only() -> None:
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in CONCEPTS.values():
        for label in concept.labels:
            holders[label.language, label.text.casefold()].add(concept.id)
    assert {key: names for key, names in holders.items() if len(names) > 1} == {}


def test_a_term_of_one_country_says_which_and_is_never_the_preferred_one() -> None:
    national = [label for concept in CONCEPTS.values() for label in concept.labels if label.variant]
    countries = {f"{label.language}-{label.variant}" for label in national}
    assert countries == {
        "de-AT", "de-CH", "de-DE", "fr-BE", "fr-CH", "fr-FR", "nl-BE", "nl-NL"
    }  # fmt: skip
    assert {label.kind for label in national} <= {"alternative", "hidden"}


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_the_name_of_a_concept_means_that_concept_and_is_sure(
    shipped: Vocabulary, language: str
) -> None:
    for concept in CONCEPTS.values():
        found = shipped.harmonise(preferred(concept)[language], language)
        assert (found.scheme, found.concept) == ("glossary", concept.id), found
        assert found.confidence >= 0.9, found


@pytest.mark.parametrize(
    ("keyword", "language", "concept"),
    [
        ("pushbacks", "en", "pushback"),
        ("Global Compact on Refugees", "en", "global-compact-on-refugees"),
        ("solidariteitspool", "nl", "annual-solidarity-pool"),
        ("screening aan de buitengrenzen", "nl", "screening"),
        ("procédure de retour à la frontière", "fr", "return-border-procedure"),
        ("requérants d'asile", "fr", "applicant-for-international-protection"),
        ("Nichteintretensentscheid", "de", "inadmissible-application"),
        ("Duldung", "de", "tolerated-stay"),
        ("Asylwerber", "de", "applicant-for-international-protection"),
        ("NBMV", "nl", "unaccompanied-minor"),
        ("dwangarbeid", "nl", "forced-labour"),
        ("droit du sol", "fr", "ius-soli"),
        ("permanent residence", "en", "permanent-residence"),
        ("long-term residents", "en", "long-term-resident"),
        ("allochtonen", "nl", "person-with-a-migration-background"),
    ],
)
def test_a_word_that_once_hid_under_another_concept_has_its_own(
    shipped: Vocabulary, keyword: str, language: str, concept: str
) -> None:
    assert shipped.harmonise(keyword, language).concept == concept


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The execution of the contract was postponed.", "en"),
        ("Power of attorney is required.", "en"),
        ("The API answers in JSON.", "en"),
        ("La deuxième génération du téléphone est sortie.", "fr"),
        ("Een oudere versie staat op de site.", "nl"),
        ("La tutela dell'ambiente resta una priorità.", "it"),
        ("Η έκδοση του βιβλίου καθυστέρησε.", "el"),
    ],
)
def test_an_everyday_sense_of_a_new_label_is_left_alone(
    shipped: Vocabulary, text: str, language: str
) -> None:
    found = shipped.annotate(text, language, schemes=["glossary"])
    assert [annotation.label for annotation in found] == []
