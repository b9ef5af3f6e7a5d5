"""What is counted of requests and jobs, and what becomes of it."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from contactpoint.delivery.serving import counts
from contactpoint.operations import keeping_numbers
from contactpoint.operations.keeping_numbers import HOUR, path, write_down
from contactpoint.operations.reading_numbers import last_day, numbers
from contactpoint.operations.spending import spent
from contactpoint.operations.tallies import BUCKETS, MOST, REST, Tallies, tallies

NOW = 480_000 * HOUR + 60.0


@pytest.mark.django_db
def test_a_request_is_counted_with_its_view_status_and_queries(client: Client) -> None:
    assert client.get("/readyz").status_code == 200
    assert client.get("/nowhere-at-all.txt").status_code == 404
    write_down()
    views = {view.name: view for view in numbers().views}
    ready = views["readyz"]
    assert (ready.number, ready.statuses) == (1, (0, 1, 0, 0, 0))
    assert ready.queries >= 1
    assert 0 < ready.query_seconds < ready.seconds
    assert sum(ready.buckets) == 1
    assert any(view.statuses[3] for view in views.values())


@pytest.mark.django_db
def test_every_statement_of_a_thread_is_counted() -> None:
    before = spent.queries
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("SELECT 2")
    assert spent.queries == before + 2


def test_numbers_of_several_processes_are_added(tmp_path: Path) -> None:
    script = (
        "import django, sys; from django.conf import settings; from pathlib import Path;"
        "django.setup(); settings.DATA = Path(sys.argv[1]);"
        "from contactpoint.operations.tallies import tallies;"
        "from contactpoint.operations.keeping_numbers import write_down\n"
        "for time in range(20):\n"
        "    tallies.answered('home', 200, 0.003, 2, 0.001); write_down()\n"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "portal_settings", "PYTHONPATH": ":".join(sys.path)}
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], env=environment)
        for _one in range(2)
    ]
    assert [one.wait(120) for one in running] == [0, 0]
    (view,) = numbers().views
    assert (view.number, view.queries, view.buckets[0]) == (40, 80, 40)


def test_threads_lose_no_request() -> None:
    def ask() -> None:
        for _time in range(2_000):
            tallies.answered("home", 200, 0.003, 1, 0.001)

    threads = [threading.Thread(target=ask) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tallies.taken()[0]["home"].number == 8_000


def test_there_are_so_many_names_and_no_more() -> None:
    counted = Tallies()
    for number in range(MOST + 50):
        counted.answered(f"view-{number}", 200, 0.1, 0, 0.0)
    views = counted.taken()[0]
    assert len(views) == MOST + 1
    assert views[REST].number == 50


def test_the_slowest_views_are_those_of_the_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    tallies.answered("slow", 200, 3.0, 40, 1.0)
    write_down(NOW - 26 * HOUR)
    tallies.answered("quick", 200, 0.01, 2, 0.0)
    tallies.answered("item", 200, 0.2, 10, 0.1)
    tallies.answered("item", 200, 0.4, 20, 0.1)
    tallies.answered("healthz", 200, 9.0, 0, 0.0)
    tallies.answered("edit", 200, 0.9, 90, 0.1, is_desk=True)
    write_down(NOW)
    day = last_day(now=NOW)
    assert [(one.name, one.number, one.queries) for one in day.readers] == [
        ("item", 2, 15.0), ("quick", 1, 2.0),
    ]  # fmt: skip
    assert day.readers[0].mean == pytest.approx(0.3)
    assert day.readers[0].slowest == 0.4
    assert [one.name for one in day.desk] == ["edit"]
    assert day.answered == 3
    assert "slow" in {view.name for view in numbers().views}, "the sum since the beginning stays"


def test_kept_pages_are_counted_and_their_sum_only_grows() -> None:
    counts.given += 5
    write_down(NOW - 30 * HOUR)
    counts.given += 2
    counts.made += 1
    write_down(NOW)
    write_down(NOW)
    assert numbers().kept == {"given": 7, "made": 1}
    assert last_day(now=NOW).kept == {"given": 2, "made": 1}


def test_a_file_that_is_broken_is_begun_anew() -> None:
    tallies.answered("home", 200, 0.1, 1, 0.0)
    write_down()
    path().write_bytes(b"no database at all" * 500)
    tallies.answered("home", 200, 0.1, 1, 0.0)
    write_down()
    tallies.answered("home", 200, 0.1, 1, 0.0)
    write_down()
    assert [view.number for view in numbers().views] == [1]


def test_where_nothing_can_be_written_nothing_fills_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_given: object) -> None:
        raise sqlite3.OperationalError("disk is full")

    monkeypatch.setattr(keeping_numbers, "_add", full)
    tallies.answered("home", 200, 0.1, 1, 0.0)
    write_down()
    assert tallies.taken() == ({}, {})


def test_a_time_falls_into_the_first_bucket_that_holds_it() -> None:
    for seconds in (BUCKETS[0], BUCKETS[0] * 1.01, 60.0):
        tallies.answered("home", 200, seconds, 0, 0.0)
    buckets = tallies.taken()[0]["home"].buckets
    assert (buckets[0], buckets[1], buckets[-1]) == (1, 1, 1)


@pytest.mark.django_db
def test_guidance_is_one_name_whichever_page_was_read(client: Client) -> None:
    client.get("/en/guidance/")
    client.get("/en/guidance/asylum/nothing-like-this/")
    names = set(tallies.taken()[0])
    assert names <= {"guidance", "none"}
    assert "guidance" in names
