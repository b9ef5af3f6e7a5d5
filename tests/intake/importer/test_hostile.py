"""Sources that were made to do harm are refused, quickly and before anything is written."""

import json
import time
import zipfile
from pathlib import Path

import pytest

from contactpoint.intake.crawl import crawl_of
from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer import importer_for
from contactpoint.intake.markup import blocks, rich, safe_link

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">'
    '<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    "<rss version='2.0'><channel><item><title>&b;&x;</title></item></channel></rss>"
)


def read(path: Path, format: str) -> None:
    importer = importer_for(path, format=format)
    importer.check()
    assert list(importer.items())


def refused(path: Path, format: str = "auto") -> str:
    with pytest.raises(SourceError) as caught:
        read(path, format)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_with_entities_of_its_own_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(BOMB.encode(encoding))
    assert "defines entities" in refused(path, "feed")


def test_a_feed_of_nothing_but_openings_takes_no_time_by_the_square(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(b"<!DOCTYPE " * 100_000)
    start = time.process_time()
    assert "no feed" in refused(path, "feed")
    assert time.process_time() - start < 10, "by the square it takes minutes"


def test_a_workbook_with_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", BOMB)
        archive.writestr("xl/workbook.xml", BOMB)
    assert "no Excel table" in refused(path)


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.xlsx"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", b"\0" * 30 * 1024**2)
    assert path.stat().st_size < 100_000
    assert "unpacks to far more" in refused(path)


def test_a_part_that_lies_about_its_size_is_read_no_further(tmp_path: Path) -> None:
    path = tmp_path / "crawl.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.html", b"x" * (6 * 1024**2))
    with pytest.raises(SourceError, match="larger than 5 MB"):
        crawl_of(path).read("a.html")


def test_nothing_outside_a_crawl_is_reached(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"%PDF")
    site = tmp_path / "site"
    site.mkdir()
    (site / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    (site / "folder").symlink_to(tmp_path)
    (site / "page.html").write_text("x", encoding="utf-8")
    found = crawl_of(site)
    assert found.names == {"page.html"}
    for link in ("../secret.pdf", "/../secret.pdf", "%2e%2e/secret.pdf", "file:///etc/passwd"):
        assert found.find(link, "page.html", "https://old.example.org") == ""
    path = tmp_path / "crawl.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../up.html", "/root.html", "a/../../b.html", "c\\d.html", "page.html"):
            archive.writestr(name, "x")
        link = zipfile.ZipInfo("link.html")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert crawl_of(path).names == {"page.html"}


def test_a_damaged_zip_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "crawl.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    assert "no zip" in refused(path, "html")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_that_is_nested_to_slow_its_reader_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "deep.html"
    path.write_bytes(("<html lang=en>" + "<div>" * 100_000).encode(encoding))
    assert "nested deeper" in refused(path)
    feed = tmp_path / "feed.json"
    feed.write_text(
        json.dumps({"version": "https://jsonfeed.org/version/1", "items": [
            {"id": "1", "content_html": "<b>" * 100_000}]}),
        encoding="utf-8",
    )  # fmt: skip
    assert "nested deeper" in refused(feed, "feed")


def test_json_that_is_nested_or_broken_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[" * 200_000, encoding="utf-8")
    assert "this is no JSON" in refused(path, "json")


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<p style='background:url(javascript:alert(1))'>a</p>",
        "<a href='java&#10;script:alert(1)'>a</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
        "<a href='kept:secret'>a</a>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror="
        "alert(1)&gt;'>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_nothing_that_runs_or_leads_astray_reaches_a_text(html: str) -> None:
    kept = "".join(
        rich(block["value"]) for block in blocks(html) if block["type"] == "paragraph"
    ).lower()
    assert "<script" not in kept
    assert "<img" not in kept
    assert "href" not in kept
    assert "style=" not in kept
    assert "onerror" not in kept.replace("&lt;img src=x onerror", "").replace(
        "&lt;img src=1 onerror", ""
    )


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "//", "http://user:pass@host/", "ftp://host/", "http://[", " "]
)
def test_only_addresses_of_the_web_are_links(link: str) -> None:
    assert safe_link(link) == ""
