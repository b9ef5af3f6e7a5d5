"""What readers wait for takes no more work with three times as many items, and what is held is
true.

Work is counted in steps of SQLite's virtual machine, which no other process disturbs.
"""

from collections import OrderedDict
from datetime import timedelta

import pytest
from database_work import steps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import MadeSite, make_output

from contactpoint.kit import held, prepared
from contactpoint.kit.generations import Generations
from contactpoint.kit.visibility import next_by_itself
from contactpoint.outputs import relations
from contactpoint.outputs.models import Output


def fill(site: MadeSite, things: int) -> Output:
    """News and developments on the same subjects, the day of each later than that before."""
    for _number in range(things):
        about = {"themes": ["asylum"], "concepts": ["reception"], "institutions": ["myria"]}
        page = make_output(site, countries=["BE"], **about)  # type: ignore[arg-type]
        make_output(site, "development", **about)  # type: ignore[arg-type]
    return page


PAGES = (
    *("/en/", "/en/news/", "/en/news/?theme=asylum", "/en/chronicle/", "/en/network/"),
    *("/en/themes/asylum/", "/en/network/myria/", "/en/feed.atom", "/en/news/feed.atom"),
)


def test_pages_take_no_more_work_with_three_times_as_many_items(
    site: MadeSite, client: Client, numbers: Generations
) -> None:
    fill(site, 50)
    few = {path: _held_steps(client, path) for path in PAGES}
    fill(site, 100)
    numbers.changed(["*"])
    many = {path: _held_steps(client, path) for path in PAGES}
    assert {path: (few[path], many[path]) for path in PAGES if many[path] > 1.2 * few[path]} == {}


def _held_steps(client: Client, path: str) -> int:
    for _time in range(2):
        assert client.get(path).status_code == 200, path
    # What ends by the clock, such as the mark of a shared value, may end in one of them.
    return min(steps(lambda: client.get(path)) for _time in range(2))


def test_an_item_takes_no_more_work_the_more_share_its_concepts(
    site: MadeSite, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relations, "_USES", relations._USES.replace("LIMIT 400", "LIMIT 10"))
    monkeypatch.setattr(prepared, "_kept", OrderedDict())  # queries written before this
    url = fill(site, 20).url
    few = _held_steps(client, url)
    fill(site, 60)
    assert _held_steps(client, url) <= 1.1 * few


def test_a_page_far_behind_costs_what_the_first_does(
    site: MadeSite, client: Client, numbers: Generations
) -> None:
    fill(site, 160)
    near, far = _held_steps(client, "/en/news/"), _held_steps(client, "/en/news/?page=8")
    assert far < 1.2 * near
    shown = client.get("/en/news/?page=8").context["entries"].object_list
    held.end()
    assert client.get("/en/news/?page=8").context["entries"].object_list == shown


def test_choices_are_counted_once_until_something_changes(
    site: MadeSite, client: Client, numbers: Generations
) -> None:
    fill(site, 3)
    client.get("/en/news/")  # what a process learns once
    numbers.changed(["*"])
    counted = _queries(client, "/en/news/")
    # The count and the order, and for each of them what expires next.
    assert _queries(client, "/en/news/") == counted - 4
    make_output(site, themes=["asylum"])
    assert client.get("/en/news/").context["total"] == 3  # nobody told
    numbers.changed(["*"])
    assert client.get("/en/news/").context["total"] == 4


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def test_in_a_transaction_nothing_is_held(
    site: MadeSite, client: Client, numbers: Generations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "_in_transaction", lambda: True)
    fill(site, 3)
    client.get("/en/news/")
    make_output(site)
    assert client.get("/en/news/").context["total"] == 4


@pytest.mark.django_db
def test_the_next_change_by_itself_is_the_first_page_that_expires(site: MadeSite) -> None:
    now = timezone.localtime().replace(hour=12, minute=0)
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    assert next_by_itself(now) == midnight
    for hours in (30, 3, 2, -1):
        make_output(site, expire_at=now + timedelta(hours=hours))
    assert next_by_itself(now) == now + timedelta(hours=2)


@pytest.mark.django_db
def test_what_expires_next_is_found_by_an_index() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("The plan is told in SQLite's words.")
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT MIN(expire_at) FROM wagtailcore_page"
            " WHERE expire_at IS NOT NULL AND expire_at > '2026-01-01'"
        )
        assert "contactpoint_page_expires" in str(cursor.fetchall())
