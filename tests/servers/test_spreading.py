"""An index that several workers build together is the one that a process builds alone."""

from typing import Any

import psycopg
import pytest
from django_tasks_db.models import DBTaskResult
from spread_workers import Portal, built_by_one, built_by_three

from contactpoint.kit.models import Run
from contactpoint.search.models import Index, Made

pytestmark = pytest.mark.xdist_group("servers")
JOBS, RUNS = DBTaskResult._meta.db_table, Run._meta.db_table
OF_RANGES = "task_path = 'contactpoint.kit.spreading.work'"


@pytest.fixture(scope="module")
def address(postgresql: str) -> str:
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE spreading")
    return postgresql.replace("/postgres", "/spreading")


@pytest.fixture(scope="module")
def portal(address: str, redis: str, tmp_path_factory: pytest.TempPathFactory) -> Portal:
    return Portal(
        tmp_path_factory.mktemp("portal"),
        CONTACTPOINT_DATABASE_URL=address,
        CONTACTPOINT_CACHE_URL=redis,
    )


def rows(address: str, query: str) -> list[Any]:
    with psycopg.connect(address, autocommit=True) as connection:
        return connection.execute(query).fetchall()


def test_workers_build_what_a_process_builds_alone_although_one_is_killed(
    portal: Portal, address: str
) -> None:
    built_by_one(portal)
    built_by_three(portal, "one", "one", "one")
    states = rows(address, f"SELECT state, made, left_out FROM {RUNS} ORDER BY id")
    assert [state for state, _made, _odd in states] == ["finished", "finished"]
    jobs = rows(address, f"SELECT status, worker_ids FROM {JOBS} WHERE {OF_RANGES}")
    assert {status for status, _workers in jobs} == {"SUCCESSFUL"}
    assert sorted({len(workers) for _status, workers in jobs}) == [1, 2]
    assert len({name for _status, workers in jobs for name in workers}) == 4
    for model, left in ((Index, 1), (Made, 0)):
        assert rows(address, f"SELECT count(*) FROM {model._meta.db_table}") == [(left,)]
    assert rows(address, "SELECT count(*) FROM kit_runrange") == [(0,)]
