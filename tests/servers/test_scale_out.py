"""The same commands on PostgreSQL and Redis, by environment variables alone."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import proposing_at_once
import pytest
import saving_at_once
import telling_at_once
from made_answers import applicants
from registering_at_once import EXPECTED, SCRIPT

TWIN = Path(__file__).parents[1] / "data" / "listing_twin.txt"
pytestmark = pytest.mark.xdist_group("servers")
Run = Callable[..., str]
BESIDE = """
import threading, time
from django.db import connection, transaction
from contactpoint.outputs.models import NewsItem, NewsList
from contactpoint.search.engines import engine
from contactpoint.search.engines.base import Request
from contactpoint.search.engines.queries import Term
from contactpoint.search.indexing import building, keeping
from contactpoint.search.models import Change

news = NewsList.objects.get(locale__language_code="en")
page = news.add_child(instance=NewsItem(title="Before"))
assert keeping.catch_up()
begun, ended = threading.Event(), []

def change():
    with transaction.atomic():
        page.title = "Changed"
        page.save()
        begun.set()
        time.sleep(2)
        ended.append(time.monotonic())
    connection.close()

other = threading.Thread(target=change)
other.start()
begun.wait()
steps = building.build(building.begin(engine()), engine())
next(steps)
waited = bool(ended)
other.join()
for step in steps:
    pass
assert keeping.catch_up()
answer = engine().search(Request(Term("surface", "changed"), now=0))
shown = engine().stored(answer.hits)[0]["versions"]["en"]["title"]
print(f"waited {waited}, found {shown}, left {Change.objects.count()}")
"""


@pytest.fixture(scope="session")
def run(postgresql: str, redis: str, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs one `contactpoint` command on a portal that keeps everything on servers."""
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("CONTACTPOINT_") and key != "DJANGO_SETTINGS_MODULE"
    } | {
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_DATA": str(tmp_path_factory.mktemp("portal")),
        "CONTACTPOINT_DATABASE_URL": postgresql,
        "CONTACTPOINT_CACHE_URL": redis,
    }

    def command(*arguments: str) -> str:
        done = subprocess.run(
            [str(Path(sys.executable).parent / "contactpoint"), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return command


def test_a_listing_is_imported_found_and_undone_on_postgresql(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    run("import", str(TWIN), "--language", "en", "--publish", "--report", str(report))
    assert json.loads(report.read_text(encoding="utf-8"))["summary"]["new"] == 25
    run("import", str(TWIN), "--language", "en", "--report", str(report))
    summary = json.loads(report.read_text(encoding="utf-8"))["summary"]
    assert (summary["new"], summary["changed"], summary["unchanged"]) == (0, 0, 25)
    found = json.loads(run("search", "huisvesting", "--language", "en", "--json"))
    assert _kinds(found) >= {"news-item", "concept"}
    assert [concept["concept"] for concept in found["concepts"]] == ["housing"]
    run("import", "--undo", "1")
    assert _kinds(json.loads(run("search", "huisvesting", "--json"))) <= {"concept", "theme"}


def _kinds(found: dict[str, Any]) -> set[str]:
    """Kinds of all that is found: what was imported, and the glossary that is always there."""
    return {one["value"] for one in found["facets"]["kind"] if one["count"]}


def test_the_index_follows_and_is_built_beside_itself_on_postgresql(run: Run) -> None:
    """One transaction began before a new index was there, changes a page and ends later."""
    run("index", "rebuild")
    made = run("shell", "-c", BESIDE)
    assert made.strip().splitlines()[-1] == "waited True, found Changed, left 0"
    status = json.loads(run("index", "status", "--json"))
    assert (status["usable"], status["pending"], status["problems"]) == (True, 0, [])


def test_no_place_at_an_event_is_given_twice_on_postgresql(run: Run) -> None:
    """Threads with connections of their own, which row locks alone keep apart."""
    assert run("shell", "-c", SCRIPT).strip().splitlines()[-1] == EXPECTED


def test_one_of_many_saves_an_answer_of_a_state_on_postgresql(run: Run) -> None:
    """The same for people of a state who save, send and are told in the same moment."""
    said = run("shell", "-c", saving_at_once.SCRIPT).strip().splitlines()[-1]
    assert said == saving_at_once.EXPECTED


def test_no_more_is_proposed_than_may_on_postgresql(run: Run) -> None:
    """Programs of an institution that propose in the same moment."""
    said = run("shell", "-c", proposing_at_once.SCRIPT).strip().splitlines()[-1]
    assert said == proposing_at_once.EXPECTED


def test_of_two_mails_due_to_one_follower_one_tells_of_a_change_on_postgresql(run: Run) -> None:
    """Senders with connections of their own, which row locks alone keep apart."""
    said = run("shell", "-c", telling_at_once.SCRIPT).strip().splitlines()[-1]
    assert said == telling_at_once.EXPECTED


def test_figures_are_stored_once_and_told_on_postgresql(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(applicants(BE=[1500, 1520, 1525, 1700, 1720, None], DE=[9000] * 6))
    load = ("statistics", "load", str(path), "--extracted", "2019-06-17", "--json")
    assert [json.loads(run(*load))["new"] for _attempt in range(2)] == [True, False]
    path.write_bytes(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765], DE=[9000] * 6))
    assert json.loads(run(*load[:-2], "2019-09-16", "--json"))["new"]
    told = run("statistics", "report", "2018Q4")
    assert "5,185 people applied for asylum for the first time in Belgium, up 14" in told
    assert "151,000 people applied for asylum for the first time in the EU-28" in told
    known = run("statistics", "report", "2018Q4", "--known", "2019-07-01")
    assert "5,185" not in known


def test_processes_share_one_cache_on_redis(run: Run) -> None:
    run("shell", "-c", "from django.core.cache import cache; cache.set('greeting', 'hello')")
    seen = run("shell", "-c", "from django.core.cache import cache; print(cache.get('greeting'))")
    assert seen.strip().endswith("hello")
