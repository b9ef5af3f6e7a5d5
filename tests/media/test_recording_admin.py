"""An editor uploads a film and its captions; what is no film, or no captions, is refused."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from editing import sign_in
from people import person
from wagtail.models import Collection

from contactpoint.media.formats.recorded import kind_of
from contactpoint.media.models import Captions, Recording

FILM = (Path(__file__).parents[1] / "data/films/moving-bar.webm").read_bytes()
VTT = b"WEBVTT\n\nSTYLE\n::cue {}\n\n00:00.000 --> 00:01.000\n<b>Bonjour</b>.\n"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)


def upload(client: Client, url: str, **fields: Any) -> Any:
    collection = Collection.objects.get(depth=1).pk
    given = {"title": "Film", "collection": collection, "duration": "2", "language": "en"}
    return client.post(url, {**given, **fields})


def added(client: Client, **fields: Any) -> Any:
    fields.setdefault("file", SimpleUploadedFile("film.webm", FILM))
    return upload(client, reverse("wagtailmedia:add", args=["video"]), **fields)


def test_a_film_comes_with_captions_of_which_only_times_and_words_are_kept(client: Client) -> None:
    sign_in(client)
    assert added(client, captions_fr=SimpleUploadedFile("fr.vtt", VTT)).status_code == 302
    film = Recording.objects.get()
    (row,) = film.captions.all()
    assert (row.language, row.text) == (
        "fr", "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nBonjour.\n"
    )  # fmt: skip


def test_captions_are_replaced_and_taken_away(client: Client) -> None:
    sign_in(client)
    added(client, captions_fr=SimpleUploadedFile("fr.vtt", VTT))
    film = Recording.objects.get()
    url = reverse("wagtailmedia:edit", args=[film.pk])
    assert f"/media/captions/{film.pk}/fr.vtt" in client.get(url).content.decode()
    assert upload(client, url).status_code == 302
    assert film.captions.count() == 1
    other = SimpleUploadedFile("fr.vtt", VTT.replace(b"Bonjour", b"Salut"))
    upload(client, url, captions_fr=other)
    assert "Salut" in film.captions.get().text
    upload(client, url, **{"captions_fr-clear": "on"})
    assert not film.captions.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"1\n00:00:01,000 --> 00:00:02,000\nx\n", "first line must be WEBVTT"),
        (b"WEBVTT\n\n00:02.000 --> 00:01.000\nx\n", "Line 3 must say from when to when"),
        (b"WEBVTT\n" + b" " * 600_000, "larger than 512 kB"),
        (b"WEBVTT\n\xff", "not UTF-8"),
        (
            b"WEBVTT\n\n" + (b"00:01.000 --> 00:02.000\n" + b"&" * 600 + b"\n\n") * 300,
            "larger than 512 kB",
        ),
    ],
)
def test_what_is_no_captions_is_refused_with_the_reason(
    client: Client, data: bytes, said: str
) -> None:
    sign_in(client)
    answer = added(client, captions_nl=SimpleUploadedFile("nl.vtt", data))
    assert said in answer.content.decode()
    assert not Recording.objects.exists()
    assert not Captions.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("film.webm", b"<html><script>alert(1)</script>"),
        ("film.mp4", FILM),
        ("film.webm", b"\x1aE\xdf\xa3\x9fB\x82\x88matroska"),
        ("film.mp4", b"\x00\x00\x00\x20ftypavif"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    client: Client, name: str, data: bytes
) -> None:
    sign_in(client)
    answer = added(client, file=SimpleUploadedFile(name, data))
    said = answer.content.decode()
    assert "This file is not what its name says" in said
    assert "is not allowed" not in said, "one thing is wrong with it"
    assert not Recording.objects.exists()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (FILM[:64], "video/webm"),
        (b"\x1aE\xdf\xa3\x01" + 52 * b"\0" + b"\x42\x82\x01\0\0\0\0\0\0\x04webm", "video/webm"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", "video/mp4"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        (b"OggS\x00\x02", "audio/ogg"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (b"\xff\xd8\xff", ""),
        (b"RIFF", ""),
        (b"", ""),
    ],
)
def test_the_first_bytes_tell_what_it_is(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind


def test_who_may_not_change_recordings_changes_no_captions() -> None:
    film = Recording.objects.create(title="Film", type="video", file="media/f.webm", duration=2)
    url = reverse("wagtailmedia:edit", args=[film.pk])
    for client in (person("Translators")[1], Client()):
        upload(client, url, captions_fr=SimpleUploadedFile("fr.vtt", VTT))
        added(client, captions_fr=SimpleUploadedFile("fr.vtt", VTT))
        assert Recording.objects.count() == 1
        assert not Captions.objects.exists()
