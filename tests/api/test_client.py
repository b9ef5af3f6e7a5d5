"""The Python client: made from the document as it is, and true against a server."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from django.utils import timezone
from factories import MadeSite, make_concept, make_institution, make_output, make_theme

from contactpoint.api import limiting, tokens
from contactpoint.api.document import document
from contactpoint.api.models import Scope

FOLDER = Path(__file__).parents[2] / "clients" / "python"


def _generator() -> Any:
    spec = importlib.util.spec_from_file_location("client_generator", FOLDER / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_client_is_made_from_the_document_as_it_is() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--line-length", "100", "-"],
        input=_generator().generate(document()), capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    kept = (FOLDER / "contactpoint_client" / "generated.py").read_text(encoding="utf-8")
    assert kept == made, "make clients/python/contactpoint_client/generated.py again (README there)"


@pytest.fixture
def address(site: MadeSite, lasting: None) -> Iterator[str]:
    """A server that sees what the test made: it shares the connection."""
    connection = connections["default"]
    connection.inc_thread_sharing()
    server = LiveServerThread(
        "127.0.0.1", _StaticFilesHandler, connections_override={connection.alias: connection}
    )
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    connection.dec_thread_sharing()


@pytest.fixture
def portal(address: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(FOLDER))
    from contactpoint_client import Client  # noqa: PLC0415 — it is no part of the portal

    waits: list[float] = []
    client = Client(address, wait=waits.append)
    client.waits = waits
    return client


def test_the_client_turns_pages_and_reads_things(portal: Any, site: MadeSite) -> None:
    make_theme("asylum", en="Asylum")
    pages = [make_output(site, title=f"Thing {number}", themes=["asylum"]) for number in range(5)]
    told = list(portal.outputs(theme_any=["asylum"], fields=["title"], limit=2))
    assert [one["title"]["en"] for one in told] == [f"Thing {number}" for number in (4, 3, 2, 1, 0)]
    one = portal.one_of_outputs(str(pages[0].translation_key))
    assert one["themes"][0]["label"] == {"en": "Asylum"}
    make_concept("reception", en="reception")
    assert [one["id"] for one in portal.concepts()] == ["reception"]
    assert [one["id"] for one in portal.concepts()] == ["reception"]  # not sent a second time


def test_what_is_wrong_is_told_with_its_mend(portal: Any) -> None:
    from contactpoint_client import PortalError  # noqa: PLC0415 — as above

    with pytest.raises(PortalError, match=r"theme\.any: /api/v1/themes lists"):
        list(portal.outputs(theme_any=["nowhere"]))


def test_it_waits_when_it_is_told_to(portal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from contactpoint_client import PortalError  # noqa: PLC0415 — as above

    monkeypatch.setattr(limiting, "A_MINUTE", 0)
    with pytest.raises(PortalError, match="times a minute"):
        list(portal.themes())
    assert len(portal.waits) > 1


def test_a_partner_proposes_looks_and_takes_back(
    address: str, site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    from contactpoint_client import Client, PortalError  # noqa: PLC0415 — as above

    until = timezone.now() + timedelta(days=1)
    token = tokens.made(make_institution("partner"), "Test", list(Scope.values), until, None)[1]
    partner = Client(address, token=token)
    told = partner.propose({"kind": "video", "title": {"en": "A film"}}, key="key-00000001")
    again = partner.propose({"kind": "video", "title": {"en": "A film"}}, key="key-00000001")
    assert told["id"] == again["id"]
    assert partner.proposal(told["id"])["state"] == "waiting"
    partner.withdraw(told["id"])
    assert partner.proposal(told["id"])["state"] == "withdrawn"
    more = [
        partner.propose({"kind": "video", "title": {"en": f"Film {number}"}})["id"]
        for number in range(3)
    ]
    listed = list(partner.proposals(limit=2))
    assert [one["id"] for one in listed] == [*reversed(more), told["id"]]
    assert [one["id"] for one in partner.proposals(state=["withdrawn"])] == [told["id"]]
    with pytest.raises(PortalError, match="/title: Give title"):
        partner.propose({"kind": "video"})
    with pytest.raises(PortalError, match="Show a token"):
        Client(address).propose({"kind": "video", "title": {"en": "A film"}})
