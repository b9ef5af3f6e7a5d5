"""Queries that states have answered."""

import pytest
from consulting import housing, made_query, state_answers

from contactpoint.consultations.models import Answer, Round

SOURCE = {"title": "A law", "url": "https://example.org/law"}


@pytest.fixture
def query(db: None) -> Round:
    """Three states; of Belgium one answer is for the network only, of France all are."""
    made = made_query(
        asked=housing("lodging"),
        code="lodging",
        labels={"en": "Lodging", "fr": "Logement"},
        introductions={"en": "Why we ask."},
        summaries={"en": "Most say no."},
        reference="2019.42",
    )
    belgium = state_answers(
        made,
        "BE",
        {"feasible": "no", "months": 6, "places": ["flat", "room"], "why": "openwords here"},
    )
    belgium.answers.filter(question="feasible").update(
        remark="openremark", sources=[SOURCE, {"title": "Bad", "url": "javascript:alert(1)"}]
    )
    belgium.answers.filter(question="months").update(
        dissemination=Answer.Dissemination.NETWORK, remark="secretremark"
    )
    state_answers(made, "NL", {"feasible": "yes", "why": "other words"})
    state_answers(made, "FR", {"feasible": "yes", "why": "secretwords"}, "network")
    return made
