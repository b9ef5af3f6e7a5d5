"""Two versions are told apart concept by concept, and nothing is told that did not happen."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.vocabulary import Definition, Label, Note, Scheme, VocabularyConcept
from contactpoint.vocabulary.commandline import main
from contactpoint.vocabulary.diff import FIELDS, KINDS, Diff, FieldChange, diff


def concept(slug: str, *labels: Label, **fields: Any) -> VocabularyConcept:
    return VocabularyConcept(id=slug, labels=labels or (Label(slug, "en"),), **fields)


def scheme(*concepts: VocabularyConcept, version: str = "1.0") -> Scheme:
    return Scheme(id="topics", version=version, concepts={one.id: one for one in concepts})


def told(found: Diff) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(change.kind, change.concept, change.others) for change in found.changes]


def test_added_and_removed() -> None:
    found = diff(scheme(concept("a"), concept("b")), scheme(concept("b"), concept("c")))
    assert told(found) == [("added", "c", ()), ("removed", "a", ())]
    assert found.changes[0].fields[0] == FieldChange("preferred", "en", (), ("c",))
    assert found.counts() == {"added": 1, "removed": 1}


def test_a_change_is_told_by_field_and_language() -> None:
    before = concept(
        "a",
        Label("asylum", "en"),
        Label("asile", "fr"),
        Label("AS", "en", "alternative"),
        definitions=(Definition("Old.", "en", "Article 1"),),
        exact_matches=("https://e.example/1",),
    )
    after = replace(
        before,
        labels=(Label("asylum", "en"), Label("l'asile", "fr"), Label("asyl", "de", variant="AT")),
        definitions=(Definition("New.", "en", "Article 1", "EU"),),
        notes=(Note("See b.", "en", "scope"),),
        exact_matches=(),
        related=("b",),
    )
    (one, other) = diff(scheme(before, concept("b")), scheme(after, concept("b"))).changes
    assert one.kind == other.kind == "changed"
    assert one.fields == (
        FieldChange("preferred", "de", (), ("asyl (AT)",)),
        FieldChange("preferred", "fr", ("asile",), ("l'asile",)),
        FieldChange("alternative", "en", ("AS",), ()),
        FieldChange("definition", "en", ("Old.",), ("New. (EU)",)),
        FieldChange("source", "en", ("Article 1",), ("Article 1 (EU)",)),
        FieldChange("scope", "en", (), ("See b.",)),
        FieldChange("related", "", (), ("b",)),
        FieldChange("exact", "", ("https://e.example/1",), ()),
    )
    assert other.fields == (FieldChange("related", "", (), ("a",)),)


def test_another_broader_concept_is_a_move_and_the_rest_a_change() -> None:
    before = scheme(concept("a"), concept("b"), concept("c", broader=("a",)))
    after = scheme(concept("a"), concept("b", narrower=("c",)), concept("c", Label("sea", "en")))
    found = diff(before, after)
    assert told(found) == [("moved", "c", ()), ("changed", "c", ())]
    assert found.changes[0].fields == (FieldChange("broader", "", ("a",), ("b",)),)


def test_a_deprecated_concept_is_told_with_its_successor() -> None:
    gone = concept("a", status="deprecated", replaced_by="c")
    found = diff(scheme(concept("a")), scheme(gone, concept("c", Label("other", "en"))))
    assert told(found) == [("added", "c", ()), ("deprecated", "a", ("c",))]
    alone = concept("a", status="deprecated")
    assert told(diff(scheme(concept("a")), scheme(alone))) == [("deprecated", "a", ())]


@pytest.mark.parametrize(
    "evidence",
    [
        {"uri": "https://h.example/1"},
        {"exact_matches": ("https://e.example/1",)},
        {"labels": (Label("Asylum", "en"), Label("asile", "fr"))},
    ],
)
def test_a_concept_under_another_id_is_renamed_and_its_neighbours_stay(
    evidence: dict[str, Any],
) -> None:
    old = replace(concept("asyl"), **evidence)
    new = replace(concept("asylum", Label("right of asylum", "en")), **evidence)
    child = concept("child", broader=("asyl",))
    found = diff(scheme(old, child), scheme(new, replace(child, broader=("asylum",))))
    assert told(found) == [("renamed", "asylum", ("asyl",))]
    stub = replace(old, status="deprecated", replaced_by="asylum")
    kept = diff(scheme(old), scheme(stub, new))
    assert told(kept) == [("renamed", "asylum", ("asyl",))]


def test_two_concepts_become_one_by_successor_or_by_labels() -> None:
    a, b = concept("a"), concept("b")
    by_successor = scheme(a, concept("b", status="deprecated", replaced_by="a"))
    assert told(diff(scheme(a, b), by_successor)) == [("merged", "a", ("b",))]
    taken_in = scheme(concept("a", Label("a", "en"), Label("B", "en", "alternative")))
    found = diff(scheme(a, b), taken_in)
    assert told(found) == [("merged", "a", ("b",)), ("changed", "a", ())]
    new = scheme(concept("c", Label("a", "en"), Label("b", "en", "alternative")))
    assert told(diff(scheme(a, b), new)) == [("added", "c", ()), ("merged", "c", ("a", "b"))]


def test_one_concept_becomes_several() -> None:
    both = concept("both", Label("one", "en"), Label("two", "en", "alternative"))
    parts = scheme(concept("one"), concept("two"))
    assert told(diff(scheme(both), parts)) == [
        ("added", "one", ()), ("added", "two", ()), ("split", "both", ("one", "two")),
    ]  # fmt: skip
    kept = scheme(concept("both", Label("one", "en")), concept("two"))
    assert told(diff(scheme(both), kept)) == [
        ("added", "two", ()), ("split", "both", ("both", "two")), ("changed", "both", ()),
    ]  # fmt: skip


def test_a_label_that_another_concept_had_all_along_moves_nobody() -> None:
    a = concept("a", Label("word", "en"))
    b = concept("b", Label("b", "en"), Label("word", "en", "alternative"))
    assert told(diff(scheme(a, b), scheme(b))) == [("removed", "a", ())]


def test_what_changed_about_the_scheme_itself_is_told_and_its_number_is_no_change() -> None:
    before = replace(scheme(concept("a")), labels=(Label("Topics", "en"),))
    assert not diff(before, replace(before, version="2.0"))
    after = replace(before, labels=(Label("Themes", "en"),))
    found = diff(before, after)
    assert found
    assert found.scheme == (FieldChange("preferred", "en", ("Topics",), ("Themes",)),)


def test_as_text_and_as_json() -> None:
    found = diff(scheme(concept("a")), scheme(concept("a", Label("b", "en")), version="1.1"))
    assert found.as_text() == "1.0 → 1.1\n\nchanged (1)\n  a “b”\n    preferred en: a → b"
    assert found.as_json() == {
        "before": "1.0",
        "after": "1.1",
        "counts": {"changed": 1},
        "scheme": [],
        "changes": [
            {
                "kind": "changed", "concept": "a", "label": "b", "others": [],
                "fields": [
                    {"field": "preferred", "language": "en", "before": ["a"], "after": ["b"]}
                ],
            }
        ],
    }  # fmt: skip
    assert "Nothing changed." in diff(scheme(), scheme()).as_text()


IDS = st.sampled_from(["a", "b", "c", "d", "e"])
TEXTS = st.sampled_from(["one", "One", "two", "three", "four"])
LABELS = st.builds(
    Label,
    TEXTS,
    st.sampled_from(["en", "fr"]),
    st.sampled_from(["preferred", "alternative", "hidden"]),
    st.sampled_from(["", "AT"]),
)
IDS_SOME = st.lists(IDS, max_size=2).map(tuple)
ADDRESSES = st.lists(st.sampled_from(["https://e.example/1", "https://e.example/2"]), max_size=2)
CONCEPTS = st.builds(
    VocabularyConcept,
    id=IDS,
    uri=st.sampled_from(["", "https://h.example/1", "https://h.example/2"]),
    labels=st.lists(LABELS, max_size=3).map(tuple),
    definitions=st.lists(
        st.builds(Definition, TEXTS, st.sampled_from(["en", "fr"]), TEXTS), max_size=1
    ).map(tuple),
    broader=IDS_SOME,
    narrower=IDS_SOME,
    related=IDS_SOME,
    exact_matches=ADDRESSES.map(tuple),
    close_matches=ADDRESSES.map(tuple),
    status=st.sampled_from(["proposed", "approved", "deprecated"]),
    replaced_by=st.one_of(st.just(""), IDS),
    notation=st.sampled_from(["", "12"]),
    notes=st.lists(st.builds(Note, TEXTS, st.just("en")), max_size=1).map(tuple),
)
SCHEMES = st.lists(CONCEPTS, max_size=5).map(lambda concepts: scheme(*concepts))


@given(SCHEMES)
@settings(max_examples=60, deadline=None)
def test_a_scheme_does_not_differ_from_itself_in_any_order(one: Scheme) -> None:
    assert not diff(one, one)
    turned = {
        slug: replace(
            concept, labels=concept.labels[::-1], broader=concept.broader[::-1], narrower=()
        )
        for slug, concept in reversed(one.concepts.items())
    }
    for slug, concept in one.concepts.items():
        for child in set(concept.narrower) & set(turned):
            turned[child] = replace(turned[child], broader=(*turned[child].broader, slug))
    known = {
        slug: replace(concept, narrower=tuple(x for x in concept.narrower if x in one.concepts))
        for slug, concept in one.concepts.items()
    }
    assert not diff(replace(one, concepts=known), replace(one, concepts=turned))


@given(SCHEMES, SCHEMES)
@settings(max_examples=200, deadline=None)
def test_every_id_that_came_or_went_is_told_once(before: Scheme, after: Scheme) -> None:
    found = diff(before, after)
    by_kind: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for change in found.changes:
        by_kind[change.kind].append(change)
    renamed_to = [change.concept for change in by_kind["renamed"]]
    arrived = [change.concept for change in by_kind["added"]] + renamed_to
    assert sorted(arrived) == sorted(after.concepts.keys() - before.concepts.keys())
    left = [change.concept for kind in ("removed", "split") for change in by_kind[kind]]
    left += [
        slug for kind in ("renamed", "merged") for change in by_kind[kind] for slug in change.others
    ]
    gone = before.concepts.keys() - after.concepts.keys()
    assert sorted(set(left) & gone) == sorted(gone)
    assert len([slug for slug in left if slug in gone]) == len(gone)
    assert [change.kind for change in found.changes] == sorted(
        (change.kind for change in found.changes), key=list(KINDS).index
    )


@given(SCHEMES, SCHEMES)
@settings(max_examples=100, deadline=None)
def test_what_changed_one_way_changed_the_other_way_too(before: Scheme, after: Scheme) -> None:
    there, back = diff(before, after), diff(after, before)
    assert bool(there) == bool(back)
    assert diff(before, after) == there
    assert {one.field for change in there.changes for one in change.fields} <= set(FIELDS)
    for change in there.changes:
        for one in change.fields:
            assert one.before != one.after


def test_the_command_compares_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = """
    @prefix c: <https://here.example/concept/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <https://here.example/scheme/topics> a skos:ConceptScheme ; owl:versionInfo "1.0" .
    c:a a skos:Concept ; skos:prefLabel "asylum"@en .
    """
    (tmp_path / "one.ttl").write_text(text)
    (tmp_path / "two.ttl").write_text(text.replace("1.0", "1.1").replace("asylum", "Asylum"))
    files = [str(tmp_path / "one.ttl"), str(tmp_path / "two.ttl")]
    assert main(["diff", *files]) == 0
    assert "preferred en: asylum → Asylum" in capsys.readouterr().out
    assert main(["diff", "--json", *files]) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {"changed": 1}
