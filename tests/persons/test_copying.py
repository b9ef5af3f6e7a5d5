"""Developers get the portal, and nobody in it."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from a_person import ADDRESS, NAME, put_everywhere, tables_with
from django.apps import apps
from made_rows import row

from contactpoint.kit.persons.copying import CopyError, write_copy

pytestmark = pytest.mark.django_db


def test_nobody_is_in_the_copy_and_the_portal_is_as_it_was(mira: Any, tmp_path: Path) -> None:
    put_everywhere(mira)
    registration = apps.get_model("events.Registration")
    registration._base_manager.update(name=NAME, needs="A ramp, says Mira")
    page = apps.get_model("wagtailcore.Page").objects.order_by("pk").last()
    type(page).objects.filter(pk=page.pk).update(title=f"{NAME} ({ADDRESS.title()}) speaks")
    before = tables_with(ADDRESS)
    path = tmp_path / "copy.sqlite3"
    assert write_copy(path) > 100
    assert tables_with(ADDRESS) == before
    held = path.read_bytes().lower()
    for secret in (ADDRESS, NAME, NAME.partition(" ")[2], "A ramp", mira.password):
        assert secret.lower().encode() not in held, secret


def test_the_same_person_is_the_same_stand_in_everywhere(mira: Any, tmp_path: Path) -> None:
    put_everywhere(mira)
    path = tmp_path / "copy.sqlite3"
    write_copy(path)
    with sqlite3.connect(path) as copy:
        (user,) = copy.execute("SELECT email FROM accounts_user WHERE id = ?", [mira.pk]).fetchone()
        (guest,) = copy.execute("SELECT email FROM events_registration").fetchone()
        (follower,) = copy.execute("SELECT address FROM dissemination_subscriber").fetchone()
    assert user == guest == follower
    assert user.endswith("@example.org")


def test_pages_and_what_hangs_on_them_are_in_the_copy(mira: Any, tmp_path: Path) -> None:
    path = tmp_path / "copy.sqlite3"
    write_copy(path)
    with sqlite3.connect(path) as copy:
        pages = copy.execute("SELECT id, title FROM wagtailcore_page ORDER BY id").fetchall()
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
        applied = copy.execute("SELECT count(*) FROM django_migrations").fetchone()
    assert pages == list(
        apps.get_model("wagtailcore.Page").objects.order_by("pk").values_list("pk", "title")
    )
    assert applied[0] > 50


def test_sentences_of_an_answer_go_and_codes_stay(mira: Any, tmp_path: Path) -> None:
    answer = apps.get_model("consultations.Answer")
    row(answer, value={"chosen": ["yes", "no"], "other": "My sister Aida told me so."})
    path = tmp_path / "copy.sqlite3"
    write_copy(path)
    with sqlite3.connect(path) as copy:
        (value,) = copy.execute("SELECT value FROM consultations_answer").fetchone()
    assert json.loads(value) == {"chosen": ["yes", "no"], "other": "–"}


def test_a_file_that_is_there_is_not_written_over(mira: Any, tmp_path: Path) -> None:
    path = tmp_path / "there.sqlite3"
    path.write_text("mine")
    with pytest.raises(CopyError, match="is there already"):
        write_copy(path)
    assert path.read_text() == "mine"


def test_what_fails_leaves_no_half_copy(
    mira: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_anything: Any) -> int:
        raise RuntimeError

    monkeypatch.setattr("contactpoint.kit.persons.copying._copy_table", fails)
    with pytest.raises(RuntimeError):
        write_copy(tmp_path / "copy.sqlite3")
    assert list(tmp_path.iterdir()) == []
