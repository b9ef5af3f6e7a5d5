"""Who is erased is nowhere any more: found from the register, searched for in every column."""

import json
from pathlib import Path
from typing import Any

import pytest
from a_person import ADDRESS, NAME, everything, put_everywhere, tables_with
from django.apps import apps
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from made_rows import row

from contactpoint.accounts.roles import ADMINISTRATORS
from contactpoint.kit.models import PersonRequest
from contactpoint.kit.persons.declaring import with_data
from contactpoint.kit.persons.erasing import (
    RefusedError,
    clear_what_was_written_before,
    erase,
    erase_again,
    overwrite_what_goes,
    plan,
)
from contactpoint.kit.persons.requests import digest_of, erased_digests

pytestmark = pytest.mark.django_db


def test_who_is_erased_is_in_no_column_of_any_table(mira: Any, folder: Path) -> None:
    filled = put_everywhere(mira)
    assert len(filled) > 50
    before = tables_with(ADDRESS)
    assert len(before) > 20
    erase(ADDRESS)
    assert tables_with(ADDRESS) == set()
    assert tables_with(NAME.rpartition(" ")[2]) == set()


def test_no_row_points_to_an_account_that_is_gone_but_the_log(mira: Any, folder: Path) -> None:
    key = mira.pk
    put_everywhere(mira)
    erase(ADDRESS)
    pointing = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if field.related_model is get_user_model()
        and model._base_manager.filter(**{field.attname: key}).exists()
    }
    assert pointing == {"wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"}


def test_looking_changes_nothing(mira: Any, folder: Path) -> None:
    put_everywhere(mira)
    before = sorted(everything())
    found = plan(ADDRESS)
    assert found.going
    assert found.staying
    assert sorted(everything()) == before


def test_what_others_have_stays(mira: Any, folder: Path) -> None:
    other = get_user_model()._default_manager.create_user("other@else.example")
    put_everywhere(mira)
    for one in with_data():
        if one.label == "events.Registration":
            row(one.model, name="Other", email="other@else.example")
    erase(ADDRESS)
    other.refresh_from_db()
    assert "events_registration" in tables_with("other@else.example")


def test_a_mail_in_the_folder_goes_and_others_stay(mira: Any, folder: Path) -> None:
    (folder / "mail" / "1.log").write_text(f"To: {ADDRESS.title()}\n\nHello")
    (folder / "mail" / "2.log").write_text("To: other@else.example\n\nHello")
    erase(ADDRESS)
    assert [path.name for path in (folder / "mail").iterdir()] == ["2.log"]


def test_a_file_that_is_no_mail_is_named(mira: Any, folder: Path) -> None:
    (folder / "list.csv").write_bytes(b" " * (1024 * 1024 - 9) + ADDRESS.encode())
    assert [path.name for path in plan(ADDRESS).files] == ["list.csv"]


def test_an_address_that_holds_the_address_is_another_persons(mira: Any, folder: Path) -> None:
    others = (f"x{ADDRESS}", f"{ADDRESS}.org", f"x.{ADDRESS}")
    for other in others:
        row(apps.get_model("axes.AccessAttempt"), username=other)
        row(apps.get_model("kit.OutboxEntry"), error=f"{other}: no")
        (folder / "mail" / f"{other}.log").write_text(f"To: {other}.")
    before = sorted(everything())
    found = plan(ADDRESS)
    assert {step.declared.label for step in found.steps} == {"accounts.User"}
    assert not found.mails
    assert not found.mentions
    assert sorted(everything()) == before


def test_sessions_are_opened_to_find_whose_they_are(mira: Any, folder: Path) -> None:
    for held in ({SESSION_KEY: str(mira.pk)}, {"typed": ADDRESS}, {"typed": "else"}):
        store = SessionStore()
        store.update(held)
        store.save()
    erase(ADDRESS)
    assert [one.get_decoded() for one in Session.objects.all()] == [{"typed": "else"}]


def test_the_log_says_that_somebody_was_erased_and_not_who(mira: Any, folder: Path) -> None:
    key = mira.pk
    erase(ADDRESS)
    entry = apps.get_model("wagtailcore.ModelLogEntry").objects.get(action="persons.erased")
    told = json.dumps([entry.label, entry.data])
    assert str(entry.data["rows"]) in told
    assert ADDRESS not in told
    assert NAME not in told
    assert f'"{key}"' not in told


def test_the_only_administrator_is_not_erased(mira: Any, folder: Path) -> None:
    mira.is_superuser = True
    mira.save()
    get_user_model()._default_manager.exclude(pk=mira.pk).update(is_superuser=False)
    with pytest.raises(RefusedError, match="only administrator"):
        erase(ADDRESS)
    assert get_user_model()._default_manager.filter(pk=mira.pk).exists()
    assert not PersonRequest.objects.exists()


def test_the_only_one_of_the_administrators_is_not_erased(mira: Any, folder: Path) -> None:
    mira.groups.add(Group.objects.get(name=ADMINISTRATORS))
    with pytest.raises(RefusedError, match="only administrator"):
        erase(ADDRESS)
    assert mira.groups.exists()


def test_a_page_that_names_the_person_is_left_and_told(mira: Any, folder: Path) -> None:
    page = apps.get_model("wagtailcore.Page").objects.order_by("pk").last()
    apps.get_model("wagtailcore.Page").objects.filter(pk=page.pk).update(title=f"By {ADDRESS}")
    found = erase(ADDRESS)
    assert [(one.label, one.field, one.pk) for one in found.left_in] == [
        ("wagtailcore.Page", "title", page.pk)
    ]
    page.refresh_from_db()
    assert ADDRESS in page.title


def test_old_versions_of_a_page_lose_the_address_and_the_present_one_does_not(
    mira: Any, folder: Path
) -> None:
    page = apps.get_model("wagtailcore.Page").objects.order_by("pk").last().specific
    page.search_description = f"Write to {ADDRESS}"
    old, new = page.save_revision(), page.save_revision()
    erase(ADDRESS)
    old.refresh_from_db()
    new.refresh_from_db()
    assert old.content["search_description"] == "Write to –"
    assert new.content["search_description"] == f"Write to {ADDRESS}"


def test_after_a_restore_whoever_was_erased_is_erased_again(mira: Any, folder: Path) -> None:
    erase(ADDRESS)
    kept = erased_digests()
    assert kept == [digest_of(ADDRESS)]
    get_user_model()._default_manager.create_user(ADDRESS)
    get_user_model()._default_manager.create_user("other@else.example")
    assert erase_again(kept) == 1
    assert "accounts_user" not in tables_with(ADDRESS)
    assert "accounts_user" in tables_with("other@else.example")


def test_a_restoring_comes_to_its_end_although_the_only_administrator_was_erased_since(
    folder: Path,
) -> None:
    users = get_user_model()._default_manager
    users.create_superuser(ADDRESS, "x")
    users.create_user("other@else.example")
    digests = [digest_of(ADDRESS), digest_of("other@else.example")]
    assert erase_again(digests) == 1
    assert users.filter(email=ADDRESS).exists()
    assert not users.filter(email="other@else.example").exists()


def test_a_digest_tells_nothing_without_the_secret(settings: Any) -> None:
    one = digest_of(ADDRESS)
    assert one == digest_of(f" {ADDRESS.upper()} ")
    settings.SECRET_KEY = "another"
    assert digest_of(ADDRESS) != one


def test_the_databases_own_file_holds_nothing_any_more(tmp_path: Path) -> None:
    """Deleted rows are written over, and so is the log of writes."""
    options = connection.settings_dict | {"NAME": str(tmp_path / "db.sqlite3"), "OPTIONS": {}}
    held = DatabaseWrapper(options, connection.alias)
    with held.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("CREATE TABLE people (address TEXT)")
        for address in (ADDRESS, "other@else.example"):
            cursor.execute("INSERT INTO people VALUES (%s)", [address])
        overwrite_what_goes(held)
        cursor.execute("DELETE FROM people WHERE address = %s", [ADDRESS])
        clear_what_was_written_before(held)
        left = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    held.close()
    assert ADDRESS.encode() not in left
    assert b"other@else.example" in left
