"""The glossary comes in whole or not at all."""

from dataclasses import replace
from typing import Any

import pytest

from contactpoint.glossary import actions, terms
from contactpoint.glossary.models import Concept, ConceptLabel, SchemeVersion, Theme
from contactpoint.glossary.scheme import scheme_from_rows
from contactpoint.vocabulary import Label, Scheme, VocabularyConcept, VocabularyError, read_turtle

pytestmark = pytest.mark.django_db


def small(version: str = "1.0", **changes: Any) -> Scheme:
    asylum = VocabularyConcept(
        id="asylum",
        labels=(Label("asylum", "en"), Label("asiel", "nl"), Label("asyle", "fr", "hidden")),
        narrower=("reception",),
    )
    reception = VocabularyConcept(id="reception", labels=(Label("reception", "en"),))
    concepts = {"asylum": replace(asylum, **changes), "reception": reception}
    return Scheme(id="glossary", version=version, concepts=concepts)


def test_a_scheme_is_written_with_labels_and_relations() -> None:
    assert actions.load_scheme(small()) == 2
    asylum = Concept.objects.get(slug="asylum")
    assert asylum.labels == {"en": "asylum", "nl": "asiel"}
    assert list(asylum.other_labels.values_list("text", "kind")) == [("asyle", "hidden")]
    assert [concept.slug for concept in asylum.narrower.all()] == ["reception"]
    assert SchemeVersion.objects.get().number == "1.0"


def test_loading_again_changes_nothing_and_keeps_what_editors_taught() -> None:
    actions.load_scheme(small())
    asylum = Concept.objects.get(slug="asylum")
    ConceptLabel.objects.create(
        concept=asylum, language="nl", kind="hidden", text="asyl", learnt=True
    )
    actions.load_scheme(small())
    assert Concept.objects.count() == 2
    assert Concept.objects.get(slug="asylum").pk == asylum.pk
    assert set(asylum.other_labels.values_list("text", flat=True)) == {"asyl", "asyle"}


def test_a_relation_to_nowhere_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(VocabularyError, match="asylum: related names nowhere"):
        actions.load_scheme(small(related=("nowhere",)))
    assert not Concept.objects.exists()


def test_the_vocabulary_follows_the_database() -> None:
    actions.load_scheme(small())
    assert terms.vocabulary().harmonise("asiel").concept == "asylum"
    assert terms.vocabulary().harmonise("xenium").concept is None
    labels = (Label("asylum", "en"), Label("xenium", "en", "alternative"))
    actions.load_scheme(small("1.1", labels=labels))
    assert terms.vocabulary().harmonise("xenium").concept == "asylum"


def test_the_vocabulary_costs_one_query_where_nothing_changed(
    django_assert_num_queries: Any,
) -> None:
    actions.load_scheme(small())
    terms.vocabulary()
    with django_assert_num_queries(1):
        terms.vocabulary()


def test_the_shipped_glossary_and_themes_load_and_a_second_time_leaves_edits_alone() -> None:
    concepts, themes = actions.load_shipped()
    assert concepts >= 60
    assert themes == Theme.objects.count() >= 18
    Concept.objects.filter(slug="asylum").update(labels={"en": "Asylum, edited"})
    assert actions.load_shipped() == (0, 0)
    assert Concept.objects.get(slug="asylum").labels == {"en": "Asylum, edited"}


def test_the_database_matches_as_the_file_does() -> None:
    actions.load_shipped()
    from_rows = scheme_from_rows()
    from_file = read_turtle(terms.GLOSSARY_FILE, scheme_id="glossary")
    assert from_rows.concepts.keys() == from_file.concepts.keys()
    for slug, concept in from_file.concepts.items():
        assert set(from_rows.concepts[slug].labels) == set(concept.labels), slug
        assert set(from_rows.concepts[slug].broader) == set(concept.broader), slug
