"""The computer speaks by a job when a text is published, where and as long as it is wanted."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import guided
import heard
import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from contactpoint.config import environment
from contactpoint.guidance.heard import keeping, programs
from contactpoint.guidance.heard.keeping import Kind, speak
from contactpoint.guidance.heard.sounding import Sounded
from contactpoint.guidance.models import GuideText, Place, Recording


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was given to be spoken, without a program."""
    given: list[tuple[str, str]] = []

    def speaks(text: str, language: str) -> Sounded:
        given.append((language, text))
        return heard.sound(str(len(given)), "computer")

    monkeypatch.setattr(keeping, "spoken_by_computer", speaks)
    monkeypatch.setattr(programs, "missing", list)
    return given


def publish(text: GuideText) -> None:
    text.save_revision().publish()


def files(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


@pytest.mark.django_db(transaction=True)
def test_publishing_makes_what_is_new_and_forgets_what_is_old(
    guides: None, voice: Any, spoken: list[tuple[str, str]]
) -> None:
    text = guided.text("interview", "ar")
    publish(text)
    blocks = len(heard.said(text))
    assert len(spoken) == blocks
    assert {language for language, _text in spoken} == {"ar"}
    old = Recording.objects.get(language="ar", block="about")
    text.body[1]["text"] = "تروي قصة أخرى."
    publish(text)
    assert spoken[blocks:] == [("ar", "تروي قصة أخرى.")]
    assert Recording.objects.filter(pk=old.pk).exists()  # the history has its words: so may paper
    text.revisions.exclude(pk=text.latest_revision_id).delete()
    publish(text)
    assert not Recording.objects.filter(pk=old.pk).exists()
    assert not old.mp3.storage.exists(str(old.mp3.name))
    assert files(Path(voice.MEDIA_ROOT)) == 2 * blocks
    text.unpublish()
    assert files(Path(voice.MEDIA_ROOT)) == 0


@pytest.mark.django_db(transaction=True)
def test_a_draft_and_a_language_that_is_off_are_not_spoken(
    guides: None, voice: Any, spoken: list[tuple[str, str]]
) -> None:
    guided.text("interview").save_revision()
    publish(guided.text("health", "fr"))
    assert not spoken


def test_a_person_is_not_spoken_over(
    guides: None, voice: Any, spoken: list[tuple[str, str]]
) -> None:
    text = guided.text("interview")
    heard.record(text)
    assert speak(text.guide_id, "en") == (0, 0)
    text.body[0]["text"] = "Other words."
    text.save()
    assert speak(text.guide_id, "en") == (1, 0)
    assert spoken == [("en", "Other words.")]
    kept = Recording.objects.filter(block="about").values_list("kind", flat=True)
    assert sorted(kept) == [Kind.COMPUTER, Kind.HUMAN]


@pytest.mark.django_db(transaction=True)
def test_another_number_of_a_place_is_said_anew(
    guides: None, voice: Any, spoken: list[tuple[str, str]]
) -> None:
    text = guided.text("interview")
    speak(text.guide_id, "en")
    spoken.clear()
    place = Place.objects.get(code="legal")
    place.phone = "+33 1 99 00 00 99"
    place.save()
    assert any(said.endswith("Call +33 1 99 00 00 99.") for _language, said in spoken)


def test_a_block_that_can_not_be_spoken_stops_no_other(
    guides: None, voice: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def speaks(text: str, language: str) -> Sounded:
        if "Come on time" in text:
            raise programs.RefusedError("it ended with 1")
        return heard.sound("x", "computer")

    monkeypatch.setattr(keeping, "spoken_by_computer", speaks)
    text = guided.text("interview")
    made, _forgotten = speak(text.guide_id, "en")
    assert made == len(heard.said(text)) - 1
    assert "do-list" in caplog.text


def test_a_missing_program_is_a_warning_and_pages_are_whole(
    guides: None, voice: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(programs, "missing", lambda: ["espeak-ng"])
    told = [one for one in run_checks() if one.id == "guidance.W001"]
    assert "apt-get install espeak-ng" in told[0].msg
    from contactpoint.guidance.heard.jobs import speak_text  # noqa: PLC0415 — as the worker does

    speak_text.func(guided.text("interview").guide_id, "en")
    assert caplog.messages == [told[0].msg]
    assert not Recording.objects.exists()
    with pytest.raises(CommandError, match="apt-get install espeak-ng"):
        call_command("voice", "speak")
    voice.GUIDANCE_COMPUTER_VOICE = ()
    assert not [one for one in run_checks() if one.id == "guidance.W001"]


def test_the_command_makes_what_is_lacking_and_counts(
    guides: None, voice: Any, spoken: list[tuple[str, str]]
) -> None:
    out = StringIO()
    call_command("voice", "speak", "--language", "ar", stdout=out)
    assert f"ar interview: {len(spoken)}" in out.getvalue()
    out = StringIO()
    call_command("voice", "status", "--json", stdout=out)
    assert json.loads(out.getvalue())["ar"]["computer"] == 1
    out = StringIO()
    call_command("voice", "status", stdout=out)
    assert "ar            0         1         0     0  on" in out.getvalue()
    with pytest.raises(CommandError, match="off for 'fr'"):
        call_command("voice", "speak", "--language", "fr")


def test_a_language_without_a_voice_can_not_be_switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTACTPOINT_GUIDANCE_COMPUTER_VOICE", "ar, fa")
    assert environment.load().guidance_computer_voice == ("ar", "fa")
    monkeypatch.setenv("CONTACTPOINT_GUIDANCE_COMPUTER_VOICE", "ar,ti")
    with pytest.raises(ValueError, match=r"'ti', for which the computer has no voice"):
        environment.load()
