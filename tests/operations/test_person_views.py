"""Administrators look somebody up, give them what is kept, and erase them; nobody else does."""

import json
from typing import Any

import pytest
from a_person import ADDRESS
from django.apps import apps
from django.test import Client
from django.urls import reverse
from made_rows import row
from people import person

from contactpoint.accounts.roles import ADMINISTRATORS, EDITORS
from contactpoint.events.models import Registration

pytestmark = pytest.mark.django_db
PAGES = (
    *("operations_person", "operations_person_export", "operations_person_erase"),
    "operations_persons",
)


@pytest.fixture
def mira() -> Any:
    return row(Registration, name="Mira", email=ADDRESS)


@pytest.mark.parametrize("role", [EDITORS, "Glossary editors", "Contributors", "Translators"])
def test_only_administrators_get_there(role: str, mira: Any) -> None:
    _user, client = person(role)
    given = {"address": ADDRESS, "again": ADDRESS}
    for name in PAGES:
        send = client.get if name == "operations_persons" else client.post
        assert send(reverse(name), given).status_code in (302, 403), name
    assert Registration.objects.filter(pk=mira.pk).exists()
    assert "operations/persons" not in client.get("/admin/").content.decode()


def test_nobody_gets_there_without_signing_in(mira: Any) -> None:
    for name in PAGES:
        assert Client().get(reverse(name)).status_code in (302, 403, 405)


def test_an_administrator_reads_the_register_and_finds_a_person(mira: Any) -> None:
    _user, client = person(ADMINISTRATORS)
    told = client.get(reverse("operations_persons")).content.decode()
    assert "To keep a place at an event" in told
    assert "6 (1) (a)" in told
    looked = client.post(reverse("operations_person"), {"address": ADDRESS}).content.decode()
    assert "name email organisation needs" in looked
    assert Registration.objects.filter(pk=mira.pk).exists()


def test_what_is_given_is_a_file_and_stands_in_the_log(mira: Any) -> None:
    user, client = person(ADMINISTRATORS)
    answer = client.post(reverse("operations_person_export"), {"address": ADDRESS})
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content)["kept"][0]["rows"]
    entry = apps.get_model("wagtailcore.ModelLogEntry").objects.get(action="persons.exported")
    assert entry.user == user


def test_who_is_not_named_twice_is_not_erased(mira: Any) -> None:
    _user, client = person(ADMINISTRATORS)
    address = reverse("operations_person_erase")
    for again in ("", "other@else.example"):
        answer = client.post(address, {"address": ADDRESS, "again": again})
        assert answer.status_code == 422
        assert "Nothing was changed" in answer.content.decode()
    assert Registration.objects.filter(pk=mira.pk).exists()


def test_an_administrator_erases_a_person(mira: Any) -> None:
    user, client = person(ADMINISTRATORS)
    given = {"address": ADDRESS, "again": f" {ADDRESS.upper()}"}
    assert client.post(reverse("operations_person_erase"), given).status_code == 302
    assert not Registration.objects.filter(pk=mira.pk).exists()
    entry = apps.get_model("wagtailcore.ModelLogEntry").objects.get(action="persons.erased")
    assert entry.user == user
    assert ADDRESS not in json.dumps([entry.label, entry.data])


def test_nobody_erases_themselves() -> None:
    user, client = person(ADMINISTRATORS)
    given = {"address": user.email, "again": user.email}
    answer = client.post(reverse("operations_person_erase"), given)
    assert answer.status_code == 422
    assert "Ask another administrator" in answer.content.decode()
