"""A reading finds what is new, what is changed and what is as it was; a second finds nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from factories import make_site
from listings import TWIN

from contactpoint.intake.actions import accept_all, mend, read_source, reading
from contactpoint.intake.errors import IntakeError, SourceError
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.intake.problems import say
from contactpoint.outputs.models import (
    Classification,
    Event,
    NewsItem,
    Output,
    Publication,
)

Status = ImportedItem.Status


def states(path: Path, **options: Any) -> tuple[int, int, int]:
    summary = read_source(path, **options).summary
    return summary["new"], summary["changed"], summary["unchanged"]


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def row_counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_reading_fills_the_review_list_and_publishes_nothing(portal: None, listing: Path) -> None:
    result = read_source(listing)
    assert result.run is not None
    assert result.run.status == ImportRun.Status.REVIEW
    assert [item.inferred["type"] for item in result.run.items.all()] == [
        "publication",
        "event",
        "news-item",
    ]
    assert set(result.run.items.values_list("status", flat=True)) == {Status.PENDING}
    assert not Output.objects.exists()


def test_reading_again_finds_nothing_new_and_nothing_changed(portal: None, listing: Path) -> None:
    assert states(listing) == (3, 0, 0)
    before = row_counts()
    assert states(listing) == (0, 0, 3)
    assert read_source(listing).run is None
    assert row_counts() == before


@pytest.mark.parametrize("publish", [False, True])
def test_that_holds_after_all_was_accepted_and_for_a_file_of_another_name(
    portal: None, listing: Path, publish: bool
) -> None:
    result = read_source(listing, publish=publish)
    assert result.run is not None
    accept_all(result.run)
    other = listing.with_name("the same thing.txt")
    listing.rename(other)
    pages = Output.objects.count()
    assert states(other, publish=publish) == (0, 0, 3)
    assert Output.objects.count() == pages == 3


def test_a_dry_run_writes_no_row_at_all(portal: None) -> None:
    before = row_counts()
    assert states(TWIN, dry_run=True) == (25, 0, 0)
    assert states(TWIN, dry_run=True, publish=True) == (25, 0, 0)
    assert row_counts() == before


def test_a_dry_run_tells_what_is_known_already(portal: None, listing: Path) -> None:
    read_source(listing)
    rewrite(listing, "4 May 2021.", "4 May 2021.\nWhen5 May 2021")
    assert states(listing, dry_run=True) == (0, 1, 2)
    assert states(listing) == (0, 1, 2)


def test_a_fact_that_changes_changes_the_waiting_item(portal: None, listing: Path) -> None:
    read_source(listing)
    rewrite(listing, "When17 March 2021", "When18 March 2021")
    result = read_source(listing)
    assert result.summary["changed"] == 1
    item = ImportedItem.objects.get(inferred__type="publication")
    assert item.inferred["published_on"] == "2021-03-18"
    assert item.run == result.run
    assert item.status == Status.PENDING


def test_a_text_that_was_corrected_is_the_same_item(portal: None, listing: Path) -> None:
    read_source(listing)
    rewrite(listing, "compares six Member States", "compares seven Member States")
    assert states(listing) == (0, 1, 2)
    assert ImportedItem.objects.count() == 3
    assert states(listing) == (0, 0, 3)


def test_a_text_like_another_that_is_still_there_is_a_new_item(portal: None, listing: Path) -> None:
    read_source(listing)
    with listing.open("a", encoding="utf-8") as file:
        file.write("Fedasil has opened a new place!\n")
    assert states(listing) == (1, 0, 3)


def test_the_same_text_twice_is_two_items(portal: None, tmp_path: Path) -> None:
    path = tmp_path / "twice.txt"
    path.write_text("A call.\nWhen1 May 2020\nA call.\nWhen1 May 2019\n", encoding="utf-8")
    assert states(path) == (2, 0, 0)
    assert states(path) == (0, 0, 2)
    rewrite(path, "When1 May 2019", "When2 May 2019")
    assert states(path) == (0, 1, 1)


def test_what_an_editor_mended_survives_a_change_at_the_source(portal: None, listing: Path) -> None:
    read_source(listing)
    item = ImportedItem.objects.get(inferred__type="publication")
    mend(item, {"title": "Counselling before return"})
    rewrite(listing, "When17 March 2021", "When18 March 2021")
    read_source(listing)
    item.refresh_from_db()
    assert item.inferred["title"] == "Counselling before return"
    assert "18 March 2021" in item.original
    assert "changed-at-source" in {problem["code"] for problem in item.problems}


def test_a_change_of_a_published_item_waits_for_an_editor(portal: None, listing: Path) -> None:
    run = read_source(listing, publish=True).run
    assert run is not None
    rewrite(listing, "When17 March 2021", "When18 March 2021")
    result = read_source(listing)
    assert result.summary["changed"] == 1
    assert str(Publication.objects.get().published_on) == "2021-03-17"
    assert result.run is not None
    assert result.run.items.get().status == Status.CHANGED
    accept_all(result.run)
    assert str(Publication.objects.get().published_on) == "2021-03-18"
    assert Publication.objects.get().theme_links.count() == 2


def test_publishing_writes_a_change_unless_an_editor_has_worked_on_the_page(
    portal: None, listing: Path
) -> None:
    read_source(listing, publish=True)
    event = Event.objects.get()
    event.title = "What we learned"
    event.save_revision().publish()
    rewrite(listing, "Main theme: Migration", "Main theme: Citizenship")
    rewrite(listing, "When17 March 2021", "When18 March 2021")
    result = read_source(listing, publish=True)
    assert (result.published, result.left) == (1, 1)
    assert str(Publication.objects.get().published_on) == "2021-03-18"
    event.refresh_from_db()
    assert event.title == "What we learned"
    assert event.theme_links.get().theme.slug == "migration"


def test_publishing_makes_live_pages_with_all_that_was_found(portal: None, listing: Path) -> None:
    result = read_source(listing, publish=True)
    assert result.published == 3
    page = Publication.objects.get()
    assert page.live
    assert page.get_parent().slug == "publications"
    assert page.locale.language_code == "en"
    assert [link.theme.slug for link in page.theme_links.all()] == [
        "return-and-readmission",
        "asylum",
    ]
    keywords = page.classifications.filter(source=Classification.Source.IMPORTED)
    assert [(row.keyword, row.concept and row.concept.slug) for row in keywords] == [
        ("asiel", "asylum"),
        ("video's over planten", None),
    ]
    assert page.institution_links.get().institution.slug == "emn"
    event = Event.objects.get()
    assert event.whole_day
    assert event.starts_at is not None
    assert str(event.starts_at.astimezone().date()) == "2021-05-04"
    assert NewsItem.objects.get().published_on is None


@pytest.mark.parametrize("publish", [True, False])
def test_a_concept_that_the_text_only_suggests_is_kept_as_a_finding_and_not_published(
    portal: None, publish: bool
) -> None:
    run = read_source(TWIN, publish=publish).run
    assert run is not None
    accept_all(run)
    assert Output.objects.live().count() == 25
    sources = set(Classification.objects.values_list("source", flat=True))
    assert sources == {Classification.Source.IMPORTED}
    assert Classification.objects.count() == 15
    assert any(item.inferred["suggested"] for item in run.items.all())


def test_what_waits_from_an_earlier_reading_is_published_too(portal: None, listing: Path) -> None:
    read_source(listing)
    result = read_source(listing, publish=True)
    assert result.published == 3
    assert result.summary["new"] == 0
    assert Output.objects.live().count() == 3
    assert not ImportRun.objects.filter(status=ImportRun.Status.REVIEW).exists()


def test_a_reading_that_is_stopped_keeps_whole_batches_and_goes_on(
    portal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 4)
    seen = []

    def stop(staged: Any) -> None:
        seen.append(staged)
        if len(seen) == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_source(TWIN, publish=True, on_item=stop)
    assert ImportedItem.objects.filter(status=Status.ACCEPTED).count() == 12
    assert Output.objects.live().count() == 12
    result = read_source(TWIN, publish=True)
    assert (result.summary["new"], result.summary["unchanged"]) == (13, 12)
    assert result.run == ImportRun.objects.get()
    assert Output.objects.live().count() == ImportedItem.objects.count() == 25


def test_a_batch_that_fails_leaves_neither_item_nor_page(
    portal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 4)
    calls = []

    def fail(self: Any, items: list[ImportedItem]) -> set[int]:
        calls.append(items)
        if len(calls) == 3:
            raise RuntimeError
        return set()

    monkeypatch.setattr(reading._Reader, "_rewrite", fail)
    with pytest.raises(RuntimeError):
        read_source(TWIN, publish=True)
    assert ImportedItem.objects.count() == Output.objects.count() == 8


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.4", b"Text.\nWhen1 May 2020\n\x00", b"No listing at all.", b"When1 May 2020\nA"],
)
def test_a_bad_source_writes_nothing(portal: None, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    before = row_counts()
    with pytest.raises(SourceError):
        read_source(path, publish=True)
    assert row_counts() == before


def test_a_language_that_the_portal_lacks_is_refused(portal: None, listing: Path) -> None:
    with pytest.raises(IntakeError, match=r"no pages in “es”.*en, fr, nl, de"):
        read_source(listing, language="es")


@pytest.mark.django_db
def test_a_portal_without_lists_says_which_it_needs(listing: Path) -> None:
    make_site(languages=("fr",))
    with pytest.raises(IntakeError, match="no list page in “en” for development, event"):
        read_source(listing, publish=True)
    assert not ImportRun.objects.exists()


def test_problems_are_said_in_the_readers_language(portal: None, listing: Path) -> None:
    read_source(listing)
    item = ImportedItem.objects.get(inferred__type="news-item")
    assert [problem["code"] for problem in item.problems] == ["no-date", "no-theme", "no-keyword"]
    assert all(say(problem)["message"].endswith(".") for problem in item.problems)
