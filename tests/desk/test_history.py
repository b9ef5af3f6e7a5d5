"""Who changed what is written down for our own actions too, and reached by those who oversee."""

import pytest
from django.test import Client
from django.urls import reverse
from factories import make_concept, make_output, make_site
from people import person
from wagtail.models import ModelLogEntry

from contactpoint.accounts.actions import enrol
from contactpoint.outputs.models import Classification
from contactpoint.outputs.resolving import map_keyword, undo_keyword

pytestmark = pytest.mark.django_db


def actions() -> list[tuple[str, str]]:
    rows = ModelLogEntry.objects.order_by("timestamp", "pk")
    return list(rows.values_list("action", "label"))


def test_a_decision_on_a_keyword_and_taking_it_back_are_written_down() -> None:
    site = make_site(("en",), standard=False)
    concept = make_concept("housing", en="housing")
    page = make_output(site)
    Classification.objects.create(page=page, keyword="Dwellings", resolves_to="unknown")
    editor, _client = person("Editors")
    ModelLogEntry.objects.all().delete()
    map_keyword(["dwellings"], concept, user=editor, language="en")
    undo_keyword("dwellings", user=editor)
    assert [each for each in actions() if each[0].startswith("outputs.")] == [
        ("outputs.keyword_decided", "Dwellings"),
        ("outputs.keyword_undone", "Dwellings"),
    ]
    assert set(ModelLogEntry.objects.values_list("user", flat=True)) >= {editor.pk}


def test_a_new_account_and_a_new_factor_are_written_down() -> None:
    user, _client = person("Editors")
    enrol(user)
    said = [action for action, _label in actions()]
    assert said == ["accounts.factor", "wagtail.create", "accounts.factor"]


def test_the_history_is_for_those_who_oversee(client: Client) -> None:
    address = reverse("wagtailadmin_reports:site_history")
    for role, may in (("Editors", False), ("Administrators", True)):
        _user, browser = person(role)
        home = browser.get(reverse("wagtailadmin_home")).content.decode()
        assert (f'"{address}"' in home) == may, role
        for place in (address, f"{address}?export=csv", f"{address}results/"):
            assert (browser.get(place).status_code == 200) == may, (role, place)
    shown = browser.get(address)
    assert shown.status_code == 200
    assert b"Second factor set" in shown.content
