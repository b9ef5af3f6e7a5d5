"""Readers hear the words that stand on the page, and none other."""

from io import BytesIO
from zipfile import ZipFile

import guided
import heard
import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as Page

from contactpoint.guidance.heard.keeping import Kind
from contactpoint.guidance.models import Recording

INTERVIEW = "/en/guidance/procedure/interview/"


def page(client: Client, path: str = INTERVIEW) -> Page:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return Page(answer.content.decode())


def body(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def sounds(shown: Page) -> dict[str, str]:
    """Addresses of the MP3 by block, as they are without script."""
    links = [str(link.attributes["href"]) for link in shown.css("a[data-sound]")]
    return {link.split("/")[-1].rpartition("-")[0]: link for link in links}


def test_without_a_recording_there_is_no_button(client: Client, guides: None) -> None:
    shown = page(client)
    assert not shown.css("guidance-listen, audio, [data-sound]")
    assert "listen.js" not in str(shown.html)


def test_each_block_has_its_sound_and_nothing_is_fetched_before_it_is_asked_for(
    client: Client, guides: None
) -> None:
    recordings = heard.record(guided.text("interview"))
    shown = page(client)
    links = sounds(shown)
    assert len(links) == len(recordings) > 8
    assert [audio.attributes["preload"] for audio in shown.css("audio")] == ["none"]
    assert "A person speaks." in shown.css_first("guidance-listen").text()
    about = shown.css_first("#about a[data-sound]")
    assert about.text().split() == ["Listen", "1", "kB"]
    assert body(client, links["about"]) == b"[mp3 human about]"
    assert body(client, str(about.attributes["data-sound"])) == b"[opus human about]"


def test_a_changed_sentence_mutes_its_sound_and_no_other(client: Client, guides: None) -> None:
    text = guided.text("interview")
    heard.record(text)
    before = sounds(page(client))
    text.body[0]["text"] = "You tell another story."
    text.save()
    shown = page(client)
    assert before.keys() - sounds(shown).keys() == {"about"}
    assert "The text has changed." in shown.css_first("#about").text()
    assert client.get(before["about"]).status_code == 404
    assert client.get(before["happens"]).status_code == 200
    assert b"about" not in body(client, "/en/guidance/voice/interview.mp3")
    text.body[0]["text"] = "You tell your story."
    text.save()
    assert sounds(page(client)) == before


def test_words_around_a_block_are_its_words_too(guides: None) -> None:
    said = heard.said(guided.text("interview"))
    assert said["happens"].lines[0] == "What happens?"
    assert said["more"].lines[0] == "All is written down."
    assert "Call" in said["whom"].lines[-1]
    assert said["_head"].lines == ("The personal interview", "Who asks you questions.")


def test_a_computer_is_always_said_to_be_one(client: Client, guides: None, voice: None) -> None:
    text = guided.text("interview")
    heard.record(text, kind=Kind.COMPUTER)
    said = "A computer speaks. It can say words wrongly."
    shown = page(client)
    assert said in shown.css_first("guidance-listen").text()
    # Once, at the head: under every block it would be all that is heard of the page.
    assert shown.css_first("main").text().count(said) == 1
    heard.record(text, "about")
    shown = page(client)
    assert "A person speaks." in shown.css_first("#about").text()
    assert said in shown.css_first("#happens").text()
    assert body(client, sounds(shown)["about"]) == b"[mp3 human about]"


def test_a_voice_that_is_switched_off_is_not_heard(
    client: Client, guides: None, voice: pytest.MonkeyPatch, settings: object
) -> None:
    heard.record(guided.text("interview"), kind=Kind.COMPUTER)
    link = sounds(page(client))["about"]
    settings.GUIDANCE_COMPUTER_VOICE = ("ar",)  # type: ignore[attr-defined]
    assert not page(client).css("[data-sound]")
    assert client.get(link).status_code == 404
    assert client.get("/en/guidance/voice/interview.mp3").status_code == 404


def test_whoever_said_who_they_are_hears_what_is_for_them(client: Client, guides: None) -> None:
    text = guided.text("interview")
    heard.record(text)
    some = next(one for one in heard.said(text).values() if one.variants)
    other = next(each for each in ("alone", "minor", "protected") if each not in some.variants)
    name = f"human {some.block}]".encode()
    assert name in body(client, "/en/guidance/voice/interview.mp3")
    assert name not in body(client, f"/en/guidance/voice/interview.mp3?as={other}")
    shown = page(client, f"{INTERVIEW}?as={other}")
    source = str(shown.css_first("audio").attributes["src"])
    assert source == f"/en/guidance/voice/interview.mp3?as={other}"


def test_the_sound_of_a_page_is_its_blocks_in_a_row_and_its_captions_follow(
    client: Client, guides: None
) -> None:
    text = guided.text("interview", "ar")
    heard.record(text)
    rows = Recording.objects.filter(language="ar")
    rows.update(mp3_size=4000)
    assert body(client, "/ar/guidance/voice/interview.mp3").startswith(
        b"[mp3 human _head][mp3 human about]"
    )
    captions = body(client, "/ar/guidance/voice/interview.vtt").decode()
    blocks = captions.split("\n\n")
    assert blocks[0] == "WEBVTT"
    assert blocks[1].startswith("_head\n00:00:00.000 --> 00:00:01.000\nالمقابلة الشخصية\n")
    assert blocks[2].startswith("about\n00:00:01.000 --> 00:00:02.000\nتروي قصتك.")


def test_a_language_can_be_taken_along(client: Client, guides: None) -> None:
    heard.record(guided.text("interview"))
    heard.record(guided.text("health"))
    shown = page(client, "/en/guidance/voice/")
    assert [str(one.attributes["src"]) for one in shown.css("audio")] == [
        "/en/guidance/voice/interview.mp3",
        "/en/guidance/voice/health.mp3",
    ]
    assert "Save the sound of all pages (1 kB)" in shown.body.text()  # type: ignore[union-attr]
    packed = ZipFile(BytesIO(body(client, "/en/guidance/voice/all.zip")))
    assert packed.testzip() is None
    assert packed.namelist()[:2] == ["01-interview.mp3", "01-interview.vtt"]
    assert packed.read("guidance.m3u8").decode().startswith("#EXTM3U\n#EXTINF:")
    assert (
        "There is no sound in this language yet."
        in client.get("/fr/guidance/voice/", headers={"accept-language": "en"}).content.decode()
        or client.get("/fr/guidance/voice/all.zip").status_code == 404
    )


def test_a_player_may_ask_for_a_part(client: Client, guides: None) -> None:
    heard.record(guided.text("interview"), "about")
    link = sounds(page(client))["about"]
    whole = client.get(link)
    part = client.get(link, headers={"range": "bytes=1-3"})
    assert (part.status_code, part.content) == (206, b"mp3")
    assert part["Content-Range"] == f"bytes 1-3/{len(whole.content)}"
    assert client.get(link, headers={"range": "bytes=900-"}).status_code == 416
    assert client.get(link, headers={"if-none-match": whole["ETag"]}).status_code == 304


def test_listening_leaves_nothing(client: Client, guides: None) -> None:
    heard.record(guided.text("interview"))
    links = [*sounds(page(client)).values(), "/en/guidance/voice/interview.mp3"]
    for path in (*links, "/en/guidance/voice/", "/en/guidance/voice/all.zip"):
        answer = client.get(path)
        assert not answer.cookies, path
        assert "Cookie" not in answer.get("Vary", ""), path
        assert answer["Referrer-Policy"] == "no-referrer", path
        assert answer["Cache-Control"] == "public, max-age=300", path


@pytest.mark.parametrize(
    "path",
    ["nowhere.mp3", "interview.mp3", "interview.vtt", "interview/about-0.mp3",
     "interview/about-0.exe", "all.zip", "../../secret.mp3"],
)  # fmt: skip
def test_what_is_not_there_is_told_in_the_readers_language(
    client: Client, guides: None, path: str
) -> None:
    answer = client.get(f"/ar/guidance/voice/{path}")
    assert answer.status_code == 404
    assert 'lang="ar"' in answer.content.decode()


def test_coverage_says_who_speaks(client: Client, guides: None, voice: None) -> None:
    interview, arabic = guided.text("interview"), guided.text("interview", "ar")
    heard.record(interview)
    heard.record(arabic, kind=Kind.COMPUTER)
    heard.record(guided.text("health"))
    health = guided.text("health")
    health.body[0]["text"] = "Other words."
    health.save()
    cells = {
        str(link.attributes["href"]): link.text()
        for link in page(client, "/en/guidance/coverage/").css("td a")
    }
    assert "A person speaks" in cells["/en/guidance/procedure/interview/"]
    assert "A computer speaks" in cells["/ar/guidance/procedure/interview/"]
    assert "The text has changed." in cells["/en/guidance/health/health/"]
    assert "No sound" in cells["/fr/guidance/health/health/"]


def test_many_recordings_take_no_more_queries(
    client: Client, guides: None, django_assert_max_num_queries: object
) -> None:
    for code in ("interview", "health"):
        heard.record(guided.text(code))
    for path, most in (("/en/guidance/voice/", 7), ("/en/guidance/coverage/", 7), (INTERVIEW, 7)):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            client.get(path)
