"""A site with themes and countries, and a reader who fills in forms."""

import pytest
from django.test import Client
from factories import MadeSite, make_country, make_site, make_theme

from contactpoint.kit import tickets
from contactpoint.network.models import Country


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests fill in forms faster than people."""
    monkeypatch.setattr(tickets, "TOO_FAST", 0)


@pytest.fixture
def site(db: None) -> MadeSite:
    made = make_site()
    make_country("BE", en="Belgium")
    make_country("FR", en="France")
    Country.objects.update(emn_status=Country.Status.MEMBER)
    make_theme("asylum", en="Asylum")
    make_theme("return", en="Return")
    return made


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True)
