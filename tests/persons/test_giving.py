"""Somebody is given all that is kept of them, in words that they can read."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from a_person import ADDRESS, put_everywhere
from django.apps import apps
from made_rows import row

from contactpoint.kit.persons.declaring import with_data
from contactpoint.kit.persons.giving import give

SEEN_ELSEWHERE: Final = {
    *("consultations.Answer", "consultations.Attachment"),  # stay, so that nobody was put there
    "wagtailcore.ModelLogEntry",  # of what was done with the account itself
}
pytestmark = pytest.mark.django_db


def test_each_table_that_a_person_is_in_is_given_with_why_and_for_how_long(
    mira: Any, folder: Path
) -> None:
    put_everywhere(mira)
    told = give(ADDRESS)
    tables = {one["table"] for one in told["kept"]}
    assert tables == {one.label for one in with_data() if one.person} - SEEN_ELSEWHERE
    for one in told["kept"]:
        assert one["purpose"]
        assert one["legal_ground"].startswith("6 (1) (")
        assert one["kept"]
        assert one["rows"]
    assert json.loads(json.dumps(told)) == told


def test_what_could_be_used_to_pass_for_the_person_is_not_given(mira: Any, folder: Path) -> None:
    told = json.dumps(give(ADDRESS))
    assert mira.password not in told
    assert '"password": "***"' in told


def test_others_are_not_in_it(mira: Any, folder: Path) -> None:
    row(apps.get_model("events.Registration"), name="Other One", email="other@else.example")
    row(apps.get_model("events.Registration"), name="Mira", email=ADDRESS.title())
    told = json.dumps(give(ADDRESS))
    assert "Mira" in told
    assert "Other One" not in told


def test_texts_and_mails_with_the_address_are_named(mira: Any, folder: Path) -> None:
    page = apps.get_model("wagtailcore.Page").objects.order_by("pk").last()
    type(page).objects.filter(pk=page.pk).update(title=f"By {ADDRESS}")
    (folder / "mail" / "1.log").write_text(f"To: {ADDRESS}\n\nHello")
    told = give(ADDRESS)
    assert told["also_named"] == [
        {"in": "wagtailcore.Page", "field": "title", "number": str(page.pk)}
    ]
    assert told["files"] == [{"file": "1.log", "text": f"To: {ADDRESS}\n\nHello"}]


def test_the_log_says_that_it_was_given_and_not_to_whom(mira: Any, folder: Path) -> None:
    give(ADDRESS)
    entry = apps.get_model("wagtailcore.ModelLogEntry").objects.get(action="persons.exported")
    assert ADDRESS not in json.dumps([entry.label, entry.data])
    assert apps.get_model("kit.PersonRequest").objects.get().digest == ""
