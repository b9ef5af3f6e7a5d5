"""Each check finds its fault, keeps quiet where there is none, and says the mend."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contactpoint.vocabulary import Definition, Label, Scheme, VocabularyConcept, read_turtle
from contactpoint.vocabulary.check import RULES, as_json, as_text, check, counts, families
from contactpoint.vocabulary.commandline import main

HERE = "https://here.example/"


def concept(slug: str, *labels: Label, **fields: Any) -> VocabularyConcept:
    fields.setdefault("definitions", (Definition(f"What {slug} is.", "en"),))
    return VocabularyConcept(
        id=slug, uri=HERE + slug, labels=labels or (Label(slug, "en"),), **fields
    )


def scheme(*concepts: VocabularyConcept, name: str = "topics") -> Scheme:
    return Scheme(id=name, concepts={one.id: one for one in concepts})


ROOT = concept("root", narrower=("leaf",))
LEAF = concept("leaf", broader=("root",))
SOUND = scheme(ROOT, LEAF)
BESIDE = concept("beside", broader=("root",))


def other(*labels: Label, **fields: Any) -> VocabularyConcept:
    return concept("z", *labels, broader=("root",), **fields)


def old(slug: str, replaced_by: str = "") -> VocabularyConcept:
    return concept(slug, status="deprecated", replaced_by=replaced_by)


def faulty(*more: VocabularyConcept, root: VocabularyConcept = ROOT, **leaf: Any) -> Scheme:
    return scheme(root, replace(LEAF, **leaf), *more)


EN = Label("leaf", "en")
ALT = Label("leaf", "en", "alternative")
MATCH = ("https://e.example/1",)
BARE = replace(ROOT, narrower=())
NINE = [
    concept(
        f"c{n}",
        Label(f"c{n}", "en"),
        Label(f"c{n}", "nl"),
        broader=("root",),
        definitions=(Definition("a", "en"), Definition("b", "nl")),
    )
    for n in range(9)
]
BOTH = (Definition("a", "en"), Definition("b", "nl"))

# code: (a scheme with that fault alone, the concept and the language that are named)
FAULTS: dict[str, tuple[Scheme, str, str]] = {
    "preferred-missing": (faulty(labels=(Label("x", "en", "hidden"),)), "leaf", ""),
    "preferred-twice": (faulty(labels=(EN, Label("sheet", "en"))), "leaf", "en"),
    "label-repeated": (faulty(labels=(EN, replace(EN, kind="hidden"))), "leaf", "en"),
    "preferred-shared": (faulty(other(EN)), "leaf", "en"),
    "label-shared": (faulty(other(Label("z", "en"), ALT)), "leaf", "en"),
    "hidden-shared": (faulty(other(Label("z", "en"), replace(EN, kind="hidden"))), "leaf", "en"),
    "label-near": (faulty(labels=(EN, Label("Léaf", "en", "alternative"))), "leaf", "en"),
    "label-near-other": (faulty(other(Label("Leaf", "en"))), "z", "en"),
    "translation-missing": (scheme(replace(BARE, definitions=BOTH), *NINE), "root", "nl"),
    "definition-missing": (faulty(definitions=()), "leaf", ""),
    "definition-untranslated": (
        scheme(replace(BARE, labels=(*BARE.labels, Label("wortel", "nl"))), *NINE), "root", "nl",
    ),
    "broader-cycle": (faulty(root=replace(ROOT, broader=("leaf",))), "leaf", ""),
    "orphan": (faulty(concept("alone")), "alone", ""),
    "relation-unknown": (faulty(related=("nowhere",)), "leaf", ""),
    "relation-deprecated": (faulty(old("o", "leaf"), broader=("root", "o")), "leaf", ""),
    "related-self": (faulty(related=("leaf",)), "leaf", ""),
    "related-one-sided": (faulty(BESIDE, related=("beside",)), "leaf", ""),
    "related-and-broader": (
        faulty(
            concept("low", broader=("leaf",), related=("root",)),
            root=replace(ROOT, related=("low",)),
        ),
        "low", "",
    ),
    "successor-missing": (faulty(old("o")), "o", ""),
    "successor-unknown": (faulty(old("o", "nowhere")), "o", ""),
    "successor-deprecated": (faulty(old("o", "p"), old("p", "leaf")), "o", ""),
    "successor-cycle": (faulty(old("o", "p"), old("p", "o")), "o", ""),
    "successor-early": (faulty(replaced_by="root"), "leaf", ""),
    "match-malformed": (faulty(exact_matches=("eurovoc.europa.eu/105",)), "leaf", ""),
    "match-dangling": (faulty(exact_matches=(HERE + "nowhere",)), "leaf", ""),
    "match-own": (faulty(close_matches=(HERE + "root",)), "leaf", ""),
    "match-twice": (faulty(exact_matches=MATCH, close_matches=MATCH), "leaf", ""),
    "match-shared": (
        faulty(root=replace(ROOT, exact_matches=MATCH), exact_matches=MATCH), "leaf", "",
    ),
    "address-malformed": (faulty(uri="not an address"), "leaf", ""),
    "address-shared": (faulty(uri=HERE + "root"), "leaf", ""),
}  # fmt: skip
# Checks that need a second scheme, tested below.
ACROSS = {"match-deprecated"}


def test_every_check_is_tested_and_every_test_is_of_a_check() -> None:
    assert set(FAULTS) | ACROSS == set(RULES)
    in_families = [rule.code for family in families().values() for rule in family]
    assert sorted(in_families) == sorted(RULES)


def test_a_sound_scheme_has_no_findings() -> None:
    assert check(SOUND) == []
    assert as_text([]) == "0 errors, 0 warnings, 0 hints."


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_found_once_and_nothing_else_is(code: str) -> None:
    wrong, slug, language = FAULTS[code]
    findings = check(wrong)
    assert [(one.code, one.concept, one.language) for one in findings] == [(code, slug, language)]
    (found,) = findings
    assert found.severity == RULES[code].severity
    assert "{" not in found.message
    assert found.message.endswith(".")


def test_a_match_is_looked_up_in_the_schemes_that_are_checked_together() -> None:
    away = "https://there.example/"
    there = scheme(
        replace(concept("root", narrower=("b",)), uri=away + "root"),
        replace(concept("b", broader=("root",)), uri=away + "b"),
        replace(concept("old", status="deprecated", replaced_by="b"), uri=away + "old"),
        name="there",
    )
    here = scheme(
        replace(ROOT, exact_matches=(away + "root",)),
        replace(LEAF, exact_matches=(away + "nowhere",)),
        replace(BESIDE, exact_matches=(away + "old",)),
    )
    assert check(here) == []
    found = {one.code: one for one in check(here, there)}
    assert set(found) == {"match-dangling", "match-deprecated"}
    assert found["match-dangling"].concept == "leaf"
    assert f"Lead it to {away}b." in found["match-deprecated"].message


def test_languages_that_are_asked_for_are_expected_of_every_concept() -> None:
    found = check(SOUND, languages=["en", "fr"])
    assert {(one.code, one.concept, one.language) for one in found} == {
        (code, slug, "fr")
        for code in ("translation-missing", "definition-untranslated")
        for slug in ("root", "leaf")
    }


def test_variants_of_a_label_may_both_be_preferred() -> None:
    labels = (Label("leaf", "en"), Label("blade", "en", variant="AT"))
    assert check(scheme(ROOT, replace(LEAF, labels=labels))) == []


def test_a_long_ring_is_told_once_with_the_way_round() -> None:
    chain = [
        concept(f"c{number:04}", broader=(f"c{(number + 1) % 5000:04}",)) for number in range(5000)
    ]
    (found,) = check(scheme(*chain))
    assert found.code == "broader-cycle"
    assert found.words["path"].startswith("c0000 → c0001 → c0002")
    assert found.words["path"].endswith("c4999 → c0000")


def test_the_ring_is_told_without_what_hangs_on_it() -> None:
    ring = scheme(
        concept("a", broader=("b",)),
        concept("b", broader=("c", "top")),
        concept("c", broader=("a",)),
        concept("below", broader=("a",)),
        concept("top"),
    )
    (found,) = check(ring)
    assert found.words["path"] == "a → b → c → a"


def test_work_grows_with_the_scheme_and_not_with_its_square() -> None:
    def lines(size: int) -> int:
        """Lines of Python run for a wide scheme of `size` concepts."""
        concepts = [
            concept(
                f"c{n}",
                broader=(f"c{n // 8}",) if n else (),
                related=(f"c{n ^ 1}",) if n > 9 else (),
            )
            for n in range(size)
        ]
        wide = scheme(*concepts)
        count = 0

        def trace(_frame: Any, event: str, _argument: Any) -> Any:
            nonlocal count
            count += event == "line"
            return trace

        sys.settrace(trace)
        try:
            check(wide)
        finally:
            sys.settrace(None)
        return count

    assert lines(800) < 2.6 * lines(400)


def test_findings_come_errors_first_and_count_by_severity() -> None:
    found = check(faulty(concept("alone"), related=("nowhere",), definitions=()))
    assert [one.severity for one in found] == ["error", "warning", "hint"]
    assert counts(found) == {"error": 1, "warning": 1, "hint": 1}
    shape = as_json(found)
    assert shape["counts"] == {"error": 1, "warning": 1, "hint": 1}
    assert shape["findings"][0] == {
        "code": "relation-unknown",
        "severity": "error",
        "scheme": "topics",
        "concept": "leaf",
        "language": None,
        "message": "Its related names nowhere, which the scheme does not have. Add that concept, "
        "or remove the relation.",
    }
    assert as_text(found).splitlines()[-1] == "1 error, 1 warning, 1 hint."


TURTLE = """
@prefix c: <https://here.example/concept/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://here.example/scheme/topics> a skos:ConceptScheme ; owl:versionInfo "1.0" .
c:root a skos:Concept ; skos:prefLabel "root"@en .
c:leaf a skos:Concept ; skos:prefLabel "leaf"@en ; skos:broader c:root .
"""


def test_the_command_answers_1_where_there_are_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "topics.ttl"
    file.write_text(TURTLE, encoding="utf-8")
    assert main(["check", str(file)]) == 0
    assert "hint  definition-missing  leaf: It has no definition." in capsys.readouterr().out
    file.write_text(TURTLE + "c:root skos:broader c:leaf .", encoding="utf-8")
    assert main(["check", "--json", str(file)]) == 1
    shape = json.loads(capsys.readouterr().out)
    assert shape["findings"][0]["code"] == "broader-cycle"
    assert main(["check", str(tmp_path / "none.ttl")]) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_the_shipped_schemes_have_no_errors() -> None:
    source = Path(__file__).parents[2] / "src" / "contactpoint"
    for file in ("glossary/data/glossary.ttl", "outputs/data/kinds.ttl", "network/data/places.ttl"):
        found = check(read_turtle(source / file))
        assert [one.message for one in found if one.severity == "error"] == [], file
