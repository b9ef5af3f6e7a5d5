"""The glossary of the database becomes a scheme with all that the database has."""

from typing import Any

import pytest
from django.conf import settings
from factories import make_concept

from contactpoint.glossary.models import Concept, ConceptLabel, SchemeVersion
from contactpoint.glossary.scheme import scheme_from_rows
from contactpoint.vocabulary import Definition, Label


@pytest.fixture(autouse=True)
def concepts(db: None) -> None:
    make_concept("migration", en="migration", fr="migration")
    asylum = make_concept(
        "asylum",
        broader=["migration"],
        en="asylum",
        fr="asile",
        alternatives={"en": ["right of asylum"]},
        definitions={"en": {"text": "Protection by a state.", "source": "A law"}},
    )
    asylum.exact_matches = ["http://eurovoc.europa.eu/5265"]
    asylum.save()
    ConceptLabel.objects.create(concept=asylum, language="en", kind="hidden", text="assylum")
    old = make_concept("exile", broader=["migration"], en="exile")
    old.status, old.successor = Concept.Status.DEPRECATED, asylum
    old.save()
    old.related.add(asylum)
    SchemeVersion.objects.create(number="1.2", published_on="2026-01-01")


def test_the_scheme_has_all_that_the_database_has() -> None:
    scheme = scheme_from_rows()
    assert (scheme.id, scheme.version) == ("glossary", "1.2")
    assert scheme.uri == f"{settings.BASE_URL}/id/scheme/glossary"
    assert [label.language for label in scheme.labels] == ["en", "fr", "nl", "de"]
    asylum = scheme.concepts["asylum"]
    assert asylum.uri == f"{settings.BASE_URL}/id/concept/asylum"
    assert asylum.labels == (
        Label("asylum", "en"),
        Label("asile", "fr"),
        Label("right of asylum", "en", "alternative"),
        Label("assylum", "en", "hidden"),
    )
    assert asylum.definitions == (Definition("Protection by a state.", "en", "A law"),)
    assert asylum.broader == ("migration",)
    assert asylum.exact_matches == ("http://eurovoc.europa.eu/5265",)
    assert scheme.concepts["migration"].narrower == ("asylum",)


def test_withdrawn_concepts_come_only_when_asked_for_and_nothing_points_to_them() -> None:
    current = scheme_from_rows()
    assert list(current.concepts) == ["asylum", "migration"]
    assert current.concepts["asylum"].related == ()
    whole = scheme_from_rows(with_deprecated=True)
    assert list(whole.concepts) == ["asylum", "exile", "migration"]
    exile = whole.concepts["exile"]
    assert (exile.status, exile.replaced_by) == ("deprecated", "asylum")
    assert whole.concepts["asylum"].related == ("exile",)
    assert whole.concepts["migration"].narrower == ("asylum", "exile")


def test_a_larger_glossary_costs_no_more_queries(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(5):
        scheme_from_rows()
