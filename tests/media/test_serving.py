"""Uploaded files: what is shown, what is only handed over, what is not there for anybody."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from contactpoint.kit.headers import FILE_POLICY


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    for name in (
        "images/a.png",
        "images/a.svg",
        "images/a.html",
        "media/film.mp4",
        "documents/secret.pdf",
        "original_images/a.png",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"0123456789")
    (tmp_path.parent / "outside.png").write_bytes(b"outside")


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


@pytest.mark.django_db
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
        ("bytes=4-2", 416, b"", "bytes */10"),
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


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=a-b"])
def test_another_way_of_asking_gives_the_whole(client: Client, asked: str) -> None:
    answer = client.get("/media/media/film.mp4", headers={"range": asked})
    assert (answer.status_code, body(answer)) == (200, b"0123456789")


def test_who_has_it_gets_no_copy(client: Client) -> None:
    changed = client.get("/media/images/a.png")["Last-Modified"]
    answer = client.get("/media/images/a.png", headers={"if-modified-since": changed})
    assert answer.status_code == 304


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/media/images/a.png").status_code == 405
