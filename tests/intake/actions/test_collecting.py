"""What comes from crawls, feeds and tables becomes pages by the one pipeline, files included."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from saved_sources import COLLECTING, crawl, png

from contactpoint.desk.reading import read_some
from contactpoint.intake import handlers
from contactpoint.intake.actions import accept_all, read_source, undo
from contactpoint.intake.kept import FOLDER
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.intake.pages import Shelves
from contactpoint.media.models import CustomDocument, CustomImage
from contactpoint.outputs.batch import create_pages
from contactpoint.outputs.models import NewsItem, Output, Publication

Status = ImportedItem.Status


@pytest.fixture
def site(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return crawl(tmp_path)


def states(path: Path, **options: Any) -> tuple[int, int, int]:
    summary = read_source(path, **options).summary
    return summary["new"], summary["changed"], summary["unchanged"]


def kept() -> list[str]:
    return default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []


def test_a_crawl_is_read_once_and_goes_online_with_its_files(portal: None, site: Path) -> None:
    assert states(site) == (3, 0, 0)
    assert states(site) == (0, 0, 3)
    assert not CustomImage.objects.exists()
    assert accept_all(ImportRun.objects.get()) == 3
    page = NewsItem.objects.get(title="Two hundred new reception places")
    assert page.source_url == "https://old.example.org/news/new-reception-places"
    assert str(page.published_on) == "2023-03-14"
    assert page.theme_links.get().theme.slug == "reception"
    kinds = [block.block_type for block in page.body]
    assert kinds == ["picture", "heading", "paragraph", "quote", "paragraph"]
    picture = CustomImage.objects.get()
    assert picture.description == "A brick house with a green door"
    assert page.body[0].value["picture"].pk == picture.pk
    assert page.body[0].value["picture"].contextual_alt_text == picture.description
    plan = page.files.get().document
    assert (plan.title, plan.language) == ("plan of the houses", "en")
    assert f'<a linktype="document" id="{plan.pk}">plan of the houses</a>' in str(
        page.body[2].value.source
    )
    assert Publication.objects.get().files.get().document.title == "Full study"


def test_a_dry_run_keeps_no_file(portal: None, site: Path) -> None:
    assert states(site, dry_run=True) == (3, 0, 0)
    assert kept() == []
    assert not ImportedItem.objects.exists()


def test_a_file_that_waits_is_served_to_nobody(portal: None, site: Path, client: Client) -> None:
    read_source(site)
    (name, *_others) = kept()
    for address in (f"/media/{FOLDER}/{name}", f"/media/images/../{FOLDER}/{name}"):
        assert client.get(address, follow=True).status_code == 404


def test_a_file_that_many_items_have_is_kept_and_made_once(portal: None, site: Path) -> None:
    (site / "news" / "second.html").write_text(
        "<html lang=en><h1>A second text about the houses</h1><article><p>See "
        "<a href='/copy.pdf'>the same plan</a>.</p><img src='/copy.png' alt='The house'></article>",
        encoding="utf-8",
    )
    files = site / "sites" / "default" / "files"
    (site / "copy.pdf").write_bytes((files / "plan.pdf").read_bytes())
    (site / "copy.png").write_bytes((files / "house.png").read_bytes())
    read_source(site, publish=True)
    assert len(kept()) == 3
    assert CustomDocument.objects.count() == 2
    assert CustomImage.objects.count() == 1


def test_a_file_that_changes_at_the_source_changes_its_item(portal: None, site: Path) -> None:
    read_source(site)
    (site / "sites" / "default" / "files" / "house.png").write_bytes(png(30))
    assert states(site) == (0, 1, 2)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("house.png", b"<svg onload='alert(1)'/>"),
        ("house.png", b"\x89PNG\r\n\x1a\n and no more"),
        ("plan.pdf", b"<!DOCTYPE html><title>404</title>"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_left_out(
    portal: None, site: Path, name: str, content: bytes
) -> None:
    (site / "sites" / "default" / "files" / name).write_bytes(content)
    read_source(site, publish=True)
    item = ImportedItem.objects.get(inferred__title="Two hundred new reception places")
    assert "refused-file" in {problem["code"] for problem in item.problems}
    assert len(item.inferred["files"]) == 1
    page = NewsItem.objects.get(title=item.inferred["title"])
    assert name not in json.dumps(page.body.get_prep_value())


def test_undoing_takes_the_files_away_that_nothing_else_uses(portal: None, site: Path) -> None:
    run = read_source(site, publish=True).run
    assert run is not None
    shelf = Shelves.load("en").lists["news-item"]
    other = NewsItem(title="Ours", body=json.dumps([
        {"type": "picture", "value": {"picture": {"image": CustomImage.objects.get().pk,
         "alt_text": "House", "decorative": False}, "caption": ""}}]))  # fmt: skip
    create_pages(shelf, [other])
    undo(run)
    assert CustomImage.objects.count() == 1
    assert not CustomDocument.objects.exists()
    assert [page.title for page in Output.objects.all()] == ["Ours"]


def test_files_are_forgotten_when_no_item_waits_for_them(
    portal: None, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = read_source(site).run
    assert run is not None
    monkeypatch.setattr("contactpoint.intake.kept._LATELY", datetime.timedelta(hours=-1))
    assert handlers.forget_files() == 0
    accept_all(run)
    assert handlers.forget_files() == 3
    assert kept() == []
    assert CustomDocument.objects.first() is not None


@pytest.mark.parametrize("is_read", [True, False])
def test_what_is_there_already_is_told_by_address_title_or_text(
    portal: None, tmp_path: Path, is_read: bool
) -> None:
    shelf = Shelves.load("en").lists["news-item"]
    create_pages(
        shelf,
        [
            NewsItem(title="Something else", source_url="https://www.partner.example/guardians/"),
            NewsItem(title="An open day at the help desk for all"),
            NewsItem(title="Short", teaser="The list of those who wait for a bed has grown again."),
        ],
    )
    while is_read and read_some():
        pass
    path = tmp_path / "feed.json"
    entries = [
        {"id": "1", "title": "Guardians wanted", "url": "http://partner.example/guardians?utm_x=1"},
        {"id": "2", "title": "An open day at the help desk, for all!"},
        {"id": "3", "title": "Beds", "content_text":
         "The list of those who wait for a bed has grown again. More."},
        {"id": "4", "title": "A new text that nobody has seen before"},
        {"id": "5", "title": "An open day at the help desk for all 2025"},
    ]  # fmt: skip
    path.write_text(json.dumps({"version": "https://jsonfeed.org/version/1", "items": entries}))
    run = read_source(path, publish=True).run
    assert run is not None
    found = {
        item.position: [
            (one["code"], one["detail"]["title"])
            for one in item.problems
            if one["code"].startswith("duplicate")
        ]
        for item in run.items.all()
    }
    assert found == {
        1: [("duplicate-address", "Something else")],
        2: [("duplicate-title", "An open day at the help desk for all")],
        3: [("duplicate-text", "Short")],
        4: [],
        5: [],
    }
    waiting = set(run.items.filter(status=Status.PENDING).values_list("position", flat=True))
    assert waiting == {1, 2, 3}, "what may be there already is published by nobody but an editor"


def test_finding_duplicates_asks_as_often_for_many_as_for_few(
    portal: None, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    path = tmp_path / "table.csv"
    rows = [f"Title number {number},Text {number}" for number in range(150)]
    path.write_text("\n".join(["title,text", *rows]), encoding="utf-8")
    with django_assert_max_num_queries(40):
        read_source(path)


def test_items_named_by_their_source_are_never_taken_for_each_other(
    portal: None, tmp_path: Path
) -> None:
    path = tmp_path / "feed.json"

    def write(number: int) -> None:
        text = "The bulletin tells what is new in asylum and migration. " + "More. " * 30
        entry = {"id": str(number), "title": f"Bulletin {number}", "content_text": text}
        whole = {"version": "https://jsonfeed.org/version/1", "items": [entry]}
        path.write_text(json.dumps(whole), encoding="utf-8")

    write(12)
    assert states(path) == (1, 0, 0)
    write(13)
    assert states(path) == (1, 0, 0)
    assert ImportedItem.objects.count() == 2


@pytest.mark.parametrize("name", ["table.csv", "feed.rss"])
def test_what_a_source_names_twice_is_published_once(
    portal: None, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    address, title = "https://old.example/beds", "Beds for all"
    if name == "table.csv":
        rows = [f"{address},{title},2025-10-0{day}" for day in (1, 2)]
        path.write_text("\n".join(["address,title,date", *rows]), encoding="utf-8")
    else:
        entries = "".join(
            f"<item><title>{title}</title><guid isPermaLink='false'>7</guid>"
            f"<pubDate>{day} Oct 2025 10:00:00 GMT</pubDate></item>"
            for day in (1, 2)
        )
        channel = f"<channel><title>News</title>{entries}</channel>"
        path.write_text(f"<rss version='2.0'>{channel}</rss>", encoding="utf-8")
    run = read_source(path, publish=True).run
    assert run is not None
    assert [str(page.published_on) for page in Output.objects.all()] == ["2025-10-01"]
    waiting = run.items.get(status=Status.PENDING)
    assert [one["code"] for one in waiting.problems if "duplicate" in one["code"]] == [
        "duplicate-name"
    ]
    assert states(path, publish=True) == (0, 0, 2)
    assert Output.objects.count() == 1


def test_an_export_of_drupal_becomes_an_event_on_its_day(portal: None) -> None:
    read_source(COLLECTING / "jsonapi.json", publish=True)
    page = Output.objects.get().specific
    assert page.kind == "event"
    assert str(page.starts_at.astimezone().date()) == "2022-02-17"
    keyword = page.classifications.get(keyword="regroupement familial")
    assert keyword.concept is not None
    assert keyword.concept.slug == "family-reunification"
