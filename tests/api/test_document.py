"""The OpenAPI document is true: whatever it allows is answered as it says, all else refused."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from factories import MadeSite, make_institution, make_output
from hypothesis import HealthCheck, Phase, settings

from contactpoint.api import limiting, tokens
from contactpoint.api.models import Proposal, Scope
from contactpoint.api.proposals import receiving
from contactpoint.outputs.models import Output


@pytest.fixture
def token(db: None) -> str:
    until = timezone.now() + timedelta(days=1)
    partner = make_institution("partner", en="Partner")
    return tokens.made(partner, "Tried", list(Scope.values), until, None)[1]


@pytest.fixture
def described(
    study: Output,
    site: MadeSite,
    token: str,
    fill: Callable[[], None],
    lasting: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    """The interface of a portal in which there is something; nobody is held up."""
    monkeypatch.setattr(limiting, "A_MINUTE", 1_000_000)
    monkeypatch.setattr(receiving, "AN_HOUR", 1_000_000)
    make_output(site, "event", title="Conference", text="housing")
    make_output(site, "vacancy", title="Head of unit", concepts=["reception"])
    fill()
    portal = get_wsgi_application()

    def unpacked(environ: dict[str, Any], start: Any) -> Any:
        """The client between takes packed answers, and doesn't unpack them."""
        return portal({**environ, "HTTP_ACCEPT_ENCODING": "identity"}, start)

    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", unpacked)


schema = schemathesis.pytest.from_fixture("described")


@schema.exclude(method="POST").parametrize()
@settings(
    max_examples=10,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_the_document_is_true(case: Any, token: str) -> None:
    shown = {"Authorization": f"Bearer {token}"} if "/proposals" in case.path else {}
    case.call_and_validate(headers=shown)


@schema.include(method="POST").parametrize()
@settings(
    max_examples=60,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_what_the_document_lets_be_proposed_is_taken(case: Any, token: str) -> None:
    """Taken, or refused for what no schema can tell: that it names something which isn't here."""
    shown = {"Authorization": f"Bearer {token}"}
    answer = case.call(headers=shown)
    assert answer.status_code < 500
    (but,) = schemathesis.checks.CHECKS.get_by_names(["positive_data_acceptance"])
    case.validate_response(answer, headers=shown, excluded_checks=[but])
    if case.meta.generation.mode.is_positive and answer.status_code != 201:
        assert answer.status_code in (200, 422), answer.content
        assert answer.status_code == 200 or answer.json()["type"].endswith(
            ("#problem-impossible-content", "#problem-used-key")
        ), answer.content


def test_a_proposal_is_told_as_the_document_says(described: Any, token: str, client: Any) -> None:
    made = client.post(
        "/api/v1/proposals",
        {"kind": "video", "title": {"en": "A film"}},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())},
    )
    assert made.status_code == 201
    (proposal,) = Proposal.objects.all()
    operation = described["/api/v1/proposals/{id}"]["GET"]
    for state in Proposal.State.values:
        Proposal.objects.filter(pk=proposal.pk).update(state=state)
        case = operation.Case(path_parameters={"id": str(proposal.pk)})
        shown = {"Authorization": f"Bearer {token}"}
        answer = case.call(headers=shown)
        assert answer.status_code == 200
        case.validate_response(answer, headers=shown)


def test_it_gives_no_licence_for_what_others_wrote(described: Any) -> None:
    about = described.raw_schema["info"]
    assert "license" not in about
    assert "no licence is given" in about["description"]


def test_every_operation_can_be_read_by_a_program(described: Any) -> None:
    """Every method of each address, OPTIONS among them: valid, and with what its path needs."""
    described.validate()
    for path, item in described.raw_schema["paths"].items():
        needed = set(re.findall(r"\{(.+?)\}", path))
        for method, operation in item.items():
            given = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
            assert given == needed, f"{method} {path}"
    read = [one.ok() for one in described.get_all_operations()]
    there = {(path, one) for path, item in described.raw_schema["paths"].items() for one in item}
    # Where the document itself stands nobody tries, since whoever reads it was there.
    assert there - {(one.path, one.method) for one in read} <= {("/api/v1/openapi.json", "get")}
    names = [one.definition.raw["operationId"] for one in read]
    assert len(names) == len(set(names))


def test_what_an_address_takes_is_in_the_document(described: Any, client: Any) -> None:
    for path, item in described.raw_schema["paths"].items():
        allowed = client.options(path.replace("{id}", "x"))["Allow"]
        assert {one.lower() for one in allowed.split(", ")} == set(item), path
