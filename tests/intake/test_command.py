"""`contactpoint import` says in plain words what it did, what went wrong and what to do next."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from listings import TWIN

from contactpoint.intake.actions import read_source, reading
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.outputs.models import Output, Publication


def run(*arguments: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("import", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def test_it_shows_each_item_and_where_to_review_them(portal: None, listing: Path) -> None:
    text = run(listing)
    assert "publication  2021-03-17  return-and-readmission, asylum" in text
    assert "[asiel → asylum (nl); video's over planten → ?]" in text
    assert "{no-date, no-theme, no-keyword}" in text
    assert "3 items: 3 new, 0 changed, 0 unchanged; 1 with a date, 2 with a theme" in text
    number = ImportRun.objects.get().pk
    assert f"/admin/imports/{number}/" in text
    assert f"contactpoint import --undo {number}" in text
    assert "\x1b" not in text, "a log is no terminal"


def test_a_second_run_says_that_there_is_nothing_new(portal: None, listing: Path) -> None:
    run(listing)
    assert "Nothing new, nothing changed." in run(listing)


def test_a_dry_run_says_that_nothing_was_written(portal: None, listing: Path) -> None:
    assert "Nothing of the listing was written." in run(listing, "--dry-run")
    assert not ImportRun.objects.exists()


def test_a_language_may_be_given_in_capitals(portal: None, listing: Path) -> None:
    run(listing, "--language", "EN")
    assert ImportRun.objects.get().language == "en"


def test_publishing_says_how_many_pages_are_online(portal: None, listing: Path) -> None:
    assert "3 pages are online." in run(listing, "--publish")
    assert Output.objects.live().count() == 3


def test_publishing_says_what_waits_for_an_editor(portal: None, listing: Path) -> None:
    run(listing, "--publish")
    page = Publication.objects.get()
    page.save_revision()
    text = listing.read_text(encoding="utf-8").replace("When17 March", "When18 March")
    listing.write_text(text, encoding="utf-8")
    assert "1 change waits, because an editor has worked on its page." in run(listing, "--publish")


def test_the_report_is_written_whole_or_not_at_all(
    portal: None, listing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "report.json"
    target.parent.mkdir()
    run(listing, "--report", target, "--dry-run")
    report = json.loads(target.read_text(encoding="utf-8"))
    assert list(report) == ["summary", "items"]
    assert list(report["items"][0])[:10] == [
        "position",
        "type",
        "title",
        "teaser",
        "published_on",
        "themes",
        "keywords",
        "institutions",
        "countries",
        "problems",
    ]
    before = target.read_bytes()

    def fail(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(CommandError, match="No space left"):
        run(listing, "--report", target, "--dry-run")
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == ["report.json"]


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to a pipe"])
def test_a_report_never_replaces_what_is_no_regular_file(
    portal: None, listing: Path, tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "target"
    if kind == "folder":
        target.mkdir()
    elif kind == "pipe":
        os.mkfifo(target)
    else:
        os.mkfifo(tmp_path / "pipe")
        target.symlink_to(tmp_path / "pipe")
    before = target.lstat()
    with pytest.raises(CommandError, match="target is not a regular file") as caught:
        run(listing, "--report", target)
    assert "\n" not in str(caught.value)
    after = target.lstat()
    assert (after.st_mode, after.st_ino) == (before.st_mode, before.st_ino)
    assert not ImportedItem.objects.exists()


def test_a_report_of_one_item_counts_in_whole_numbers(
    portal: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, target = tmp_path / "one.txt", tmp_path / "one.json"
    path.write_text("Fedasil has opened a new place.\nMain theme: Asylum\n", encoding="utf-8")
    text = run(path, "--report", target, "--dry-run")
    counts = json.loads(target.read_text(encoding="utf-8"))["summary"]
    assert {type(count) for count in counts.values()} == {int}
    assert (counts["items"], counts["dated"], counts["themed"]) == (1, 0, 1)
    assert "1 item: 1 new" in text
    assert "1 items" not in text


def test_undoing_says_which_import_published_the_pages(portal: None, listing: Path) -> None:
    run(listing)
    run(listing, "--publish")
    first, second = ImportRun.objects.order_by("pk")
    assert first.status == second.status == ImportRun.Status.DONE
    text = run("--undo", first.pk)
    assert f"3 of its items are online through import {second.pk}" in text
    assert f"contactpoint import --undo {second.pk}" in text
    first.refresh_from_db()
    assert first.status == ImportRun.Status.DONE
    assert Output.objects.live().count() == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.txt"], "There is no file nowhere.txt"),
        ([], "Give the file to import"),
        (["--undo", "99999"], "There is no import 99999"),
        ([TWIN, "--language", "es"], "no pages in “es”"),
        ([TWIN, "--format", "csv"], "no column is called title or text"),
        ([TWIN, "--format", "feed"], "this is no feed"),
        ([TWIN, "--mapping", "nowhere.toml"], "There is no mapping nowhere.toml"),
        ([TWIN, "--report", "/nowhere/at/all.json"], "There is no folder /nowhere/at"),
    ],
)
def test_an_error_is_one_sentence(portal: None, arguments: list[Any], message: str) -> None:
    with pytest.raises(CommandError, match=message) as caught:
        run(*arguments)
    assert "\n" not in str(caught.value)
    assert caught.value.returncode == 1
    assert not ImportedItem.objects.exists()


def test_imports_are_listed_and_undone_by_number(portal: None, listing: Path) -> None:
    assert "Nothing has been imported yet." in run("--list")
    run(listing, "--publish")
    number = ImportRun.objects.get().pk
    page = Publication.objects.get()
    page.save_revision()
    assert f"{number}" in run("--list")
    assert "listing.txt" in run("--list")
    text = run("--undo", number)
    assert f"Import {number} is undone: 2 pages were removed." in text
    assert "Left, because an editor has changed or translated it since: The EMN published" in text


def test_ctrl_c_says_what_is_kept(
    portal: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading, "BATCH", 5)
    calls = []
    infer = reading._Reader.infer

    def stopped(self: Any, batch: Any) -> Any:
        calls.append(batch)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return infer(self, batch)

    monkeypatch.setattr(reading._Reader, "infer", stopped)
    with pytest.raises(SystemExit) as caught:
        run(TWIN)
    assert caught.value.code == 130
    assert "Stopped after 10 items, which are kept." in capsys.readouterr().err
    assert ImportedItem.objects.count() == 10
    monkeypatch.undo()
    assert read_source(TWIN).summary["new"] == 15


def test_a_long_listing_is_cut_in_the_table_and_counted(portal: None, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(
        "".join(f"Item {number} is news.\nWhen1 May 2020\n" for number in range(230)),
        encoding="utf-8",
    )
    text = run(path, "--dry-run")
    assert "… and 30 more; --report FILE.json gives all." in text
    assert "230 items: 230 new" in text
