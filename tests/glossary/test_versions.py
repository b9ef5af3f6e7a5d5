"""A version is published whole or not at all, and what it replaces stays readable."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from small_glossary import concept, draft, draft_new, published, three

from contactpoint.glossary import numbering, publishing, snapshots, terms
from contactpoint.glossary.drafting import draft_scheme, drafts, published_scheme
from contactpoint.glossary.models import (
    Concept,
    ConceptDraft,
    ConceptLabel,
    ConceptVersion,
    FormerSlug,
    SchemeVersion,
)
from contactpoint.glossary.payload import completed, to_payload
from contactpoint.glossary.publishing import PublicationError, load, publish
from contactpoint.glossary.scheme import concept_address, scheme_from_rows
from contactpoint.vocabulary import (
    Definition,
    Label,
    Note,
    Scheme,
    VocabularyConcept,
    VocabularyError,
)

pytestmark = pytest.mark.django_db

EVERYTHING = VocabularyConcept(
    id="asylum",
    uri="https://elsewhere.example/12",
    labels=(
        Label("asylum", "en"),
        Label("Asyl", "de"),
        Label("Asylrecht", "de", "preferred", "AT"),
        Label("right of asylum", "en", "alternative", "EU acquis"),
        Label("azyl", "en", "hidden"),
    ),
    definitions=(
        Definition("Protection.", "en", "1951 Convention"),
        Definition("Protection in the EU.", "en", "Directive 2011/95/EU", "EU"),
        Definition("Schutz.", "de"),
    ),
    related=("reception",),
    exact_matches=("http://eurovoc.europa.eu/5271",),
    close_matches=("https://e.example/2",),
    status="deprecated",
    replaced_by="reception",
    notation="12.3",
    notes=(Note("Not refuge.", "en", "scope"), Note("Since 1.0.", "en", "history")),
    other=(("<https://p.example/x>", '"y"@en'),),
)


def test_rows_hold_all_that_the_model_has() -> None:
    scheme = three(asylum={})
    load(replace(scheme, concepts={**scheme.concepts, "asylum": EVERYTHING}))
    stored = scheme_from_rows(with_deprecated=True).concepts["asylum"]
    wanted = completed(replace(scheme, concepts={**scheme.concepts, "asylum": EVERYTHING}))
    own = concept_address("asylum")
    assert to_payload(stored, own) == to_payload(wanted.concepts["asylum"], own)
    version = SchemeVersion.objects.get()
    assert to_payload(snapshots.concepts_in(version)["asylum"], own) == to_payload(stored, own)
    assert set(stored.labels) == set(EVERYTHING.labels)
    assert set(stored.definitions) == set(EVERYTHING.definitions)
    assert set(stored.notes) == set(EVERYTHING.notes)


def test_a_file_becomes_a_version_and_a_second_time_nothing_happens() -> None:
    assert load(three()) == publishing.Loaded(3, 3, "1.0")
    before = list(Concept.objects.values_list("pk", "updated_at"))
    assert load(three()) == publishing.Loaded(3, 0, "1.0")
    assert list(Concept.objects.values_list("pk", "updated_at")) == before
    assert SchemeVersion.objects.get().concept_count == 3


def test_only_what_changed_is_written_and_kept() -> None:
    load(three())
    untouched = Concept.objects.get(slug="asylum").updated_at
    found = load(three("1.1", housing={"labels": (Label("lodging", "en"),)}))
    assert (found.changed, found.version) == (1, "1.1")
    assert Concept.objects.get(slug="asylum").updated_at == untouched
    newest = SchemeVersion.objects.get(number="1.1")
    assert list(newest.concepts.values_list("slug", flat=True)) == ["housing"]
    assert newest.counts == {"changed": 1}
    assert newest.diff["changes"][0]["fields"][0] == {
        "field": "preferred", "language": "en", "before": ["housing"], "after": ["lodging"],
    }  # fmt: skip


def test_an_old_version_stays_as_it_stood() -> None:
    load(three())
    load(three("1.1", housing={"labels": (Label("lodging", "en"),)}, shelter={}))
    old, new = SchemeVersion.objects.order_by("pk")
    assert snapshots.concepts_in(old)["housing"].label() == "housing"
    assert snapshots.concepts_in(new)["housing"].label() == "lodging"
    assert "shelter" not in snapshots.concepts_in(old)
    assert snapshots.scheme_in(new).concepts == published_scheme().concepts


def test_a_date_leads_to_the_version_that_readers_saw_then() -> None:
    load(three())
    load(three("1.1", shelter={}))
    first, second = SchemeVersion.objects.order_by("pk")
    SchemeVersion.objects.filter(pk=first.pk).update(published_on=datetime.date(2026, 1, 10))
    SchemeVersion.objects.filter(pk=second.pk).update(published_on=datetime.date(2026, 2, 10))
    assert snapshots.version_on(datetime.date(2026, 1, 9)) is None
    assert snapshots.version_on(datetime.date(2026, 1, 10)) == first
    assert snapshots.version_on(datetime.date(2026, 2, 9)) == first
    assert snapshots.version_on(datetime.date(2026, 2, 10)) == second


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("1.0", "Version 1.0 is published already, with other content"),
        ("0.9", "Version 0.9 is older than 1.0"),
        ("one/two", "is no version number"),
    ],
)
def test_a_file_whose_version_is_not_newer_is_refused_and_nothing_is_kept(
    version: str, sentence: str
) -> None:
    load(three())
    with pytest.raises(VocabularyError, match=sentence):
        load(three(version, shelter={}))
    assert not Concept.objects.filter(slug="shelter").exists()


def test_a_file_without_a_version_gets_the_next_number() -> None:
    load(three("1.9"))
    assert load(three("", shelter={})).version == "1.10"
    assert load(three("", shelter={})).changed == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"replaced_by": "nowhere"}, "housing: its successor nowhere is not in the scheme"),
        ({"labels": (Label("x" * 201, "en"),)}, "housing: its label “x+…” is longer than 200"),
        ({"labels": (Label("a", "en"), Label("b", "en"))}, "housing: it has two preferred labels"),
    ],
)
def test_what_no_row_can_hold_is_refused_by_name(changes: Any, sentence: str) -> None:
    with pytest.raises(VocabularyError, match=sentence):
        load(three(housing=changes))
    assert not Concept.objects.exists()
    bad = concept("not a slug")
    with pytest.raises(VocabularyError, match="not a slug: an identifier has Latin letters"):
        load(Scheme(id="glossary", version="1.0", concepts={"not a slug": bad}))


def test_a_load_that_is_interrupted_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    load(three())

    def interrupt(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "record", interrupt)
    with pytest.raises(KeyboardInterrupt):
        load(three("1.1", housing={"labels": (Label("lodging", "en"),)}, shelter={}))
    assert SchemeVersion.objects.count() == 1
    assert Concept.objects.get(slug="housing").labels == {"en": "housing"}
    assert not Concept.objects.filter(slug="shelter").exists()


def test_a_draft_is_seen_by_nobody_until_it_is_published() -> None:
    load(three())
    draft("housing", labels=(Label("lodging", "en"),), broader=("asylum",))
    draft_new("shelter", Label("xenium", "en"), broader=("housing",))
    assert Concept.objects.get(slug="housing").labels == {"en": "housing"}
    assert not Concept.objects.filter(slug="shelter").exists()
    assert terms.vocabulary().harmonise("xenium").concept is None
    publish("1.1", "Lodging and shelter.")
    housing = Concept.objects.get(slug="housing")
    assert housing.labels == {"en": "lodging"}
    assert not housing.other_labels.exists()
    assert [one.slug for one in housing.broader.all()] == ["asylum"]
    assert [one.slug for one in housing.narrower.all()] == ["shelter"]
    assert terms.vocabulary().harmonise("xenium").concept == "shelter"
    version = SchemeVersion.objects.get(number="1.1")
    assert version.counts == {"added": 1, "moved": 1, "changed": 1}
    assert version.notes == "Lodging and shelter."
    assert [one["fields"] for one in version.diff["changes"] if one["kind"] == "added"] == [[]]
    assert not ConceptDraft.objects.exists()


def test_a_draft_that_changes_nothing_is_none() -> None:
    load(three())
    assert draft("housing") is None
    draft("housing", notation="1")
    assert draft("housing") is None
    assert not ConceptDraft.objects.exists()


def test_two_drafts_never_disagree_on_their_relation() -> None:
    load(three())
    draft("asylum", related=("housing",), notation="1")
    draft("housing", notation="2")
    assert not draft_scheme(published_scheme(), drafts()).concepts["asylum"].related
    draft("asylum", related=("housing",), notation="1")
    after = draft_scheme(published_scheme(), drafts())
    assert after.concepts["asylum"].related == ("housing",)
    assert after.concepts["housing"].related == ("asylum",)
    draft("asylum", notation="1")
    assert not draft_scheme(published_scheme(), drafts()).concepts["housing"].related


def test_errors_keep_a_draft_from_being_published() -> None:
    load(three())
    draft("asylum", broader=("housing",))
    with pytest.raises(PublicationError, match="The draft has 1 error") as caught:
        publish("1.1", "A ring.")
    assert [one.code for one in caught.value.findings] == ["broader-cycle"]
    assert SchemeVersion.objects.count() == 1
    draft("asylum", broader=("nowhere",))
    with pytest.raises(PublicationError, match="asylum: Its broader names nowhere"):
        publish("1.1", "A relation to nowhere.")


@pytest.mark.parametrize(
    ("number", "notes", "sentence"),
    [
        ("1.0", "x", "published already"),
        ("0.1", "x", "is older than 1.0"),
        ("", "x", "is no version number"),
        ("1.1", "  ", "Say in the notes"),
    ],
)
def test_a_publication_needs_a_higher_number_and_notes(
    number: str, notes: str, sentence: str
) -> None:
    load(three())
    draft("housing", notation="1")
    with pytest.raises(PublicationError, match=sentence):
        publish(number, notes)
    assert ConceptDraft.objects.exists()


def test_nothing_is_published_where_nothing_waits() -> None:
    load(three())
    with pytest.raises(PublicationError, match="Nothing waits"):
        publish("1.1", "x")


@pytest.mark.parametrize(
    ("higher", "lower"), [("1.10", "1.9"), ("2", "1.9"), ("1.0.1", "1.0"), ("2026-11", "2025-12")]
)
def test_numbers_compare_part_by_part(higher: str, lower: str) -> None:
    assert numbering.is_newer(higher, lower)
    assert not numbering.is_newer(lower, higher)
    assert not numbering.is_newer(lower, lower)


def test_a_concept_is_renamed_and_its_neighbours_follow() -> None:
    load(three())
    draft("reception", id="reception-conditions")
    draft("housing", notation="1")
    publish("1.1", "A better name.")
    row = Concept.objects.get(slug="reception-conditions")
    assert FormerSlug.objects.get(slug="reception").concept == row
    assert published("housing").broader == ("reception-conditions",)
    version = SchemeVersion.objects.get(number="1.1")
    assert version.counts == {"renamed": 1, "changed": 1}
    assert {stand.slug for stand in snapshots.stands(row)} == {"reception", "reception-conditions"}
    assert [stand.version.number for stand in snapshots.stands(row)] == ["1.1", "1.0"]
    load(three("1.2"))
    assert not FormerSlug.objects.filter(slug="reception").exists()


def test_a_merged_concept_keeps_its_row_and_names_its_successor() -> None:
    load(three())
    draft("housing", status="deprecated", replaced_by="reception", broader=())
    publish("1.1", "One word for both.")
    row = Concept.objects.get(slug="housing")
    assert (row.status, row.successor.slug) == ("deprecated", "reception")
    assert SchemeVersion.objects.get(number="1.1").counts == {"merged": 1}


def test_learnt_labels_hold_at_once_and_belong_to_no_version() -> None:
    load(three())
    housing = Concept.objects.get(slug="housing")
    ConceptLabel.objects.create(
        concept=housing, language="nl", kind="hidden", text="huisvestng", learnt=True
    )
    draft("housing", notation="1")
    publish("1.1", "A notation.")
    assert housing.other_labels.filter(text="huisvestng", learnt=True).exists()
    version = SchemeVersion.objects.get(number="1.1")
    assert "huisvestng" not in str(snapshots.payloads(version))
    load(
        three(
            "1.2", housing={"labels": (Label("housing", "en"), Label("huisvestng", "nl", "hidden"))}
        )
    )
    assert not housing.other_labels.get(text="huisvestng").learnt


def test_a_file_as_draft_waits_for_publication_and_yields_to_editors() -> None:
    load(three())
    found = publishing.draft_scheme_file(three("2.0", housing={"notation": "1"}, shelter={}))
    assert (found.changed, found.is_draft) == (2, True)
    assert {one.slug for one in drafts()} == {"housing", "shelter"}
    publish("1.1", "From a file.")
    assert published("housing").notation == "1"
    draft("housing", notation="2")
    with pytest.raises(PublicationError, match="Editors are changing housing"):
        publishing.draft_scheme_file(three("2.0", housing={"notation": "3"}))


def test_drafts_outlast_a_file_that_is_loaded() -> None:
    load(three())
    draft("housing", notation="1")
    load(three("1.1", asylum={"notation": "A"}))
    assert [one.slug for one in drafts()] == ["housing"]
    assert published("housing").notation == ""


def test_a_portal_of_before_keeps_its_glossary_as_the_first_version() -> None:
    load(three())
    ConceptVersion.objects.all().delete()
    assert snapshots.record_baseline()
    assert not snapshots.record_baseline()
    draft("housing", notation="1")
    publish("1.1", "A notation.")
    assert SchemeVersion.objects.get(number="1.1").counts == {"changed": 1}


def test_work_does_not_grow_with_the_number_of_concepts() -> None:
    def queries(scheme: Scheme) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            load(scheme)
        return len(captured)

    load(three())
    few = queries(three("1.1", **{f"a{n}": {} for n in range(3)}))
    many = queries(three("1.2", **{f"b{n}": {} for n in range(60)}))
    assert many <= few, "of few new terms followers are told, too"
