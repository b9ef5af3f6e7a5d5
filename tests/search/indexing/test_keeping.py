"""The index follows what has changed, and is built where there is none, beside one that is."""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from factories import MadeSite, make_concept, make_output
from full_disk import full_disk
from index_contents import contents
from wagtail.models import Page

from contactpoint.search import engines, sources
from contactpoint.search.engines.base import Status, UnavailableError
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.engines.embedded import reading as reading_module
from contactpoint.search.indexing import applying, building, keeping, reading
from contactpoint.search.indexing.keeping import Keeper, catch_up
from contactpoint.search.indexing.standing import standing
from contactpoint.search.models import Change, Expiry, Index

State = Index.State


def key(page: Page) -> str:
    return f"output:{page.translation_key}"


def titles(engine: EmbeddedEngine, page: Page) -> dict[str, str]:
    found = contents(engine).get(key(page))
    versions = found["versions"] if found else {}
    return {language: version["title"] for language, version in versions.items()}


def work(keeper: Keeper) -> int:
    """Rounds until nothing is left to do at once."""
    rounds = 1
    while keeper.round():
        rounds += 1
        assert rounds < 1000
    return rounds


def test_where_there_is_no_index_the_worker_builds_one(
    site: MadeSite, keeper: Keeper, engine: EmbeddedEngine
) -> None:
    page = make_output(site, title="Here")
    work(keeper)
    assert set(contents(engine)) == set(sources.keys())
    assert titles(engine, page) == {"en": "Here"}
    index = Index.objects.get()
    assert (index.state, index.name) == (State.CURRENT, engine.status().name)
    assert (index.documents, index.form) == (len(contents(engine)), reading.FORM)
    assert not Change.objects.exists()


def test_a_change_is_there_after_one_round(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper
) -> None:
    page = make_output(site, title="New")
    assert titles(indexed, page) == {}
    keeper.round()
    assert titles(indexed, page) == {"en": "New"}
    Page.objects.get(pk=page.pk).unpublish()
    keeper.round()
    assert titles(indexed, page) == {}
    assert not Change.objects.exists()


def test_an_idle_round_asks_little(
    indexed: EmbeddedEngine, keeper: Keeper, django_assert_num_queries: Any
) -> None:
    work(keeper)
    # What expires, which index there is, whether it has to hear of anything.
    with django_assert_num_queries(3):
        assert not keeper.round()


def test_many_changes_take_as_many_queries_as_few(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper, django_assert_num_queries: Any
) -> None:
    work(keeper)
    for number in (1, 30):
        for _ in range(number):
            make_output(site, themes=["asylum"])
        work(keeper)
        Change.objects.all().delete()
        for _ in range(number):
            make_output(site, themes=["asylum"])
        with django_assert_num_queries(18):
            keeper.round()
        assert not Change.objects.exists()


def test_a_version_that_expires_leaves_and_the_rest_comes_back(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = timezone.now() + datetime.timedelta(minutes=5)
    page = make_output(site, title="Stays")
    make_output(site, language="fr", translation_of=page, title="Passe", expire_at=soon)
    keeper.round()
    assert titles(indexed, page) == {"en": "Stays", "fr": "Passe"}
    assert contents(indexed)[key(page)]["versions"]["fr"]["expires"] == int(soon.timestamp()) // 60
    keeper.round()
    assert titles(indexed, page) == {"en": "Stays", "fr": "Passe"}
    monkeypatch.setattr(timezone, "now", lambda: soon)
    keeper.round()
    assert titles(indexed, page) == {"en": "Stays"}
    assert not Expiry.objects.exists()


def test_an_expiry_that_was_taken_back_is_forgotten(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper
) -> None:
    page = make_output(site, expire_at=timezone.now() + datetime.timedelta(minutes=5))
    keeper.round()
    assert Expiry.objects.get().key == key(page)
    page.expire_at = None
    page.save()
    keeper.round()
    assert not Expiry.objects.exists()


def test_a_folder_that_was_deleted_by_hand_is_filled_anew(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper, clock: Any, folder: Path
) -> None:
    work(keeper)
    shutil.rmtree(folder)
    page = make_output(site, title="After")
    clock.now += keeping.LOOK
    work(keeper)
    assert set(contents(indexed)) == set(sources.keys())
    assert titles(indexed, page) == {"en": "After"}
    assert Index.objects.get().state == State.CURRENT


def test_an_index_of_another_form_is_replaced_while_it_is_searched(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = indexed.status().name
    monkeypatch.setattr(keeping, "FORM", reading.FORM + 1)
    monkeypatch.setattr(building, "FORM", reading.FORM + 1)
    work(keeper)
    assert indexed.status().name != old
    assert list(indexed.status().names) == [indexed.status().name]
    assert Index.objects.get().form == reading.FORM + 1


def test_texts_are_read_anew_once_the_glossary_is_left_alone(
    site: MadeSite, engine: EmbeddedEngine, keeper: Keeper, clock: Any
) -> None:
    page = make_output(site, title="Pushback at sea")
    make_concept("asylum")
    work(keeper)
    name = engine.status().name
    assert "pushback" not in contents(engine)[key(page)]["about"]
    make_concept("pushback", en="pushback")
    clock.now += keeping.LOOK
    work(keeper)
    assert "concept:pushback" in contents(engine)
    assert engine.status().name == name
    clock.now += keeping.QUIET
    work(keeper)
    assert engine.status().name != name
    assert contents(engine)[key(page)]["about"]["pushback"] == 5


def test_a_definition_is_no_reason_to_read_all_texts_anew(
    site: MadeSite, engine: EmbeddedEngine, keeper: Keeper, clock: Any
) -> None:
    concept = make_concept("asylum")
    work(keeper)
    name = engine.status().name
    concept.definitions = {"en": {"text": "Shelter."}}
    concept.save()
    for _ in range(3):
        clock.now += keeping.QUIET
        work(keeper)
    assert engine.status().name == name
    assert contents(engine)["concept:asylum"]["versions"]["en"]["teaser"] == "Shelter."


def test_an_engine_that_is_away_is_waited_for(
    site: MadeSite,
    indexed: EmbeddedEngine,
    keeper: Keeper,
    clock: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = make_output(site, title="Late")

    def away(self: EmbeddedEngine) -> Status:
        raise UnavailableError("The engine is away.")

    monkeypatch.setattr(EmbeddedEngine, "status", away)
    for _ in range(3):
        assert not keeper.round()
        clock.now += keeping.WAIT
    assert len(caplog.records) == 1
    assert "The engine is away." in caplog.text
    monkeypatch.undo()
    monkeypatch.setattr(engines, "engine", lambda: indexed)
    work(keeper)
    assert titles(indexed, page) == {"en": "Late"}


def harmed(engine: EmbeddedEngine) -> str:
    """The index that is searched, after its texts were written over; its name."""
    name = engine.status().name or ""
    (store,) = engine._folders.path(name).glob("*.store")
    content = store.read_bytes()
    store.unlink()
    store.write_bytes(content[:20] + b"\xff" * 60 + content[80:])
    return name


def test_a_damaged_index_is_given_up_and_built_anew_by_the_worker(
    site: MadeSite,
    indexed: EmbeddedEngine,
    keeper: Keeper,
    clock: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    work(keeper)
    name = harmed(indexed)
    found = standing(indexed)
    assert not found.is_usable
    assert f"The search index '{name}' is damaged" in found.sentences[0]
    (indexed._folders.path(name) / "suspected").touch()  # as a question does that meets it
    page = make_output(site, title="Meanwhile")
    clock.now += keeping.LOOK
    caplog.clear()
    caplog.set_level("INFO", "contactpoint.search")
    work(keeper)
    assert titles(indexed, page) == {"en": "Meanwhile"}
    assert set(contents(indexed)) == set(sources.keys())
    assert list(indexed.status().names) == [indexed.status().name]
    assert indexed.status().name != name
    assert standing(indexed).sentences == []
    given_up, begun, done = caplog.messages
    assert given_up.startswith(f"The search index '{name}' is damaged: ")
    assert begun.startswith("A search index is being built: ")
    assert done.startswith(f"The search index {indexed.status().name} is searched now: ")


def test_a_damaged_index_is_not_opened_by_a_worker_that_starts(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening it may end the process, over and over."""
    name = harmed(indexed)
    fresh = EmbeddedEngine(indexed._folders.root)
    monkeypatch.setattr(engines, "engine", lambda: fresh)
    real, paths = reading_module.opened, []
    monkeypatch.setattr(reading_module, "opened", lambda path: paths.append(path) or real(path))
    assert not standing(fresh).is_usable
    work(keeper)
    assert paths
    assert not any(name in path for path in paths)
    assert set(contents(fresh)) == set(sources.keys())


def test_damage_that_no_question_met_is_seen_in_time(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper, clock: Any
) -> None:
    work(keeper)
    name = harmed(indexed)
    clock.now += keeping.LOOK
    work(keeper)
    assert indexed.status().name == name
    clock.now += keeping.VERIFIED
    work(keeper)
    assert indexed.status().name != name
    assert set(contents(indexed)) == set(sources.keys())


def test_a_part_that_is_gone_or_cut_off_is_seen_within_a_minute(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper, clock: Any
) -> None:
    work(keeper)
    name = indexed.status().name or ""
    assert indexed.glance(name) == ""
    (store,) = indexed._folders.path(name).glob("*.store")
    content = store.read_bytes()
    store.unlink()  # cut in place, a file that is mapped takes the process along
    assert f"{store.name} is missing" in indexed.glance(name)
    store.write_bytes(content[:-30])
    assert f"{store.name} " in indexed.glance(name)
    clock.now += keeping.GLANCED
    work(keeper)
    assert indexed.status().name != name
    assert set(contents(indexed)) == set(sources.keys())


def test_a_half_built_index_that_is_damaged_is_begun_anew(
    site: MadeSite, engine: EmbeddedEngine, killed: Callable[[int], None], keeper: Keeper
) -> None:
    make_output(site)
    killed(100)
    index = building.begin(engine)
    steps = building.build(index, engine, batch=1)
    for _documents in range(building.KEPT_EVERY + 1):
        next(steps, None)
    steps.close()
    folder = engine._folders.path(index.name)
    assert Index.objects.get().cursor
    for path in folder.glob("*.store"):
        path.unlink()  # cut in place, a file that is mapped takes the process along
        path.touch()
    (folder / "suspected").touch()
    work(keeper)
    assert set(contents(engine)) == set(sources.keys())


def test_a_full_disk_is_told_once_and_in_the_status_until_there_is_room(
    site: MadeSite,
    indexed: EmbeddedEngine,
    keeper: Keeper,
    clock: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    work(keeper)
    pages = [make_output(site, title=f"Late {number}") for number in range(9)]
    with full_disk():
        for _ in range(3):
            assert not keeper.round()
            clock.now += keeping.WAIT
    assert len(caplog.records) == 1
    assert f"{indexed._folders.root}" in caplog.text
    found = standing(indexed)
    assert found.is_usable
    assert found.pending >= len(pages)
    (sentence,) = found.sentences
    assert "The worker could not write the index at " in sentence
    assert "Make room" in sentence
    work(keeper)
    assert titles(indexed, pages[-1]) == {"en": "Late 8"}
    assert standing(indexed).sentences == []


def test_an_index_that_another_process_writes_is_left_to_it(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper
) -> None:
    page = make_output(site)
    with indexed.writer(indexed.status().name or ""):
        assert not keeper.round()
        assert not catch_up()
    assert Change.objects.exists()
    keeper.round()
    assert titles(indexed, page)


def test_filling_stops_for_other_work_and_goes_on(
    site: MadeSite, engine: EmbeddedEngine, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(6):
        make_output(site)
    monkeypatch.setattr(building, "BATCH", 1)
    real = building.write

    def slow(*args: Any) -> int:
        clock.now += keeping.SLICE
        return real(*args)

    monkeypatch.setattr(building, "write", slow)
    keeper = Keeper(clock)
    keeper._filling = building.build(building.begin(engine), engine, batch=1)
    assert work(keeper) > 6
    assert len(contents(engine)) == len(list(sources.keys()))


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets the process "die" at the n-th batch that is written."""

    def at(place: int) -> None:
        calls = iter(range(place))
        real = applying.write

        def write(*args: Any) -> int:
            if next(calls, None) is None:
                raise KeyboardInterrupt
            return real(*args)

        monkeypatch.setattr(building, "write", write)

    return at


def test_a_building_that_was_interrupted_is_taken_up(
    site: MadeSite,
    engine: EmbeddedEngine,
    killed: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = [make_output(site, title=f"Item {number}") for number in range(6)]
    monkeypatch.setattr(building, "KEPT_EVERY", 2)
    killed(5)
    with pytest.raises(KeyboardInterrupt):
        list(building.build(building.begin(engine), engine, batch=1))
    index = Index.objects.get()
    assert index.documents == 4
    assert index.cursor == list(sources.keys())[3]
    # What changes meanwhile is not lost, whether its turn has come or not.
    for page in pages:
        page.title = page.title.replace("Item", "Changed")
        page.save()
    pages[0].delete()
    killed(100)
    again = building.begin(engine)
    assert (again.name, again.cursor) == (index.name, index.cursor)
    steps = list(building.build(again, engine, batch=1))
    assert steps[0] == 5
    assert titles(engine, pages[0]) == {}
    assert all(titles(engine, page)["en"].startswith("Changed") for page in pages[1:])


def test_a_folder_emptied_during_the_building_starts_it_over(
    site: MadeSite, engine: EmbeddedEngine, killed: Callable[[int], None]
) -> None:
    make_output(site)
    killed(3)
    with pytest.raises(KeyboardInterrupt):
        list(building.build(building.begin(engine), engine, batch=1))
    engine.remove(Index.objects.get().name)
    killed(100)
    list(building.build(building.begin(engine), engine))
    assert set(contents(engine)) == set(sources.keys())


def test_a_death_between_the_switch_and_its_record_is_mended(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(name: str) -> None:
        EmbeddedEngine.switch(indexed, name)
        raise KeyboardInterrupt

    monkeypatch.setattr(indexed, "switch", die)
    with pytest.raises(KeyboardInterrupt):
        list(building.build(building.begin(indexed), indexed))
    monkeypatch.setattr(indexed, "switch", lambda name: EmbeddedEngine.switch(indexed, name))
    searched = indexed.status().name
    assert searched != Index.objects.get(state=State.CURRENT).name
    page = make_output(site, title="Between")
    work(keeper)
    assert titles(indexed, page) == {"en": "Between"}
    assert (Index.objects.get().name, Index.objects.get().state) == (searched, State.CURRENT)
    assert not Change.objects.exists()


def test_what_changes_during_the_building_is_in_both(
    site: MadeSite, indexed: EmbeddedEngine, keeper: Keeper
) -> None:
    page = make_output(site, title="Before")
    keeper.round()
    steps = building.build(building.begin(indexed), indexed, batch=1)
    next(steps)
    page.title = "Meanwhile"
    page.save()
    keeper.round()
    assert titles(indexed, page) == {"en": "Meanwhile"}
    list(steps)
    assert titles(indexed, page) == {"en": "Meanwhile"}
    assert not Change.objects.exists()
    assert list(indexed.status().names) == [Index.objects.get().name]


def test_what_nobody_remembers_is_removed_after_a_building(
    site: MadeSite, engine: EmbeddedEngine
) -> None:
    engine.create("forgotten")
    catch_up()
    assert list(engine.status().names) == [Index.objects.get().name]


def test_there_is_one_building_at_a_time(site: MadeSite, engine: EmbeddedEngine) -> None:
    first = building.begin(engine)
    assert building.begin(engine).pk == first.pk
    with engine.writer(first.name), pytest.raises(keeping.LockedError):
        building.discard(engine, first)
    building.discard(engine, first)
    assert not Index.objects.exists()
    assert building.begin(engine).name != first.name
    assert list(engine.status().names) == [building.begin(engine).name]


def test_the_status_says_why_an_index_that_is_there_is_not_searched(
    site: MadeSite, indexed: EmbeddedEngine
) -> None:
    assert standing(indexed).sentences == []
    folder = indexed._folders.path(indexed.status().name or "")
    (folder / "meta.json").write_text("{", encoding="ascii")
    reason, mend = standing(EmbeddedEngine(indexed._folders.root)).sentences
    assert folder.name in reason
    assert "index rebuild" in mend


def test_a_rebuild_says_what_it_goes_on_with_and_a_second_one_only_that_it_can_not(
    site: MadeSite,
    engine: EmbeddedEngine,
    killed: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(engines, "engine", lambda: engine)
    monkeypatch.setattr(building, "KEPT_EVERY", 2)
    for number in range(6):
        make_output(site, title=f"Item {number}")

    def stopped_at(batch: int) -> str:
        killed(batch)
        with pytest.raises(KeyboardInterrupt):
            call_command("index", "rebuild", "--batch", "1")
        return capsys.readouterr().out

    assert stopped_at(1).startswith("Building ")
    assert "had been kept yet" in stopped_at(4)
    assert stopped_at(1).startswith("Going on with ")
    half = building.building()
    assert half is not None
    with engine.writer(half.name), pytest.raises(CommandError, match="Another process"):
        call_command("index", "rebuild")
    assert capsys.readouterr().out == ""
