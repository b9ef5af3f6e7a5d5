"""What an editor decides is done once, and only that."""

from pathlib import Path

import pytest

from contactpoint.intake.actions import accept, accept_all, is_edited, mend, read_source, reject
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.outputs.models import Event, NewsItem, Output, Publication

Status = ImportedItem.Status


@pytest.fixture
def run(portal: None, listing: Path) -> ImportRun:
    found = read_source(listing).run
    assert found is not None
    return found


def item(run: ImportRun, kind: str) -> ImportedItem:
    return run.items.get(inferred__type=kind)


def test_one_item_is_accepted_alone(run: ImportRun) -> None:
    assert accept([item(run, "event")]) == 1
    assert Event.objects.live().count() == Output.objects.count() == 1
    event = item(run, "event")
    assert (event.status, event.page_id) == (Status.ACCEPTED, Event.objects.get().pk)
    run.refresh_from_db()
    assert run.status == ImportRun.Status.REVIEW


def test_accepting_twice_makes_one_page(run: ImportRun) -> None:
    stale = item(run, "event")
    accept([item(run, "event")])
    assert accept([stale]) == 0
    assert Event.objects.count() == 1


def test_accepting_all_leaves_out_what_was_rejected_and_ends_the_run(run: ImportRun) -> None:
    reject(item(run, "news-item"))
    assert accept_all(run) == 2
    assert not NewsItem.objects.exists()
    run.refresh_from_db()
    assert run.status == ImportRun.Status.DONE
    assert accept_all(run) == 0


def test_a_rejected_item_stays_out_when_the_source_is_read_again(
    run: ImportRun, listing: Path
) -> None:
    reject(item(run, "news-item"))
    result = read_source(listing, publish=True)
    assert result.summary["new"] == 0
    assert not NewsItem.objects.exists()


def test_what_was_mended_is_what_gets_published(run: ImportRun) -> None:
    mended = mend(
        item(run, "news-item"),
        {"type": "event", "title": "A new place", "themes": ["reception"], "published_on": None},
    )
    assert {problem["code"] for problem in mended.problems} == {"no-date", "no-keyword"}
    accept([mended])
    page = Event.objects.get(title="A new place")
    assert page.theme_links.get().theme.slug == "reception"


def test_a_rejected_item_that_is_mended_waits_again(run: ImportRun) -> None:
    reject(item(run, "event"))
    assert mend(item(run, "event"), {"title": "A webinar"}).status == Status.PENDING


def test_markup_in_a_source_stays_text(portal: None, tmp_path: Path) -> None:
    path = tmp_path / "markup.txt"
    path.write_text("It is <script>alert(1)</script> news.\nWhen1 May 2020\n", encoding="utf-8")
    read_source(path, publish=True)
    page = NewsItem.objects.get()
    assert "<script>" not in page.body.render_as_block()
    assert "&lt;script&gt;" in str(page.body.raw_data[0]["value"])


def test_a_change_to_a_page_that_an_editor_works_on_is_laid_beside_it(
    run: ImportRun, listing: Path
) -> None:
    accept_all(run)
    page = Publication.objects.get()
    page.title = "Our words"
    page.save_revision().publish()
    listing.write_text(
        listing.read_text(encoding="utf-8").replace("When17 March", "When18 March"),
        encoding="utf-8",
    )
    changed = read_source(listing).run
    assert changed is not None
    waiting = changed.items.get()
    assert is_edited(waiting)
    accept([waiting])
    page = Publication.objects.get()
    assert (page.title, str(page.published_on)) == ("Our words", "2021-03-17")
    assert page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    assert str(draft.published_on) == "2021-03-18"


def test_a_rejected_change_leaves_the_page_as_it_is(run: ImportRun, listing: Path) -> None:
    accept_all(run)
    listing.write_text(
        listing.read_text(encoding="utf-8").replace("When17 March", "When18 March"),
        encoding="utf-8",
    )
    changed = read_source(listing).run
    assert changed is not None
    reject(changed.items.get())
    assert changed.items.get().status == Status.ACCEPTED
    assert str(Publication.objects.get().published_on) == "2021-03-17"
