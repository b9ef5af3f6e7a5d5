"""Workers on one PostgreSQL, killed or cut off in the middle: each job is done, none is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django_tasks_db.models import DBTaskResult

from contactpoint.kit.models import OutboxEntry

TESTS = Path(__file__).parents[1]
JOBS = 1_000
PATIENCE = 600
# No more of the portal than jobs need: its tables take minutes where the machine is busy.
MADE = """
from django.core.management import call_command
for app in ("django_tasks_database", "kit"):
    call_command("migrate", app, verbosity=0)
import workers_at_once
"""
GIVE = f"""{MADE}
workers_at_once.hold.enqueue(600.0)
for number in range({JOBS}):
    workers_at_once.note.enqueue(number)
"""
HELD = f"{MADE}\nworkers_at_once.hold.enqueue(4.0)"
WORK = """
from contactpoint.kit import housekeeping, rounds
from contactpoint.kit.worker import Worker
housekeeping._tasks.clear()
rounds._rounds.clear()
Worker().run()
"""
TABLE = DBTaskResult._meta.db_table
OUTBOX = OutboxEntry._meta.db_table
pytestmark = pytest.mark.xdist_group("servers")


def environment(folder: Path, database: str, cache: str) -> dict[str, str]:
    return {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("CONTACTPOINT_") and key != "DJANGO_SETTINGS_MODULE"
    } | {
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_DATA": str(folder / "data"),
        "CONTACTPOINT_DATABASE_URL": database,
        "CONTACTPOINT_CACHE_URL": cache,
        "CONTACTPOINT_LOG": "json",
        "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path]),
    }


def give(what: str, own: dict[str, str], log: Path) -> None:
    given = command("shell", "-c", what, environment=own, log=log)
    assert given.wait(PATIENCE) == 0, log.read_text(encoding="utf-8")


def command(*arguments: str, environment: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    with log.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "contactpoint.config", *arguments], env=environment, stderr=file
        )


def one(connection: Any, query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def wait(connection: Any, query: str, wanted: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not wanted(one(connection, query)):
        assert time.monotonic() < until, f"{query}: {one(connection, query)}"
        time.sleep(0.2)


def test_a_thousand_jobs_of_two_workers_are_done_once_although_one_is_killed(
    postgresql: str, redis: str, tmp_path: Path
) -> None:
    own = environment(tmp_path, postgresql, redis)
    give(GIVE, own, tmp_path / "given.log")
    logs = [tmp_path / f"worker-{number}.log" for number in range(2)]
    workers = [command("shell", "-c", WORK, environment=own, log=log) for log in logs]
    try:
        with psycopg.connect(postgresql, autocommit=True) as connection:
            wait(connection, f"SELECT count(*) FROM {OUTBOX} WHERE topic = 'test.held'", bool)
            done = f"SELECT count(*) FROM {OUTBOX} WHERE topic = 'test.ran'"
            wait(connection, done, lambda number: number >= JOBS // 5)
            holder = one(
                connection,
                f"SELECT worker_ids ->> -1 FROM {TABLE} WHERE task_path LIKE '%.hold' "
                "AND status = 'RUNNING'",
            )
            killed = next(one for one in workers if str(one.pid) == holder.split(":")[1])
            assert one(connection, done) < JOBS, "killed in the middle, not afterwards"
            killed.send_signal(signal.SIGKILL)
            killed.wait(20)
            wait(
                connection,
                f"SELECT count(*) FROM {TABLE} WHERE task_path LIKE 'workers_at_once.%' "
                "AND status != 'SUCCESSFUL'",
                lambda left: left == 0,
            )
            ran = Counter(
                row[0]
                for row in connection.execute(
                    f"SELECT (payload ->> 'job')::int FROM {OUTBOX} WHERE topic = 'test.ran'"
                )
            )
            attempts = one(
                connection,
                f"SELECT jsonb_array_length(worker_ids) FROM {TABLE} WHERE task_path LIKE '%.hold'",
            )
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(30)
    assert set(ran) == set(range(JOBS)), "none is lost"
    assert set(ran.values()) == {1}, "none is done twice but what the killed worker was at"
    assert attempts == 2
    for log in logs:
        for line in log.read_text(encoding="utf-8").splitlines():
            assert json.loads(line)["level"], "every line of the log is an object"


def test_a_worker_whose_connections_are_cut_takes_up_its_own_job_again(
    postgresql: str, redis: str, tmp_path: Path
) -> None:
    """It lives and has its lock again, so nobody else would put the job back for hours."""
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE cut_off")
    database = postgresql.replace("/postgres", "/cut_off")
    own = environment(tmp_path, database, redis)
    give(HELD, own, tmp_path / "given.log")
    worker = command("shell", "-c", WORK, environment=own, log=tmp_path / "worker.log")
    try:
        with psycopg.connect(database, autocommit=True) as connection:
            wait(connection, f"SELECT count(*) FROM {OUTBOX} WHERE topic = 'test.held'", bool)
            cut = one(
                connection,
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            assert cut >= 2, "its work and its lock"
            until = time.monotonic() + 90
            job = f"SELECT status, worker_ids FROM {TABLE} WHERE task_path LIKE '%.hold'"
            while (found := connection.execute(job.encode()).fetchone())[0] != "SUCCESSFUL":
                assert time.monotonic() < until, found
                time.sleep(0.2)
    finally:
        worker.terminate()
        worker.wait(30)
    assert len(found[1]) == 2
    assert len(set(found[1])) == 1, "by the same worker"
