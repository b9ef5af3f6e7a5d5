"""The embedded engine keeps the contract, through crashes, forks, damage and other processes."""

import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
import tantivy
from full_disk import full_disk
from search.engines.at_random import AtRandom
from search.engines.contract import Contract
from search.engines.indexes import ask, document, fill, found, write

from contactpoint.search.engines.base import LockedError, UnavailableError
from contactpoint.search.engines.embedded import EmbeddedEngine, answering, reading
from contactpoint.search.engines.embedded import engine as engine_module
from contactpoint.search.engines.queries import Term

WRITE_AND_WAIT = """
import sys, time
from pathlib import Path
from search.engines.indexes import document
from contactpoint.search.engines.embedded import EmbeddedEngine

with EmbeddedEngine(Path(sys.argv[1])).writer("first") as writer:
    writer.put(document("kept", "x"))
    writer.commit()
    for number in range(200):
        writer.put(document(f"lost{number}", "x"))
    writer.delete("before")
    print("ready", flush=True)
    time.sleep(60)
"""
SEARCH_UNTIL_SEEN = """
import sys, time
from pathlib import Path
from search.engines.indexes import ask
from contactpoint.search.engines.embedded import EmbeddedEngine

engine = EmbeddedEngine(Path(sys.argv[1]))
ask(engine)
print("ready", flush=True)
while not any(hit.key == "new" for hit in ask(engine).hits):
    time.sleep(0.01)
print("seen", flush=True)
"""

PARTING = """
import faulthandler, multiprocessing, sys
from pathlib import Path
from search.engines.indexes import document, fill, found, write
from contactpoint.search.engines.embedded import EmbeddedEngine

def in_a_child(work):
    context = multiprocessing.get_context("fork")
    results = context.SimpleQueue()

    def run():
        faulthandler.dump_traceback_later(20, exit=True)
        results.put(work())

    child = context.Process(target=run)
    child.start()
    child.join()
    return results.get() if child.exitcode == 0 else sys.exit(f"the child: {child.exitcode}")

engine = EmbeddedEngine(Path(sys.argv[1]))
fill(engine, document("a", "x"))
"""
FORKED = """
def work():
    seen = found(engine)
    write(engine, "first", document("b", "x"))
    return seen + found(engine)

print(found(engine), in_a_child(work), found(engine))
"""
FORKED_WHILE_LOCKED = """
with engine._reader._lock[1]:
    seen = in_a_child(lambda: found(engine))
print(seen, found(engine))
"""


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "index")


class TestContract(Contract):
    """All of it."""


class TestTiesThatAreWalked(AtRandom):
    """The other way to put equal scores in order, as if hundreds tied."""

    @pytest.fixture(autouse=True)
    def _narrow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(answering, "WIDENED", (1,))


def _surroundings() -> dict[str, str]:
    path = os.pathsep.join(filter(None, sys.path))
    return {**os.environ, "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "portal_settings"}


def _started(program: str, folder: Path) -> subprocess.Popen[str]:
    """Another process that has said that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=_surroundings(),
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_writer_that_is_killed_loses_nothing_committed_and_blocks_nobody(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    fill(engine, document("before", "x"))
    process = _started(WRITE_AND_WAIT, tmp_path / "index")
    try:
        with pytest.raises(LockedError, match="first"), engine.writer("first"):
            pass
        assert found(engine) == ["before", "kept"]
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
    assert found(engine) == ["before", "kept"]
    write(engine, "first", document("after", "x"))
    assert found(engine, Term("surface", "x")) == ["after", "before", "kept"]


def test_another_process_sees_a_commit_and_a_switch_without_being_told(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    fill(engine, document("a", "x"))

    def commit() -> None:
        write(engine, "first", document("new", "x"))

    def switch() -> None:
        engine.switch("second")

    for change in (commit, switch):
        process = _started(SEARCH_UNTIL_SEEN, tmp_path / "index")
        try:
            change()
            process.wait(timeout=10)
        finally:
            process.kill()
        write(engine, "first", document("a", "x"))
        with engine.writer("first") as writer:
            writer.delete("new")
            writer.commit()
        engine.create("second")
        write(engine, "second", document("new", "x"))


def _parted(script: str, index: Path) -> str:
    """What a process of its own prints that forks while it searches.

    Not this process: threads that other tests left may hold locks of libraries at the fork.
    """
    command = [sys.executable, "-c", PARTING + script, str(index)]
    done = subprocess.run(
        command, env=_surroundings(), check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_forked_process_searches_and_writes_on_its_own(tmp_path: Path) -> None:
    assert _parted(FORKED, tmp_path / "index") == "['a'] ['a', 'a', 'b'] ['a', 'b']"


def test_a_fork_while_a_thread_opens_the_index_does_not_hang_the_child(tmp_path: Path) -> None:
    assert _parted(FORKED_WHILE_LOCKED, tmp_path / "index") == "['a'] ['a']"


def test_nothing_is_opened_or_made_before_it_is_needed(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    threads = threading.active_count()
    assert engine.status().names == []
    assert list(tmp_path.iterdir()) == []
    fill(engine, document("a", "x"))
    found(engine)
    assert threading.active_count() == threads


def test_an_index_of_another_version_is_no_index_until_it_is_rebuilt(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    older = tmp_path / "index" / "older"
    older.mkdir(parents=True)
    tantivy.Index(tantivy.SchemaBuilder().add_text_field("title").build(), str(older))
    (tmp_path / "index" / "current").write_text("older\n", encoding="ascii")
    with pytest.raises(UnavailableError, match="contactpoint index rebuild"):
        ask(engine)
    with pytest.raises(UnavailableError), engine.writer("older"):
        pass
    with pytest.raises(UnavailableError):
        engine.switch("older")
    assert engine.status().name is None
    fill(engine, document("a", "x"))
    engine.remove("older")
    assert (found(engine), engine.status().names) == (["a"], ["first"])


@pytest.mark.parametrize("content", ["", "none\n", "../index\n", "\udcff", "a b", "x" * 5000])
def test_a_damaged_pointer_makes_search_unavailable(
    engine: EmbeddedEngine, tmp_path: Path, content: str
) -> None:
    fill(engine, document("a", "x"))
    assert found(engine) == ["a"]
    pointer = tmp_path / "index" / "current"
    pointer.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(UnavailableError, match="contactpoint index rebuild"):
        ask(engine)
    assert engine.status().name is None
    engine.switch("first")
    assert found(engine) == ["a"]


@pytest.mark.parametrize("damage", ["emptied", "cut", "overwritten", "changed", "deleted"])
def test_damaged_files_make_search_unavailable_and_never_crash(
    engine: EmbeddedEngine, tmp_path: Path, damage: str
) -> None:
    fill(engine, *(document(str(n), "x y z", facets={"kind": ["k"]}) for n in range(50)))
    folder = tmp_path / "index" / "first"
    whole = {path: path.read_bytes() for path in folder.iterdir()}
    for path, content in whole.items():
        path.unlink()
        if damage != "deleted":
            harm = {
                "emptied": b"",
                "cut": content[: len(content) // 2],
                "overwritten": b"\xff" * 99,
                "changed": changed_inside(content),
            }
            path.write_bytes(harm[damage])
        fresh = EmbeddedEngine(tmp_path / "index")
        with suppress(UnavailableError):
            answer = ask(fresh, Term("surface", "x"), counted=["kind"])
            assert len(fresh.stored(answer.hits)) == answer.total == 50, path.name
        is_locked = path.suffix == ".lock" or path.name == ".managed.json"
        is_gone = damage == "deleted" and path.name == "meta.json"  # then there is no index
        if content and not (is_locked or is_gone):
            assert path.name in fresh.verify("first"), path.name
        path.write_bytes(content)
    assert ask(EmbeddedEngine(tmp_path / "index")).total == 50
    assert engine.verify("first") == ""


def changed_inside(content: bytes) -> bytes:
    """As long as it was, and with its end: only what stands inside is another."""
    place = len(content) // 3
    return content[:place] + b"\xff" * 9 + content[place + 9 :]


def store_of(folder: Path) -> Path:
    """The largest file that holds what is given back with a hit."""
    return max(folder.glob("*.store"), key=lambda path: path.stat().st_size)


def harm(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:20] + b"\xff" * 200 + content[220:])


def test_what_is_given_back_from_a_damaged_file_is_unavailable_and_makes_suspicious(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    fill(engine, *(document(str(n), f"x {n}", stored={"n": "many words " * n}) for n in range(90)))
    assert not engine.is_suspected("first")
    harm(store_of(tmp_path / "index" / "first"))
    fresh = EmbeddedEngine(tmp_path / "index")
    answer = ask(fresh, Term("surface", "x"), limit=100)
    assert answer.total == 90
    with pytest.raises(UnavailableError, match="contactpoint index rebuild"):
        fresh.stored(answer.hits)
    assert engine.is_suspected("first")
    assert "is damaged" in engine.verify("first")
    assert engine.is_suspected("first")


def test_a_death_while_an_index_is_opened_makes_it_suspicious(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_path: str) -> None:
        raise KeyboardInterrupt

    fill(engine, document("a", "x"))
    monkeypatch.setattr(reading, "opened", die)
    with pytest.raises(KeyboardInterrupt):
        ask(engine)
    assert engine.is_suspected("first")
    monkeypatch.undo()
    assert found(engine) == ["a"]
    assert engine.is_suspected("first")  # one who lived does not tell why another died
    assert engine.verify("first") == ""
    assert not engine.is_suspected("first")


def test_a_suspicion_is_gone_where_all_is_as_it_was_written(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    fill(engine, document("a", "x"), document("b", "x"))
    with engine.writer("first") as writer:  # what is deleted has a file of its own
        writer.delete("a")
        writer.commit()
    (tmp_path / "index" / "first" / "suspected").touch()
    assert engine.is_suspected("first")
    assert engine.verify("first") == ""
    assert not engine.is_suspected("first")


def test_a_condemned_index_is_unavailable_to_whoever_has_it_open(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    fill(engine, document("a", "x"))
    other = EmbeddedEngine(tmp_path / "index")
    assert found(other) == ["a"]
    engine.condemn("first", "It is damaged.")
    with pytest.raises(UnavailableError, match="It is damaged"):
        ask(other)
    assert (other.status().name, other.status().problem) == (None, "It is damaged.")
    engine.create("second")
    write(engine, "second", document("b", "x"))
    engine.switch("second")
    assert found(other) == ["b"]


def test_an_error_of_ours_is_no_damage(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_arguments: object) -> None:
        raise AttributeError("ours")

    fill(engine, document("a", "x"))
    monkeypatch.setattr(engine_module, "answer", wrong)
    with pytest.raises(AttributeError, match="ours"):
        ask(engine)
    assert not engine.is_suspected("first")


def test_a_full_disk_is_told_with_the_folder_and_loses_nothing(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    fill(engine, document("a", "x"))
    where = re.escape(str(tmp_path / "index" / "first"))
    with full_disk(), pytest.raises(UnavailableError, match=rf"^{where} can't be written: .*room"):
        write(engine, "first", *(document(str(n), f"x {n}") for n in range(300)))
    with full_disk(), pytest.raises(UnavailableError, match="can't be written"):
        engine.switch("first")
    with full_disk(), pytest.raises(UnavailableError, match="can't be written"):
        engine.create("second")
    assert found(engine) == ["a"]
    write(engine, "first", document("b", "x"))
    assert found(engine, Term("surface", "x")) == ["a", "b"]


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file", encoding="ascii")
    with pytest.raises(UnavailableError, match="can't be written: Not a directory"):
        EmbeddedEngine(tmp_path / "index").create("first")


def test_an_index_that_is_removed_by_hand_makes_search_unavailable(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    fill(engine, document("a", "x"))
    found(engine)
    (tmp_path / "index" / "first").rename(tmp_path / "elsewhere")
    with pytest.raises(UnavailableError, match="gone"):
        ask(engine)
    (tmp_path / "elsewhere").rename(tmp_path / "index" / "first")
    assert found(engine) == ["a"]


def test_what_a_removal_left_behind_is_no_index_and_goes_with_the_next(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    fill(engine, document("a", "x"))
    engine.create("second")
    (tmp_path / "index" / "second").rename(tmp_path / "index" / ".removed-second-1-00")
    assert engine.status().names == ["first"]
    engine.remove("second")
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == ["current", "first"]
