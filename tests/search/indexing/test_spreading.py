"""An index by all workers: the same documents, what changes meanwhile, and one end."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult
from factories import MadeSite, make_output
from index_contents import contents

from contactpoint.kit import changes, spreading, workers_seen
from contactpoint.kit.jobs import JobRunner
from contactpoint.kit.models import Run
from contactpoint.search import sources
from contactpoint.search.documents import Prepared
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.indexing import applying, building, keeping, reading, watching
from contactpoint.search.indexing import spreading as spreading_module
from contactpoint.search.indexing.keeping import Keeper, catch_up
from contactpoint.search.indexing.packing import packed, unpacked
from contactpoint.search.indexing.spreading import NAME, gather, give_up, spread
from contactpoint.search.models import Change, Index, Made


@pytest.fixture
def queue(settings: Any) -> None:
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks_db.DatabaseBackend",
            "QUEUES": ["default", "mail", spreading.QUEUE],
        }
    }


@pytest.fixture
def pages(site: MadeSite, queue: None) -> list[Any]:
    return [make_output(site, title=f"Item {number}", themes=["asylum"]) for number in range(12)]


def work(ranges: int = 1000) -> None:
    """Do so many ranges; other jobs of editing are left out."""
    DBTaskResult.objects.exclude(task_path=spreading.work.module_path).delete()
    runner = JobRunner()
    while ranges and runner.run_one():
        ranges -= 1


def ended(engine: EmbeddedEngine) -> None:
    index = building.building()
    assert index is not None
    list(gather(index, engine))


def test_documents_come_out_of_a_packet_as_they_went_in(
    site: MadeSite, engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make_output(site, title=f"Ünïcode \n “{number}”", themes=["asylum"])
    catch_up()
    index = Index.objects.get()
    documents = list(applying.Reading(index, list(sources.keys())))
    monkeypatch.setattr("contactpoint.search.indexing.packing.LARGEST", 1)
    packets = list(packed(documents))
    assert sum(number for number, _packet in packets) == len(documents) > 2
    assert len(packets) > 1
    again = [one for _number, packet in packets for one in unpacked(packet)]
    assert [_plain(one) for one in again] == [_plain(one) for one in documents]


def _plain(document: Prepared) -> dict[str, Any]:
    told = dataclasses.asdict(document)
    told["facets"] = {name: list(values) for name, values in document.facets.items()}
    return told


def test_it_is_the_index_that_one_process_builds(pages: list[Any], engine: EmbeddedEngine) -> None:
    assert catch_up()
    alone, first = contents(engine), engine.status().name
    run = spread(engine, size=5)
    assert spread(engine, size=5) == run, "whoever comes later watches the same"
    assert engine.status().name == first, "it is searched until the other is whole"
    work()
    assert engine.status().name == first
    ended(engine)
    assert engine.status().name != first
    assert contents(engine) == alone
    assert list(engine.status().names) == [engine.status().name]
    assert not Made.objects.exists()
    run.refresh_from_db()
    assert (run.state, run.made) == (Run.State.FINISHED, len(alone))
    index = Index.objects.get()
    assert (index.state, index.documents) == (Index.State.CURRENT, len(alone))


def test_what_changes_meanwhile_is_in_it(
    site: MadeSite, pages: list[Any], engine: EmbeddedEngine
) -> None:
    assert catch_up()
    spread(engine, size=5)
    work(2)
    for page in pages[:6]:
        page.title = page.title.replace("Item", "Changed")
        page.save()
    new = make_output(site, title="New")
    work(1)
    pages[7].unpublish()
    pages[6].delete()
    work()
    ended(engine)
    found = contents(engine)
    titles = {one["versions"]["en"]["title"] for one in found.values() if "en" in one["versions"]}
    assert {"New", *(f"Changed {number}" for number in range(6)), "Item 8"} <= titles
    assert not titles & {"Item 0", "Item 6", "Item 7"}
    assert f"output:{new.translation_key}" in found
    assert set(found) == set(sources.keys())
    assert not Change.objects.exists()


def test_a_writer_that_dies_is_followed_by_another(
    pages: list[Any], engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert catch_up()
    alone = contents(engine)
    monkeypatch.setattr(spreading_module, "TOGETHER", 1)
    spread(engine, size=5)
    work(2)
    index = building.building()
    assert index is not None
    steps = gather(index, engine)
    assert next(steps)
    steps.close()
    assert Made.objects.count() == 1, "what is put is taken away, all else is there"
    work()
    ended(engine)
    assert contents(engine) == alone


@pytest.mark.parametrize("where", ["read", "prepare", "put"])
def test_a_bad_document_is_named_and_keeps_no_other_out(
    pages: list[Any], engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    assert catch_up()
    whole = contents(engine)
    bad = f"output:{pages[3].translation_key}"

    def refusing(real: Callable[..., Any], told: Callable[..., Any]) -> Callable[..., Any]:
        def refused(*args: Any, **kwargs: Any) -> Any:
            if bad in told(*args):
                raise ValueError(bad)
            return real(*args, **kwargs)

        return refused

    if where == "read":
        monkeypatch.setattr(sources, "documents", refusing(sources.documents, lambda keys: keys))
    elif where == "prepare":
        real = refusing(applying.prepare, lambda one, words: [one.key])
        monkeypatch.setattr(applying, "prepare", real)
    else:
        module = "contactpoint.search.engines.embedded.writing.written"
        from contactpoint.search.engines.embedded.writing import written  # noqa: PLC0415

        monkeypatch.setattr(module, refusing(written, lambda one: [one.key]))
    run = spread(engine, size=5)
    work()
    ended(engine)
    run.refresh_from_db()
    assert run.left_out == [bad]
    assert run.made == len(whole) - 1
    assert set(contents(engine)) == set(whole) - {bad}
    list(building.build(building.begin(engine), engine))
    assert set(contents(engine)) == set(whole) - {bad}, "one process does the same"


def test_a_worker_ends_a_run_and_takes_up_one_that_was_not_planned(
    pages: list[Any],
    engine: EmbeddedEngine,
    keeper: Keeper,
    clock: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert catch_up()
    alone, first = contents(engine), engine.status().name

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(spreading, "plan", killed)
        with pytest.raises(KeyboardInterrupt):
            spread(engine)
    assert not Run.objects.get().is_planned
    assert not keeper.round(), "it waits for the workers"
    assert Run.objects.get().is_planned
    assert not catch_up() or engine.status().name == first
    work()
    while keeper.round():
        clock.now += keeping.LOOK
    assert engine.status().name != first
    assert contents(engine) == alone


def test_a_worker_clears_away_what_was_given_up(
    pages: list[Any], engine: EmbeddedEngine, keeper: Keeper
) -> None:
    assert catch_up()
    first = engine.status().name
    run = spread(engine, size=5)
    work(1)
    spreading.give_up(run)
    keeper.round()
    assert building.building() is None
    assert not Made.objects.exists()
    assert list(engine.status().names) == [first]
    work()
    assert not Made.objects.exists(), "its jobs find nothing to do"


def test_it_begins_anew_when_it_is_told_to(pages: list[Any], engine: EmbeddedEngine) -> None:
    assert catch_up()
    alone = contents(engine)
    first = spread(engine, size=5)
    work(1)
    half = building.building()
    assert half is not None
    give_up(engine, half)
    second = spread(engine, size=7)
    assert first.pk != second.pk
    work()
    ended(engine)
    assert contents(engine) == alone
    assert list(engine.status().names) == [engine.status().name]


def test_what_one_process_had_begun_is_ended_by_all(
    pages: list[Any], engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert catch_up()
    alone = contents(engine)
    monkeypatch.setattr(building, "KEPT_EVERY", 1)
    steps = building.build(building.begin(engine), engine, batch=4)
    next(steps)
    with pytest.raises(building.LockedError):
        spread(engine)
    steps.close()
    index = building.building()
    assert index is not None
    assert index.cursor
    run = spread(engine, size=5)
    assert run.things == len(alone) - index.documents
    work()
    ended(engine)
    assert contents(engine) == alone


def test_nobody_builds_alone_what_all_build(
    pages: list[Any], engine: EmbeddedEngine, capsys: Any
) -> None:
    assert catch_up()
    spread(engine, size=5)
    with pytest.raises(CommandError, match="building an index together") as refused:
        call_command("index", "rebuild")
    assert refused.value.returncode == 75
    work(1)
    call_command("index", "status", "--json")
    assert '"ranges_done": 1' in capsys.readouterr().out
    call_command("index", "rebuild", "--anew")
    assert Run.objects.get().state == Run.State.GIVEN_UP


def test_a_worker_of_another_version_leaves_its_range_to_others(
    pages: list[Any], engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert catch_up()
    run = spread(engine, size=50)
    with monkeypatch.context() as patch:
        patch.setattr(spreading_module, "FORM", reading.FORM + 1)
        work()
    assert spreading.progress(run).later == 1
    assert not Made.objects.exists()


def test_texts_read_with_two_states_of_the_glossary_are_read_again(
    pages: list[Any], engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert catch_up()
    spread(engine, size=5)
    work(1)
    monkeypatch.setattr(spreading_module, "state_of", lambda words: "of tomorrow")
    work()
    ended(engine)
    assert Index.objects.get().vocabulary == ""


def test_several_workers_share_a_large_index_by_themselves(
    pages: list[Any], engine: EmbeddedEngine, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading_module, "WORTH", 10)
    for name in ("one", "two"):
        workers_seen.tell(name, name, 0.0)
    assert not spreading_module.is_worth_it(), "SQLite has one worker"
    monkeypatch.setattr(spreading_module.connection, "vendor", "postgresql", raising=False)
    assert spreading_module.is_worth_it()
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(keeping, "is_worth_it", lambda: True)
    assert not keeper.round()
    assert spreading.open_run(NAME) is not None
    workers_seen.leave("two")
    assert not spreading_module.is_worth_it()


def test_the_command_says_why_it_is_of_no_use_on_sqlite(
    site: MadeSite, engine: EmbeddedEngine
) -> None:
    with pytest.raises(CommandError, match="leave --spread out"):
        call_command("index", "rebuild", "--spread")


def test_the_command_only_watches(
    pages: list[Any], engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """The work is done while it looks away."""
    assert catch_up()
    monkeypatch.setattr(
        "contactpoint.search.management.commands.index.connection", type("C", (), {"vendor": "p"})
    )
    monkeypatch.setattr(watching, "PATIENCE", -1.0)
    nothing = [lambda: None] * 2
    turns = iter([*nothing, lambda: work(1), work, *nothing, lambda: ended(engine)])
    monkeypatch.setattr(watching.time, "sleep", lambda _seconds: next(turns)())
    call_command("index", "rebuild", "--spread", "--batch=5")
    said = capsys.readouterr().out
    for line in (
        "ranges wait for the workers.", "No worker is at work", "1 of 4 ranges", "searched now",
    ):  # fmt: skip
        assert line in said, said


def test_no_page_that_is_kept_is_made_again_for_made_documents(folder: Path) -> None:
    assert changes.UNSEEN.match(Made._meta.db_table)
