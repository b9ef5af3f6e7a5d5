"""A site that is written again is the one that was made, to the last row."""

import datetime
from typing import Any

import pytest
import replayed
from django.db import connection, transaction
from django.utils import timezone
from factories import make_output, make_site
from wagtail.models import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replayed, "_kept", {})


def rows() -> dict[str, list[Any]]:
    """All that the database holds, but for when it was written."""
    with connection.cursor() as cursor:
        return {
            table: [_steady(row) for row in cursor.execute(f'SELECT * FROM "{table}"').fetchall()]
            for table in sorted({*connection.introspection.table_names(), "sqlite_sequence"})
        }


def _steady(row: tuple[Any, ...]) -> list[Any]:
    return [
        "a time"
        if isinstance(one, datetime.datetime)
        or (isinstance(one, str) and replayed.A_TIME.fullmatch(one))
        else one
        for one in row
    ]


def undone(make: Any) -> tuple[dict[str, list[Any]], Any]:
    with transaction.atomic():
        made = make()
        found = rows()
        transaction.set_rollback(True)
    return found, made


@pytest.mark.parametrize("languages", [("en", "fr", "nl", "de"), ("fr",)])
def test_a_site_is_the_same_when_it_is_written_again(languages: tuple[str, ...]) -> None:
    first, made = undone(lambda: make_site(languages))
    again, written = undone(lambda: make_site(languages))
    assert again == first
    assert written == made
    assert len(replayed._kept) == 1
    assert list(written.lists["fr"]) == list(made.lists["fr"])
    assert written.lists["fr"]["news"].specific_class is type(written.lists["fr"]["news"])


def test_its_times_are_those_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    def write() -> None:
        Page.objects.filter(depth=1).update(last_published_at=timezone.now())

    replayed.replayed("time", write)
    later = timezone.now() + datetime.timedelta(hours=1)
    Page.objects.filter(depth=1).update(last_published_at=None)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert replayed.replayed("time", write)
    assert Page.objects.get(depth=1).last_published_at == later


def test_where_other_pages_were_made_it_is_made_as_ever() -> None:
    undone(make_site)
    assert not replayed.replayed("other", lambda: None)
    assert replayed.replayed("other", lambda: None)
    make_output(make_site(), title="One")
    assert not replayed.replayed("other", lambda: None)
