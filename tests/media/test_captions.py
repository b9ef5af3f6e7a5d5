"""Captions come from outside: what is kept of them is times and plain text, in our own writing."""

from time import process_time

import pytest
from django.test import Client
from editing import sign_in
from wagtail.models import Collection, CollectionViewRestriction

from contactpoint.media.formats.captions import (
    LARGEST,
    LONGEST_CUE,
    MOST_CUES,
    CaptionsError,
    Cue,
    paragraphs,
    parse,
    written,
)
from contactpoint.media.models import Captions, Recording

GOOD = """WEBVTT - a film
Kind: captions

STYLE
::cue { background: url(https://elsewhere.example/pixel) }

REGION
id:fred

NOTE who made it

intro
00:01.000 --> 00:00:04.500 align:start position:10%
<v Anna>Good <i>morning</i>,
everybody &amp; welcome.

00:05.000 --> 00:06.000
<00:05.500><c.loud>Thank</c> you.
"""


def test_times_and_words_remain_and_nothing_else() -> None:
    assert parse(GOOD.encode()) == [
        Cue(1000, 4500, "Anna: Good morning,\neverybody & welcome."),
        Cue(5000, 6000, "Thank you."),
    ]


def test_what_is_written_is_read_again_as_the_same() -> None:
    text = written(parse(GOOD.encode()))
    assert text == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.500\nAnna: Good morning,\neverybody &amp; welcome.\n"
        "\n00:00:05.000 --> 00:00:06.000\nThank you.\n"
    )
    assert parse(text.encode()) == parse(GOOD.encode())


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_of_other_systems_and_a_mark_of_byte_order_are_read(end: str) -> None:
    data = b"\xef\xbb\xbf" + GOOD.replace("\n", end).encode()
    assert len(parse(data)) == 2


def cue(text: str, at: str = "00:01.000 --> 00:02.000") -> bytes:
    return f"WEBVTT\n\n{at}\n{text}\n".encode()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<script>alert(1)</script>", "alert(1)"),
        ("&lt;script>alert(1)&lt;/script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a &#45;-&gt; b", "a --&gt; b"),
        ("a \x00\x1b[31m\x9b b", "a [31m b"),
        ("<v Bob><b>x", "Bob: x"),
        ("1 < 2", "1 &lt; 2"),
        ("a\u2028b", "a b"),
        ("السلام\u200f", "السلام\u200f"),
    ],
)
def test_marks_and_hidden_signs_do_not_come_through(text: str, kept: str) -> None:
    body = written(parse(cue(text))).partition("\n00:00:02.000")[0].splitlines()[3]
    assert body == kept
    assert len(parse(written(parse(cue(text))).encode())) == 1


@pytest.mark.parametrize(
    ("data", "problem", "line"),
    [
        (b"", "head", 1),
        (b"1\n00:00:01,000 --> 00:00:02,000\nx\n", "head", 1),
        (b"<html>WEBVTT", "head", 1),
        (b"WEBVTTX\n", "head", 1),
        (b"WEBVTT\n\n", "empty", 0),
        ("WEBVTT\n\nNOTE é".encode("latin-1"), "encoding", 0),
        (cue("x", "00:01,000 --> 00:02,000"), "time", 3),
        (cue("x", "00:02.000 --> 00:01.000"), "time", 3),
        (cue("x", "00:01.000 --> 00:01.000"), "time", 3),
        (cue("x", "00:61.000 --> 01:61.000"), "time", 3),
        (cue("x", "١٢:00.000 --> 00:13.000"), "time", 3),
        (cue("x\n00:03.000 --> 00:04.000\ny"), "time", 3),
        (cue("x") + b"\nonly words\n", "time", 6),
        (cue("x") + b"\n00:00.500 --> 00:02.000\ny\n", "order", 6),
        (cue("x" * (LONGEST_CUE + 1)), "long", 3),
        (b"WEBVTT\n" + b" " * LARGEST, "large", 0),
        (b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nx\n\n" * (MOST_CUES + 1), "many", 15003),
        (cue("<i></i>"), "empty", 0),
    ],
)
def test_what_is_no_captions_is_refused_with_its_line(data: bytes, problem: str, line: int) -> None:
    with pytest.raises(CaptionsError) as raised:
        parse(data)
    assert (raised.value.problem, raised.value.line) == (problem, line)


def test_many_open_marks_are_read_in_a_moment() -> None:
    data = cue("<v " * 30_000)
    with pytest.raises(CaptionsError):
        parse(data)


def test_a_voice_mark_that_never_ends_costs_no_more_than_its_length() -> None:
    began = process_time()
    (read,) = parse(cue("<v" + " " * 100_000))
    assert read.text == "<v"
    assert process_time() - began < 5


def test_what_could_not_be_read_again_is_not_written() -> None:
    cues = [Cue(second * 1000, second * 1000 + 900, "&" * LONGEST_CUE) for second in range(800)]
    assert len("".join(cue.text for cue in cues)) < LARGEST
    with pytest.raises(CaptionsError, match="large"):
        written(cues)


def test_a_pause_and_the_end_of_a_thought_make_paragraphs() -> None:
    long = "Words. " * 60
    said = [
        Cue(0, 1000, "One,"), Cue(1200, 2000, "two."), Cue(9000, 10_000, long.strip()),
        Cue(10_100, 11_000, "After."),
    ]  # fmt: skip
    assert paragraphs(said) == [(0, "One, two."), (9000, long.strip()), (10_100, "After.")]


@pytest.fixture
def film(db: None) -> Recording:
    film = Recording.objects.create(title="Film", type="video", file="media/f.webm", duration=2)
    Captions.objects.create(recording=film, language="fr", text=written(parse(GOOD.encode())))
    return film


def test_players_get_captions_as_such(client: Client, film: Recording) -> None:
    answer = client.get(f"/media/captions/{film.pk}/fr.vtt")
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.decode().startswith("WEBVTT\n\n00:00:01.000")
    assert not answer.cookies
    again = client.get(answer.request["PATH_INFO"], headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    assert client.get(f"/media/captions/{film.pk}/nl.vtt").status_code == 404
    assert client.post(f"/media/captions/{film.pk}/fr.vtt").status_code == 405


def test_captions_of_a_closed_film_are_for_those_who_may_see_it(
    client: Client, film: Recording
) -> None:
    closed = Collection.objects.get(depth=1).add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    Recording.objects.update(collection=closed)
    assert client.get(f"/media/captions/{film.pk}/fr.vtt").status_code == 404
    sign_in(client)
    answer = client.get(f"/media/captions/{film.pk}/fr.vtt")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
