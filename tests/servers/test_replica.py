"""What anybody may see is read from a replica that has it all; anything else from the primary."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from a_machine import Machine, within

pytestmark = pytest.mark.xdist_group("servers")
Begin = Callable[..., Machine]


@pytest.fixture
def begin(machines: str, replica: Any, redis: str, tmp_path: Path) -> Iterator[Begin]:
    """Starts a machine that reads from the replica."""
    running: list[Machine] = []

    def begun(name: str, **more: str) -> Machine:
        servers = {
            "CONTACTPOINT_DATABASE_URL": machines,
            "CONTACTPOINT_DATABASE_REPLICA": of_replica(replica),
            "CONTACTPOINT_CACHE_URL": redis,
        }
        running.append(Machine(tmp_path / name, **servers | more))
        return running[-1]

    yield begun
    for machine in running:
        machine.end()


def of_replica(replica: Any) -> str:
    return replica.address.replace("/postgres", "/machines")


def on_replica(replica: Any, sql: str) -> None:
    with psycopg.connect(replica.address, autocommit=True) as connection:
        connection.execute(sql.encode())


def rename(machine: Machine, word: str) -> None:
    machine.do("sql", text=f"UPDATE home_homepage SET statement = 'Word {word}'")


def is_read_there(machine: Machine, path: str = "/en/", **more: str) -> bool:
    """Whether all that the page itself asks for is asked of the replica."""
    status, _digest, numbers = machine.do("asked_where", path=path, **more)
    assert status == "200"
    return numbers["replica"] > 0


def is_fresh(machine: Machine, path: str = "/en/") -> bool:
    return machine.do("asked_where", path=path)[:2] == machine.do("plain", paths=[path])[0]


def test_public_pages_are_read_from_the_replica_and_others_are_not(begin: Begin) -> None:
    one = begin("one")
    assert one.hears()
    assert within(30, lambda: is_read_there(one))
    _status, _digest, numbers = one.do("asked_where", path="/en/")
    assert numbers["replica"] > 3 * numbers["default"]
    assert is_read_there(one, "/en/news/")
    assert is_fresh(one)
    assert not is_read_there(one, HTTP_COOKIE="sessionid=x")
    assert not is_read_there(one, HTTP_AUTHORIZATION="Bearer x")
    for method, path in (("POST", "/en/"), ("GET", "/admin/login/"), ("GET", "/en/nothing/")):
        numbers = one.do("asked_where", path=path, REQUEST_METHOD=method)[2]
        assert numbers["replica"] == 0 or path == "/en/nothing/", path


def test_a_replica_that_is_behind_is_not_asked(begin: Begin, replica: Any) -> None:
    one, two = begin("one"), begin("two")
    for machine in (one, two):
        assert machine.hears()
        assert within(30, lambda machine=machine: is_read_there(machine))
    on_replica(replica, "SELECT pg_wal_replay_pause()")
    try:
        rename(one, "that the replica lacks")
        assert is_fresh(one), "its own write"
        assert not is_read_there(one)
        assert within(30, lambda: is_fresh(two)), "another machine's"
        assert not is_read_there(two)
        for machine in (one, two):
            assert within(30, lambda machine=machine: not machine.do("ask", paths=["/en/"])[0][2])
            given = machine.do("ask", paths=["/en/"])[0]
            assert given[:2] == machine.do("plain", paths=["/en/"])[0]
    finally:
        on_replica(replica, "SELECT pg_wal_replay_resume()")
    for machine in (one, two):
        assert within(30, lambda machine=machine: is_read_there(machine))
        assert is_fresh(machine)


def test_a_replica_that_is_gone_costs_no_reader_a_page(begin: Begin, replica: Any) -> None:
    one = begin("one", CONTACTPOINT_KEEP_PAGES="no")
    assert one.hears()
    assert within(30, lambda: is_read_there(one))
    on_replica(
        replica,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'machines'",
    )
    for _time in range(3):
        status, digest, numbers = one.do("asked_where", path="/en/")
        assert [status, digest] == one.do("plain", paths=["/en/"])[0]
    assert within(30, lambda: is_read_there(one)), "asked again after a while"
    replica.stop()
    try:
        for _time in range(3):
            status, digest, numbers = one.do("asked_where", path="/en/")
            assert [status, digest] == one.do("plain", paths=["/en/"])[0]
            assert numbers["replica"] == 0 or _time == 0
    finally:
        replica.start()
    assert within(30, lambda: is_read_there(one))


def test_who_is_not_told_of_changes_reads_from_the_primary(begin: Begin, machines: str) -> None:
    one = begin("one")
    assert one.hears()
    assert within(30, lambda: is_read_there(one))
    # A second machine can't be told where its listener has nobody to call.
    deaf = begin("deaf", CONTACTPOINT_DATABASE_LISTEN="postgresql://nobody@127.0.0.1:9/none")
    assert not is_read_there(deaf)
    assert is_fresh(deaf)
