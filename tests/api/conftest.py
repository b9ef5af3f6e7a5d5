"""A portal with a little of everything, and a client of its interface."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from factories import (
    MadeSite,
    make_concept,
    make_country,
    make_institution,
    make_output,
    make_site,
    make_theme,
)

from contactpoint.outputs.models import Output


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site()


@pytest.fixture
def study(site: MadeSite) -> Output:
    """A publication in two languages, with something of each kind around it."""
    make_theme("asylum", en="Asylum", fr="Asile")
    make_theme("reception-centres", parent="asylum", en="Reception centres")
    make_concept("reception", en="reception", fr="accueil", definitions={"en": {"text": "Care."}})
    make_institution("fedasil", acronym="Fedasil", en="Federal agency")
    make_country("BE", en="Belgium", fr="Belgique")
    page = make_output(
        site,
        "publication",
        title="Housing of families",
        teaser="Where families live.",
        themes=["reception-centres"],
        concepts=["reception"],
        institutions=["fedasil"],
        countries=["BE"],
        published_on=datetime.date(2025, 3, 1),
    )
    make_output(
        site,
        "publication",
        language="fr",
        title="Le logement des familles",
        teaser="",
        translation_of=page,
        themes=["reception-centres"],
    )
    return page


@pytest.fixture
def ask(client: Client) -> Callable[..., Any]:
    """What an address under `/api/v1/` tells."""

    def asked(path: str, status: int = 200) -> Any:
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    return asked


@pytest.fixture
def lasting(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's connection stays open under a real server, which would close it behind each
    request: SQLite in memory passes that over, PostgreSQL does not."""
    monkeypatch.setattr(connection, "close", lambda: None)
