"""Editors record and upload; what is no sound is refused, and nobody without the right gets in."""

from pathlib import Path
from typing import Any

import guided
import heard
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from people import person

from contactpoint.guidance.heard import sounding
from contactpoint.guidance.heard.sounding import NoSoundError, Sounded
from contactpoint.guidance.models import GuideText, Recording

URL = "/admin/guidance/sound/"
MP3 = b"\xff\xfb\x90\x00" + b"\0" * 400


@pytest.fixture
def editor(guides: None) -> Client:
    return person("Editors")[1]


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Kinds of the files that were decoded, without a program."""
    kinds: list[str] = []

    def taken(file: Any, kind: str) -> Sounded:
        kinds.append(kind)
        if not kind:
            raise NoSoundError("kind")
        return heard.sound("upload")

    monkeypatch.setattr(sounding, "taken", taken)
    return kinds


def send(client: Client, text: GuideText, data: bytes, **changed: Any) -> Any:
    said = heard.said(text)["about"]
    fields = {"block": "about", "digest": said.digest, "file": SimpleUploadedFile("x.mp3", data)}
    return client.post(f"{URL}{text.pk}/", fields | changed)


def test_an_upload_is_heard_at_once(editor: Client, client: Client, decoded: list[str]) -> None:
    text = guided.text("interview", "ar")
    assert send(editor, text, MP3).status_code == 302
    assert decoded == ["audio/mpeg"]
    one = Recording.objects.get()
    assert (one.language, one.block, one.kind) == ("ar", "about", "human")
    assert one.made_by is not None
    page = client.get("/ar/guidance/procedure/interview/").content.decode()
    assert f"/ar/guidance/voice/interview/about-{one.digest}.mp3" in page
    shown = editor.get(f"{URL}{text.pk}/")
    assert "تروي قصتك." in shown.content.decode()
    assert "microphone=(self)" in shown["Permissions-Policy"]
    assert "camera=()" in shown["Permissions-Policy"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"RIFF\0\0\0\0WAVEfmt " + b"\0" * 99, "audio/wav"),
        (b"OggS" + b"\0" * 99, "audio/ogg"),
        (b"\x1aE\xdf\xa3\x9fB\x82\x84webm" + b"\0" * 99, "video/webm"),
    ],
)
def test_the_first_bytes_say_what_it_is(
    editor: Client, decoded: list[str], data: bytes, kind: str
) -> None:
    assert send(editor, guided.text("interview"), data).status_code == 302
    assert decoded == [kind]


def test_what_is_no_sound_is_refused_with_the_mend(editor: Client, decoded: list[str]) -> None:
    text = guided.text("interview")
    for data in (b"<html><script>alert(1)</script>", b"MZ\x90\x00", b"#EXTM3U\nhttp://a.example/"):
        answer = send(editor, text, data)
        assert answer.status_code == 422
        assert "Save it as MP3" in answer.content.decode()
    assert "No file was sent" in send(editor, text, b"", file="").content.decode()
    assert not Recording.objects.exists()


def test_what_is_too_large_is_not_even_decoded(
    editor: Client, decoded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contactpoint.guidance.heard.admin_views.LARGEST", 100)
    assert send(editor, guided.text("interview"), MP3).status_code == 422
    assert not decoded


def test_words_that_changed_meanwhile_are_not_given_that_sound(
    editor: Client, decoded: list[str]
) -> None:
    text = guided.text("interview")
    answer = send(editor, text, MP3, digest="0123456789abcdef")
    assert answer.status_code == 422
    assert "changed meanwhile" in answer.content.decode()
    assert send(editor, text, MP3, block="nowhere").status_code == 422
    assert not Recording.objects.exists()


def test_what_is_out_of_date_stands_first_until_it_is_recorded_anew(
    editor: Client, decoded: list[str], settings: Any
) -> None:
    health = guided.text("health")
    heard.record(health)
    health.body[0]["text"] = "Other words."
    health.save()
    listed = editor.get(URL).content.decode()
    assert listed.index("<strong>Out of date</strong>") < listed.index("No sound, or not")
    assert editor.get(f"{URL}?language=ar").content.decode().count("<strong>Out of date") == 0
    block = health.body[0]["id"]
    page = editor.get(f"{URL}{health.pk}/").content.decode()
    assert page.count("Readers do not hear them.") == 1
    said = heard.said(health)[block]
    assert send(editor, health, MP3, block=block, digest=said.digest).status_code == 302
    assert "Out of date" not in editor.get(URL).content.decode()
    assert Recording.objects.filter(block=block).count() == 1
    files = list(Path(settings.MEDIA_ROOT).rglob("*.mp3"))
    assert len(files) == Recording.objects.count() + 1  # the old one goes when that is certain


def test_a_recording_can_be_taken_back(editor: Client, client: Client) -> None:
    text = guided.text("interview")
    heard.record(text, "about")
    assert editor.post(f"{URL}{text.pk}/remove/", {"block": "about"}).status_code == 302
    assert not Recording.objects.exists()
    assert editor.get(f"{URL}{text.pk}/remove/").status_code == 405


@pytest.mark.parametrize("role", ["Contributors", "Glossary editors"])
def test_whoever_may_not_publish_may_not_record(guides: None, role: str) -> None:
    browser = person(role)[1]
    text = guided.text("interview")
    heard.record(text, "about")
    for answer in (
        browser.get(URL),
        browser.get(f"{URL}{text.pk}/"),
        send(browser, text, MP3),
        browser.post(f"{URL}{text.pk}/remove/", {"block": "about"}),
    ):
        assert answer.status_code in {302, 403}
        assert answer.get("Location", "/admin/") == "/admin/"
    assert Recording.objects.count() == 1
    assert "guidance/sound" not in browser.get("/admin/").content.decode()
