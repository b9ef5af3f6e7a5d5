"""Consultations as the search is told of them: one document a round, public answers alone."""

from typing import Any

import pytest
from consulting import housing, made_query, made_round, respond, state_answers
from django.utils import timezone
from factories import make_concept

from contactpoint.consultations.models import Answer, Round
from contactpoint.glossary.models import Theme
from contactpoint.search.sources.consultations import Consultations, keys_of

SOURCE = Consultations()


@pytest.fixture
def query(db: None) -> Round:
    made = made_query(
        asked=housing("lodging"), labels={"en": "Lodging", "fr": "Logement"},
        summaries={"en": "Most say no."}, reference="2019.42",
    )  # fmt: skip
    state_answers(made, "BE", {"feasible": "yes", "why": "openwords"})
    state_answers(made, "NL", {"feasible": "no", "why": "secretwords"}, "network")
    top = Theme.objects.create(slug="lodgings", labels={"en": "Lodgings"})
    made.themes.add(Theme.objects.create(slug="rooms", labels={"en": "Rooms"}, parent=top))
    made.concepts.add(make_concept("reception", en="reception"))
    return made


def test_a_round_is_one_document_with_a_version_in_each_language(query: Round) -> None:
    (found,) = SOURCE.documents(keys_of([query.pk]))
    assert (found.kind, found.type, found.key) == (
        "consultation",
        "query",
        f"consultation:{query.pk}",
    )
    versions = {one.language: one for one in found.versions}
    assert set(versions) == {"en", "fr", "nl", "de"}
    assert versions["fr"].title == "Logement"
    assert versions["fr"].url == f"/fr/consultations/{query.code}/"
    assert versions["nl"].title_language == "en"
    assert "Ja" in versions["nl"].text
    assert versions["en"].teaser == "Most say no."
    assert (found.themes, found.parents, found.concepts) == (["rooms"], ["lodgings"], ["reception"])
    assert (found.countries, found.keywords) == (["BE"], ["2019.42"])


def test_only_public_answers_are_told(query: Round) -> None:
    (found,) = SOURCE.documents(keys_of([query.pk]))
    told = repr(found)
    assert "openwords" in told
    assert "secretwords" not in told
    assert "NL" not in told
    Answer.objects.update(dissemination="network")
    (found,) = SOURCE.documents(keys_of([query.pk]))
    assert "openwords" not in repr(found)


def test_what_is_not_public_has_no_key_and_no_document(query: Round) -> None:
    assert list(SOURCE.keys()) == keys_of([query.pk])
    assert list(SOURCE.keys(after=keys_of([query.pk])[0])) == []
    Round.objects.update(published_at=None)
    assert list(SOURCE.keys()) == []
    assert SOURCE.documents(keys_of([query.pk])) == []


@pytest.mark.django_db
def test_of_a_survey_there_are_its_questions_and_no_answer() -> None:
    survey = made_round(opens_at=timezone.now(), published_at=timezone.now())
    respond(survey, {"feasible": "no", "why": "secretwords"})
    (found,) = SOURCE.documents(keys_of([survey.pk]))
    assert found.type == "survey"
    assert "Are two months enough?" in found.versions[0].text
    assert "secretwords" not in repr(found)


@pytest.mark.django_db
def test_many_rounds_cost_as_many_queries_as_one(django_assert_max_num_queries: Any) -> None:
    rounds = [made_query(asked=housing(f"lodging{number}")) for number in range(5)]
    for one in rounds:
        for code in ("BE", "NL", "FR"):
            state_answers(one, code, {"feasible": "yes", "why": "words"})
    for some in (rounds[:1], rounds):
        with django_assert_max_num_queries(12):
            assert len(SOURCE.documents(keys_of([one.pk for one in some]))) == len(some)
