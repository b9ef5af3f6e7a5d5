"""The primary is lost and its replica promoted: what was confirmed and replicated is all there."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from a_machine import Machine, within

pytestmark = pytest.mark.xdist_group("servers")
RENAMES = 20


def rename(machine: Machine, words: str) -> None:
    machine.do("sql", text=f"UPDATE home_homepage SET statement = '{words}'")


def asked(address: str, sql: str) -> Any:
    with psycopg.connect(address, autocommit=True) as connection:
        return connection.execute(sql.encode()).fetchall()


def test_a_promoted_replica_has_all_that_was_confirmed_and_takes_writes(
    machines: str, replica: Any, redis: str, tmp_path: Path
) -> None:
    other = replica.address.replace("/postgres", "/machines")
    settings = {"CONTACTPOINT_CACHE_URL": redis, "CONTACTPOINT_KEEP_PAGES": "no"}
    one = Machine(tmp_path / "one", CONTACTPOINT_DATABASE_URL=machines, **settings)
    try:
        for number in range(RENAMES):
            rename(one, f"Confirmed {number}")
    finally:
        one.end()
    ((written,),) = asked(machines, "SELECT pg_current_wal_lsn()")
    behind = f"SELECT pg_last_wal_replay_lsn() < '{written}'::pg_lsn"
    assert within(30, lambda: asked(other, behind) == [(False,)])

    assert asked(other, "SELECT pg_promote(true, 30)") == [(True,)]
    # Both addresses are changed, as the docs say; the old one still stands as the replica.
    two = Machine(
        tmp_path / "two", CONTACTPOINT_DATABASE_URL=other, CONTACTPOINT_DATABASE_REPLICA=machines,
        **settings,
    )  # fmt: skip
    try:
        assert two.do("plain", paths=["/en/"])[0][0] == "200"
        assert asked(other, "SELECT DISTINCT statement FROM home_homepage") == [
            (f"Confirmed {RENAMES - 1}",)
        ]
        rename(two, "Written after")
        status, digest, numbers = two.do("asked_where", path="/en/")
        assert [status, digest] == two.do("plain", paths=["/en/"])[0]
        assert numbers["replica"] == 0, "a primary that came back is no replica"
    finally:
        two.end()
    rows = asked(machines, "SELECT DISTINCT statement FROM home_homepage")
    assert rows == [(f"Confirmed {RENAMES - 1}",)], "nothing went to the one that was lost"
