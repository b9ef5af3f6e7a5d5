"""Uploaded files: what is shown, what is only handed over, what is not there for anybody."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from editing import sign_in
from wagtail.models import Collection, CollectionViewRestriction

from contactpoint.kit.headers import FILE_POLICY
from contactpoint.media.models import Recording

FILM = (Path(__file__).parents[1] / "data/films/moving-bar.webm").read_bytes()
URL = "/media/media/film.webm"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(db: None, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    for name in (
        "images/a.png",
        "images/a.svg",
        "images/a.html",
        "media/film.mp4",
        "media/nobodys.webm",
        "media_thumbnails/still.png",
        "media_thumbnails/nobodys.png",
        "documents/secret.pdf",
        "original_images/a.png",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"0123456789")
    (tmp_path / "media/film.webm").write_bytes(FILM)
    (tmp_path.parent / "outside.png").write_bytes(b"outside")
    shared = {"type": "video", "duration": 2}
    Recording.objects.create(title="Not a film", file="media/film.mp4", **shared)
    Recording.objects.create(
        title="A film", file="media/film.webm", thumbnail="media_thumbnails/still.png", **shared
    )


@pytest.fixture
def closed() -> None:
    """The film stands in a collection for people who are signed in, as does all below it."""
    top = Collection.objects.get(depth=1).add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=top, restriction_type="login")
    Recording.objects.update(collection=top.add_child(name="Films"))


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_a_picture_is_shown_and_can_run_nothing(client: Client) -> None:
    answer = client.get("/media/images/a.png")
    assert body(answer) == b"0123456789"
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == "inline"
    assert answer["Content-Security-Policy"] == FILE_POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


@pytest.mark.parametrize("name", ["a.svg", "a.html"])
def test_what_could_run_is_handed_over_instead(client: Client, name: str) -> None:
    assert client.get(f"/media/images/{name}")["Content-Disposition"] == "attachment"


@pytest.mark.parametrize(
    "path",
    [
        "documents/secret.pdf",
        "original_images/a.png",
        "images/../documents/secret.pdf",
        "images/../../outside.png",
        "images/%2e%2e/documents/secret.pdf",
        "images//etc/passwd",
        "images",
        "images/",
        "images/missing.png",
        "media/nobodys.webm",
        "media_thumbnails/nobodys.png",
        "",
    ],
)
def test_nothing_else_is_there(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content", "said"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=5-99999", 206, b"56789", "bytes 5-9/10"),
        ("bytes=0-0", 206, b"0", "bytes 0-0/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
    ],
)
def test_a_player_may_ask_for_a_part(
    client: Client, asked: str, status: int, content: bytes, said: str
) -> None:
    answer = client.get("/media/media/film.mp4", headers={"range": asked})
    assert answer.status_code == status
    assert answer["Content-Range"] == said
    if status == 206:
        assert body(answer) == content
        assert answer["Content-Length"] == str(len(content))


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=a-b", "bytes=0-1;", "0-1"]
)
def test_another_way_of_asking_gives_the_whole(client: Client, asked: str) -> None:
    answer = client.get("/media/media/film.mp4", headers={"range": asked})
    assert (answer.status_code, body(answer)) == (200, b"0123456789")


def test_the_last_no_bytes_are_none(client: Client) -> None:
    assert client.get(URL, headers={"range": "bytes=-0"}).status_code == 416


def test_a_film_is_shown_as_what_it_is(client: Client) -> None:
    answer = client.get(URL)
    assert body(answer) == FILM
    assert answer["Content-Type"] == "video/webm"
    assert answer["Content-Disposition"] == "inline"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Accept-Ranges"] == "bytes"
    assert "max-age=3600" in answer["Cache-Control"]


def test_what_is_only_called_a_film_is_handed_over(client: Client) -> None:
    answer = client.get("/media/media/film.mp4")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("asked", ["", "bytes=0-3"])
def test_a_head_tells_the_size_and_reads_nothing(client: Client, asked: str) -> None:
    answer = client.head(URL, headers={"range": asked} if asked else {})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Length"] == str(len(FILM))
    assert answer["Content-Type"] == "video/webm"


def test_a_part_is_only_given_of_the_file_that_was_begun(client: Client) -> None:
    first = client.get(URL, headers={"range": "bytes=0-3"})
    for mark in (first["ETag"], first["Last-Modified"]):
        again = client.get(URL, headers={"range": "bytes=4-7", "if-range": mark})
        assert (again.status_code, body(again)) == (206, FILM[4:8])
    for other in ('"another"', f"W/{first['ETag']}", "Thu, 01 Jan 1970 00:00:00 GMT"):
        whole = client.get(URL, headers={"range": "bytes=4-7", "if-range": other})
        assert (whole.status_code, body(whole)) == (200, FILM)


def test_never_more_than_a_piece_is_in_memory(client: Client, tmp_path: Path) -> None:
    size = 1024 * 1024
    (tmp_path / "media/film.webm").write_bytes(FILM + bytes(size))
    for asked in ({}, {"range": f"bytes=1-{size}"}):
        answer = client.get(URL, headers=asked)
        pieces = [len(piece) for piece in answer.streaming_content]  # type: ignore[attr-defined]
        assert sum(pieces) == int(answer["Content-Length"])
        assert max(pieces) <= 64 * 1024


@pytest.mark.usefixtures("closed")
def test_a_film_in_a_closed_collection_is_not_there_in_any_way(client: Client) -> None:
    etag = {"if-none-match": "*"}
    for url in (URL, "/media/media_thumbnails/still.png"):
        for asked in ({}, {"range": "bytes=0-3"}, etag):
            assert client.get(url, headers=asked).status_code == 404
        assert client.head(url).status_code == 404


@pytest.mark.usefixtures("closed")
def test_who_may_see_the_collection_gets_a_closed_film_that_nobody_keeps(client: Client) -> None:
    sign_in(client)
    answer = client.get(URL)
    assert body(answer) == FILM
    assert answer["Cache-Control"] == "private, no-store"


def test_who_has_it_gets_no_copy(client: Client) -> None:
    answer = client.get("/media/images/a.png")
    for mark, name in (("if-modified-since", "Last-Modified"), ("if-none-match", "ETag")):
        assert client.get("/media/images/a.png", headers={mark: answer[name]}).status_code == 304


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/media/images/a.png").status_code == 405


def test_a_part_that_ends_before_it_begins_is_passed_over(client: Client) -> None:
    answer = client.get("/media/media/film.mp4", headers={"range": "bytes=4-2"})
    assert answer.status_code == 200
    assert "Content-Range" not in answer.headers
