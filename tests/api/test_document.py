"""The OpenAPI document is true: whatever it allows is answered as it says, all else refused."""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from factories import MadeSite, make_output
from hypothesis import HealthCheck, Phase, settings

from contactpoint.api import limiting
from contactpoint.outputs.models import Output


@pytest.fixture
def described(
    study: Output, site: MadeSite, fill: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> Any:
    """The interface of a portal in which there is something; nobody is held up."""
    monkeypatch.setattr(limiting, "A_MINUTE", 1_000_000)
    make_output(site, "event", title="Conference", text="housing")
    make_output(site, "vacancy", title="Head of unit", concepts=["reception"])
    fill()
    portal = get_wsgi_application()

    def unpacked(environ: dict[str, Any], start: Any) -> Any:
        """The client between takes packed answers, and doesn't unpack them."""
        return portal({**environ, "HTTP_ACCEPT_ENCODING": "identity"}, start)

    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", unpacked)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=15,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_the_document_is_true(case: Any) -> None:
    case.call_and_validate()
