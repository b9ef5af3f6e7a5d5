"""The demo's film: true to the glossary, told in four languages, a file that can be sought in."""

import re
import struct
import tomllib
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from django.conf import settings as portal_settings

from contactpoint.glossary.terms import GLOSSARY_FILE
from contactpoint.home import demo_items
from contactpoint.media.formats.captions import Cue, parse
from contactpoint.vocabulary import read_turtle

SLUG = "a-french-word-finds-an-english-study"
ITEMS = {item.slug: item for item in demo_items.items()}
FACTS = ITEMS[SLUG].facts["film"]
FOLDER = demo_items.FOLDER / "films"
FILM = (FOLDER / f"{FACTS['name']}.webm").read_bytes()
SCRIPT = tomllib.loads(
    (Path(__file__).parents[2] / "docs/developers/demo-film/film.toml").read_text("utf-8")
)
LANGUAGES = [code for code, _name in portal_settings.LANGUAGES]
SEGMENT, SEEKS, SEEK, INFO, TRACKS, CUES, CLUSTER = (
    *(0x18538067, 0x114D9B74, 0x4DBB, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1F43B675),
)  # fmt: skip
LONGEST_JUMP = 8_000
SLOWEST_READER = 21  # signs a second


def elements(data: bytes, place: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int]]:
    """What EBML holds between two places: `(name, beginning, end)` of each content."""
    end = len(data) if end is None else end
    while place < end:
        length = 9 - data[place].bit_length()
        name = int.from_bytes(data[place : place + length])
        place += length
        length = 9 - data[place].bit_length()
        size = int.from_bytes(data[place : place + length]) & (1 << 7 * length) - 1
        place += length
        yield name, place, place + size
        place += size


def within(name: int, place: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    return [(begin, stop) for found, begin, stop in elements(FILM, place, end) if found == name]


def value(name: int, place: tuple[int, int]) -> bytes:
    ((begin, stop),) = within(name, *place)
    return FILM[begin:stop]


@pytest.fixture(scope="module")
def segment() -> tuple[int, int]:
    (found,) = within(SEGMENT)
    return found


def test_the_file_says_how_long_it_takes_and_is_small(segment: tuple[int, int]) -> None:
    (info,) = within(INFO, *segment)
    (duration,) = struct.unpack(">d", value(0x4489, info))
    assert duration == FACTS["duration"] * 1000
    assert duration == sum(scene["seconds"] for scene in SCRIPT["scenes"]) * 1000
    assert 60_000 <= duration <= 90_000
    assert segment[1] == len(FILM) < 2_000_000


def test_a_player_can_jump_to_pictures_that_need_none_before_them(
    segment: tuple[int, int],
) -> None:
    (cues,) = within(CUES, *segment)
    clusters = within(CLUSTER, *segment)
    assert cues[1] < clusters[0][0]
    times = []
    for point in within(0xBB, *cues):
        ((begin, stop),) = within(0xB7, *point)
        cluster_at = segment[0] + int.from_bytes(value(0xF1, (begin, stop)))
        name, inside, end = next(elements(FILM, cluster_at))
        assert name == CLUSTER
        time = int.from_bytes(value(0xB3, point))
        assert int.from_bytes(value(0xE7, (inside, end))) == time
        first = FILM[slice(*within(0xA3, inside, end)[0])]
        assert struct.unpack(">BhB", first[:4]) == (0x81, 0, 0x80)
        times.append(time)
    assert len(times) == len(clusters)
    assert times == sorted(times)
    jumps = [*times, FACTS["duration"] * 1000]
    assert max(after - before for before, after in pairwise(jumps)) <= LONGEST_JUMP
    scenes = [0, *accumulate(scene["seconds"] * 1000 for scene in SCRIPT["scenes"])]
    assert set(scenes[:-1]) <= set(times)


def test_its_head_points_at_what_it_names(segment: tuple[int, int]) -> None:
    (seeks,) = within(SEEKS, *segment)
    for seek in within(SEEK, *seeks):
        place = segment[0] + int.from_bytes(value(0x53AC, seek))
        assert FILM[place : place + 4] == value(0x53AB, seek)


def cues_in(language: str) -> list[Cue]:
    return parse((FOLDER / f"{FACTS['name']}.{language}.vtt").read_bytes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_captions_can_be_read_in_time_and_end_with_the_film(language: str) -> None:
    cues = cues_in(language)
    assert cues[-1].end <= FACTS["duration"] * 1000
    for before, after in pairwise(cues):
        assert before.end <= after.start
    for cue in cues:
        assert len(cue.text.replace("\n", " ")) / (cue.end - cue.start) * 1000 <= SLOWEST_READER
        assert len(cue.text.splitlines()) <= 2, cue.text
        assert all(len(line) <= 60 for line in cue.text.splitlines()), cue.text


def test_captions_are_those_of_the_script_in_every_language_at_the_same_times() -> None:
    times = {tuple((cue.start, cue.end) for cue in cues_in(code)) for code in LANGUAGES}
    begins = [0, *accumulate(scene["seconds"] for scene in SCRIPT["scenes"])]
    said = [
        (round((begin + row["from"]) * 1000), round((begin + row["until"]) * 1000))
        for begin, scene in zip(begins, SCRIPT["scenes"], strict=False)
        for row in scene["said"]
    ]
    assert times == {tuple(said)}
    assert [cue.text for cue in cues_in("en")] == [
        row["en"] for scene in SCRIPT["scenes"] for row in scene["said"]
    ]


def test_what_the_film_shows_stands_in_the_glossary_and_in_the_study() -> None:
    told = SCRIPT["words"]
    labels = read_turtle(GLOSSARY_FILE).concepts[told["concept"]].labels
    study = ITEMS[told["study"]]
    assert told["typed"] in {label.text for label in labels if label.language == "fr"}
    for language, name in told["names"].items():
        assert name in {label.text for label in labels if label.language == language}
    assert " ".join(told["title"]) == study.words["en"]["title"]
    assert told["language"] not in study.words
    for language, found in told["found"].items():
        assert found in " ".join(study.words[language].values())


def test_a_film_that_is_not_ours_has_an_address_of_its_own_or_none() -> None:
    for item in ITEMS.values():
        if item.facts["kind"] == "video" and "source_url" in item.facts:
            assert re.match(r"https://[^/]+/.+", item.facts["source_url"]), item.slug
