"""Undoing an import takes its pages back, but nobody's work."""

from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageLogEntry, Revision

from contactpoint.intake.actions import mend, read_source, undo, undoing
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.outputs.models import Event, Output, Publication

Status = ImportedItem.Status


@pytest.fixture
def published(portal: None, listing: Path) -> ImportRun:
    found = read_source(listing, publish=True).run
    assert found is not None
    return found


def test_its_pages_go_and_the_tree_stays_whole(
    published: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "_BATCH", 2)
    result = undo(published)
    assert (result.removed, result.left) == (3, [])
    assert not Output.objects.exists()
    assert [len(problems) for problems in Page.find_problems()] == [0, 0, 0, 0, 0]
    published.refresh_from_db()
    assert published.status == ImportRun.Status.UNDONE
    assert set(published.items.values_list("status", flat=True)) == {Status.UNDONE}
    assert PageLogEntry.objects.filter(action="wagtail.delete").count() == 3


def test_a_page_that_an_editor_changed_stays_and_is_named(published: ImportRun) -> None:
    page = Publication.objects.get()
    page.title = "Our words"
    page.save_revision()
    result = undo(published)
    assert result.removed == 2
    assert result.left == ["The EMN published a study on return counselling"]
    assert Publication.objects.exists()
    published.refresh_from_db()
    assert published.status == ImportRun.Status.DONE


def test_a_page_that_was_translated_stays(published: ImportRun) -> None:
    french = Locale.objects.get(language_code="fr")
    Event.objects.get().copy_for_translation(french)
    result = undo(published)
    assert result.removed == 2
    assert Event.objects.count() == 2


def test_an_import_that_was_undone_can_be_read_again(published: ImportRun, listing: Path) -> None:
    undo(published)
    result = read_source(listing, publish=True)
    assert (result.summary["new"], result.published) == (3, 3)
    assert Output.objects.live().count() == 3
    assert ImportedItem.objects.count() == 3


def test_undoing_twice_is_undoing_once(published: ImportRun, listing: Path) -> None:
    undo(published)
    again = read_source(listing, publish=True).run
    assert again is not None
    assert undo(published).removed == 0
    assert Output.objects.count() == 3


def test_what_still_waited_no_longer_waits(portal: None, listing: Path) -> None:
    run = read_source(listing).run
    assert run is not None
    mend(run.items.first(), {"title": "Mended"})
    undo(run)
    assert set(run.items.values_list("status", flat=True)) == {Status.UNDONE}


def test_the_undoing_of_a_later_reading_leaves_the_pages_of_an_earlier_one(
    published: ImportRun, listing: Path
) -> None:
    with listing.open("a", encoding="utf-8") as file:
        file.write("Caritas has opened two new places.\n")
    later = read_source(listing, publish=True).run
    assert later is not None
    assert undo(later).removed == 1
    assert Output.objects.count() == 3


def test_nothing_that_hung_on_a_removed_page_is_left(portal: None, listing: Path) -> None:
    tables = [
        model
        for model in apps.get_models()
        if model._meta.managed and model not in (PageLogEntry, ImportRun, ImportedItem, ContentType)
    ]
    before = {model._meta.label: model._default_manager.count() for model in tables}
    numchild = dict(Page.objects.values_list("pk", "numchild"))
    run = read_source(listing, publish=True).run
    assert run is not None
    assert Revision.objects.filter(object_id=str(Event.objects.get().pk)).exists()
    undo(run)
    assert {model._meta.label: model._default_manager.count() for model in tables} == before
    assert dict(Page.objects.values_list("pk", "numchild")) == numchild


def test_removing_twice_as_many_pages_asks_the_database_no_more(
    portal: None, tmp_path: Path
) -> None:
    counts = []
    for number in (8, 16):
        path = tmp_path / f"{number}.txt"
        lines = (f"Fedasil opened house {number}.{one}.\nWhen1 May 2020\n" for one in range(number))
        path.write_text("".join(lines), encoding="utf-8")
        run = read_source(path, publish=True).run
        assert run is not None
        with CaptureQueriesContext(connection) as asked:
            assert undo(run).removed == number
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 2


def test_undoing_tells_how_far_it_is(published: ImportRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "_BATCH", 2)
    steps: list[int] = []
    undo(published, on_batch=steps.append)
    assert steps == [2, 1]
