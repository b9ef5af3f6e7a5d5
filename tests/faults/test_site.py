"""A whole site while it is killed, full, read only, shared, or wrong about the time.

Each fault a few times in every run; many times by `make soak`, which writes the table in
`docs/security/faults.md`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from faults_told import Told, tell
from made_once import empty_site

ROOT: Final = Path(__file__).parents[2]
FAKETIME: Final = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
ROOM: Final = "24m"
KILLS: Final = {
    "import": "killed while it imports",
    "publish": "killed while it publishes",
    "upload": "killed while it stores uploads",
}
SHARED: Final = {
    "importers": "two import the same listing at once",
    "editors": "two save and publish one page at once",
}
pytestmark = pytest.mark.xdist_group("deaths")


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "CONTACTPOINT_DATA": str(folder),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
        **more,
    }


def harried(
    folder: Path, faults: dict[str, str], times: int, *before: str, seed: int = 5, **more: str
) -> list[Told]:
    """The site of that folder under those faults; `before` prepares its disk, in a namespace."""
    names = ",".join(faults)
    command = [sys.executable, str(ROOT / "tests/harried_site.py"), names, str(times), str(seed)]
    if before:
        command = ["unshare", "-rm", "sh", "-ec", "; ".join([*before, 'exec "$@"']), "-", *command]
    done = subprocess.run(
        command, env=environment(folder, **more), capture_output=True, text=True, timeout=1800,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    lines = done.stdout.splitlines()
    found = [
        Told(said, **json.loads(one)) for said, one in zip(faults.values(), lines, strict=True)
    ]
    for told in found:
        tell(told)
    return found


def namespaces() -> bool:
    """Whether the kernel lets us mount in a namespace of our own."""
    try:
        done = subprocess.run(
            ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
            capture_output=True, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        return False
    return done.returncode == 0


def whole(told: Told) -> bool:
    """Whether nothing was lost, nothing doubled and nothing half done."""
    return (told.lost, told.doubled, told.half) == (0, 0, 0)


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, django_db_setup: None) -> Path:
    return empty_site(tmp_path_factory, tmp_path / "data")


def test_killed_or_shared_a_site_loses_doubles_and_halves_nothing(site: Path) -> None:
    """One process for all, since it takes longer to start than to be killed."""
    for told in harried(site, KILLS | SHARED, 1):
        assert whole(told), told
        assert told.unserved == 0


def on_a_full_disk(site: Path, times: int) -> Told:
    if not namespaces():
        pytest.skip("The kernel gives no disk of our own.")
    disk = site.parent / "disk"
    disk.mkdir()
    prepared = f"mount -t tmpfs -o size={ROOM} tmpfs {disk}", f"cp -r {site}/. {disk}"
    return harried(disk, {"full": "the disk is full"}, times, *prepared)[0]


def test_a_full_disk_loses_nothing_and_readers_are_served(site: Path) -> None:
    told = on_a_full_disk(site, 1)
    assert whole(told), told
    assert (told.unserved, told.killed) == (0, 1)


def on_a_read_only_disk(site: Path, times: int) -> Told:
    if not namespaces():
        pytest.skip("The kernel gives no disk of our own.")
    mounted = f"mount --bind {site} {site}", f"mount -o remount,ro,bind {site}"
    return harried(site, {"read-only": "started on a read-only disk"}, times, *mounted)[0]


def test_on_a_read_only_disk_nobody_is_told_that_anything_was_stored(site: Path) -> None:
    before = (site / "contactpoint.sqlite3").read_bytes()
    told = on_a_read_only_disk(site, 1)
    assert whole(told), told
    assert (site / "contactpoint.sqlite3").read_bytes() == before


def with_a_jumping_clock(site: Path, times: int) -> Told:
    if not FAKETIME:
        pytest.skip("libfaketime is not installed (Debian: faketime).")
    said = site.parent / "clock"
    said.write_text("+0")
    return harried(
        site, {"clock": "the clock jumps by hours and days"}, times, LD_PRELOAD=str(FAKETIME[0]),
        FAKETIME_TIMESTAMP_FILE=str(said), FAKETIME_NO_CACHE="1", DONT_FAKE_MONOTONIC="1",
    )[0]  # fmt: skip


@pytest.mark.soak
def test_a_clock_that_jumps_leaves_no_work_behind(site: Path) -> None:
    told = with_a_jumping_clock(site, 1)
    assert whole(told), told
    assert told.unserved == 0


@pytest.mark.soak
@pytest.mark.parametrize(
    ("fault", "times"),
    [("import", 20), ("publish", 30), ("upload", 40), ("importers", 8), ("editors", 5)],
)
def test_killed_or_shared_many_times(site: Path, fault: str, times: int) -> None:
    (told,) = harried(site, {fault: (KILLS | SHARED)[fault]}, times, seed=11)
    assert whole(told), told
    assert told.unserved == 0


@pytest.mark.soak
@pytest.mark.parametrize(
    ("fault", "times"), [(with_a_jumping_clock, 6), (on_a_full_disk, 6), (on_a_read_only_disk, 3)]
)
def test_full_and_read_only_and_at_the_wrong_time_many_times(
    site: Path, fault: Callable[[Path, int], Told], times: int
) -> None:
    assert whole(fault(site, times))
