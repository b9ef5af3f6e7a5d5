"""Two machines write to one database: whatever one changes, the other's kept pages follow."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from a_line import Line
from a_machine import Machine, within

from contactpoint.config import site
from contactpoint.delivery.machines import Hearing, notice, told
from contactpoint.kit import changes
from contactpoint.kit.generations import Generations

pytestmark = pytest.mark.xdist_group("servers")
STEPS = int(os.environ.get("CONTACTPOINT_TEST_STEPS", "8"))
PATHS = 20
LISTENERS = "application_name = 'contactpoint listener' AND datname = current_database()"
Begin = Callable[..., Machine]
Pair = tuple[Machine, Machine]


def in_database(database: str, sql: str) -> list[Any]:
    with psycopg.connect(database, autocommit=True) as connection:
        return connection.execute(sql.encode()).fetchall()


def keeps(machine: Machine, path: str = "/en/") -> bool:
    """Whether a machine gives a page without making it, now or when the last change is old."""
    return within(30, lambda: not machine.do("ask", paths=[path])[0][2])


def rename(machine: Machine, word: str, **more: Any) -> None:
    """Change what stands on the front page."""
    machine.do("sql", text=f"UPDATE home_homepage SET statement = 'Word {word}'", **more)


def is_fresh(machine: Machine, path: str = "/en/") -> bool:
    """Whether the page that is given is the one that would be made."""
    status, digest, _made, _age = machine.do("ask", paths=[path])[0]
    return [status, digest] == machine.do("plain", paths=[path])[0]


def stale_pages(machines: Sequence[Machine], seed: int) -> tuple[list[Any], int]:
    """What was given a second after a random change on either machine and is not what is true;
    and how many kept pages were compared."""
    dice, stale, compared = Random(seed), [], 0
    for number, machine in enumerate(machines):
        machine.do("edits", seed=seed * 10 + number + 1)
    for _step in range(STEPS):
        paths = machines[0].do("addresses")
        chosen = ["/en/", *dice.sample(paths, min(PATHS, len(paths)))]
        time.sleep(0.6)  # the last change is settled
        there = {}
        for machine in machines:
            machine.do("ask", paths=chosen)
            asked = machine.do("ask", paths=chosen)
            there[machine] = [path for path, one in zip(chosen, asked, strict=True) if not one[2]]
        editing = dice.choice(machines)
        step = editing.do("step")
        time.sleep(0.9)
        for machine in machines:
            given = machine.do("ask", paths=there[machine])
            now = machine.do("plain", paths=there[machine])
            compared += len(given)
            for path, one, other in zip(there[machine], given, now, strict=True):
                if one[:2] != other:
                    stale.append((seed, step, path, "own" if machine is editing else "other's"))
    return stale, compared


@pytest.mark.parametrize("seed", [int(os.environ.get("CONTACTPOINT_TEST_SEED", "1"))])
def test_a_second_after_any_change_every_kept_page_of_both_machines_is_true(
    pair: Pair, seed: int
) -> None:
    stale, compared = stale_pages(pair, seed)
    assert stale == []
    assert compared > STEPS * PATHS / 2


def test_without_a_listener_pages_would_be_stale(begin: Begin) -> None:
    """What the test above compares would show it."""
    both = [begin("one"), begin("two")]
    for machine in both:
        machine.do("deaf")
    stale, _compared = stale_pages(both, 1)
    # What it never heard of may be old in the pages of the machine that changes other things, too.
    assert "other's" in {whose for _seed, _step, _path, whose in stale}


@pytest.mark.parametrize("atomic", [True, False])
def test_a_change_is_known_elsewhere_in_a_moment(pair: Pair, atomic: bool) -> None:
    one, two = pair
    assert keeps(two)
    before = two.do("total")
    rename(one, "at once", atomic=atomic)
    assert within(30, lambda: two.do("total") != before)
    assert two.do("ask", paths=["/en/"])[0][2], "made anew"
    assert is_fresh(two)


def test_what_is_rolled_back_is_told_to_nobody(pair: Pair) -> None:
    one, two = pair
    one.do("edits", seed=5)
    before = two.do("total")
    one.do("roll_back")
    time.sleep(0.5)
    assert two.do("total") == before


def test_a_connection_that_is_ended_is_made_again_and_everything_is_dropped(
    pair: Pair, machines: str
) -> None:
    one, two = pair
    assert keeps(two)
    before = two.do("total")
    killed = in_database(
        machines, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {LISTENERS}"
    )
    assert len(killed) >= 2
    rename(one, "unheard")
    assert within(30, lambda: two.do("total") > before)
    assert two.hears()
    assert is_fresh(two)
    assert keeps(two)


def test_of_the_processes_of_a_machine_one_listens_and_another_takes_over(
    pair: Pair, begin: Begin, machines: str
) -> None:
    first = begin("one")
    assert first.hears(), "it listens, being alone"
    second, other = begin("one"), pair[1]
    assert all(machine.hears() for machine in (first, second, other))
    count = f"SELECT count(*) FROM pg_stat_activity WHERE {LISTENERS}"
    ((listening,),) = in_database(machines, count)
    assert keeps(second)
    first.process.kill()
    first.process.wait()
    rename(other, "while nobody listened")
    assert within(30, lambda: is_fresh(second))
    assert second.hears()
    assert within(30, lambda: in_database(machines, count) == [(listening,)])
    assert keeps(second)


def test_a_fork_listens_when_its_parent_is_gone(begin: Begin) -> None:
    one = begin("one")
    assert one.hears()
    child = one.do("fork")
    try:
        time.sleep(1)
        assert one.do("hears"), "the connection is the parent's, and whole"
        one.process.kill()
        one.process.wait()
        hearing = Hearing(one.folder / "hearing")
        assert within(30, hearing.is_current), "the child took over"
    finally:
        os.kill(child, signal.SIGKILL)
    assert within(30, lambda: not hearing.is_current())


def test_while_the_line_is_cut_nothing_is_given_and_then_all_is_well(
    pair: Pair, begin: Begin, machines: str
) -> None:
    line = Line(machines)
    two = begin("two", CONTACTPOINT_DATABASE_LISTEN=line.address)
    one = pair[0]
    try:
        assert two.hears()
        assert keeps(two)
        line.cut()
        rename(one, "behind a cut line")
        assert within(30, lambda: not two.do("hears"))
        assert two.do("ask", paths=["/en/"])[0][2], "made anew for each"
        assert is_fresh(two)
        line.mend()
        assert two.hears()
        assert keeps(two)
        assert is_fresh(two)
    finally:
        line.close()


def test_behind_a_pooler_nobody_relies_on_notices_unless_the_server_is_called_itself(
    begin: Begin, machines: str
) -> None:
    line = Line(machines, is_pooler=True)
    try:
        two = begin("two", CONTACTPOINT_DATABASE_URL=line.address)
        assert not two.hears(3.5)
        two.do("ask", paths=["/en/"])
        assert two.do("ask", paths=["/en/"])[0][2], "made anew for each"
        assert "CONTACTPOINT_DATABASE_LISTEN" in (two.folder / "log").read_text()
        three = begin(
            "three", CONTACTPOINT_DATABASE_URL=line.address, CONTACTPOINT_DATABASE_LISTEN=machines
        )
        assert three.hears()
    finally:
        line.close()


def test_the_last_page_is_given_with_its_age_while_the_database_is_away(
    pair: Pair, begin: Begin, machines: str
) -> None:
    """Also where it is away for the listener; and once it is back all is made anew."""
    line = Line(machines)
    two = begin("two", CONTACTPOINT_DATABASE_URL=line.address)
    try:
        assert two.hears()
        assert keeps(two)
        before = two.do("ask", paths=["/en/"])[0]
        line.away()
        assert within(30, lambda: not two.do("hears"))
        status, digest, _made, age = two.do("ask", paths=["/en/"])[0]
        assert (status, digest) == ("200", before[1])
        assert age is not None
        line.back()
        rename(pair[0], "while it was away")
        assert two.hears()
        assert within(30, lambda: two.do("ask", paths=["/en/"])[0][3] is None)
        assert is_fresh(two)
    finally:
        line.close()


def test_a_restart_of_the_database_is_survived(pair: Pair, machines: str) -> None:
    one, two = pair
    assert keeps(two)
    everybody = "pid <> pg_backend_pid() AND backend_type = 'client backend'"
    in_database(
        machines, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {everybody}"
    )
    # A worker's own connections are closed where they fail; the next request opens another.
    assert within(30, lambda: two.do("ask", paths=["/en/"])[0][0] == "200")
    assert two.hears()
    assert one.hears()
    rename(one, "after all")
    assert within(30, lambda: is_fresh(two))


def test_machines_bring_the_database_up_to_date_in_turn(pair: Pair, machines: str) -> None:
    with psycopg.connect(machines, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (site._LOCK,))
        release = threading.Timer(1.0, other.close)
        begun = time.time()
        release.start()
        assert pair[0].do("prepares") - begun >= 0.9
        release.join()


def test_a_folder_that_was_copied_is_another_machine(tmp_path: Path) -> None:
    first = Generations(tmp_path / "one" / "generations")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    again, copied = (Generations(tmp_path / name / "generations") for name in ("one", "two"))
    assert again.machine == first.machine != copied.machine


def test_too_many_names_for_a_notice_are_told_as_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = Generations(tmp_path / "here"), Generations(tmp_path / "there")
    monkeypatch.setattr(changes, "_opened", [here])
    before = there.all()
    told(notice({f"consultations_{number}" for number in range(900)}), there)
    assert all(now != then for now, then in zip(there.all(), before, strict=True))
    told(notice({"*"}), here)
    assert here.total() == 0, "what this machine told itself"
