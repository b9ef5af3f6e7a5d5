"""Texts are counted as the networks count them, and cut nowhere but between words."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from contactpoint.dissemination.social.composing import composed, hashtags, shortened
from contactpoint.dissemination.social.counting import (
    graphemes,
    letters,
    units,
    weighted,
    with_links,
)
from contactpoint.dissemination.social.items import Shared
from contactpoint.dissemination.social.limits import LIMITS, Limits

FAMILY = "👩‍👩‍👧‍👦"
LONG = "https://portal.example.org/" + "a" * 300
PIECES = [
    *("a", "é", "e\u0301", "ß", " ", "\n", "\r\n", "я", "й", "ع", "َ", "\u200d", "\u200c", "\u0308"),
    *("👩", "👧", "🏽", "❤", "\ufe0f", "🇧", "🇪", "한", "각", "\u1100", "\u1161", "\u11a8"),
    *("ሰ", "א", "ְ", "ة", "🏴\U000e0067\U000e0062\U000e007f", "1\ufe0f\u20e3", "—", "€", "文"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_graphemes_are_those_of_the_standard(text: str) -> None:
    assert list(graphemes(text)) == regex.findall(r"\X", text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=80))
def test_latin_texts_are_cut_as_the_standard_does(text: str) -> None:
    assert list(graphemes(text)) == regex.findall(r"\X", text)


@pytest.mark.parametrize(
    ("text", "bluesky", "mastodon", "x"),
    [
        ("", 0, 0, 0),
        ("Réception", 9, 9, 9),
        ("Re\u0301ception", 9, 9, 9),
        (FAMILY, 1, 1, 2),
        ("🇧🇪🇫🇷", 2, 2, 4),
        ("文書", 2, 2, 4),
        ("“Так”", 5, 5, 5),
        ("…", 1, 1, 2),
        ("❤️", 1, 1, 2),
        (LONG, 327, 23, 23),
        (f"See {LONG}, and {LONG}.", 665, 57, 57),
    ],
    ids=lambda one: str(one)[:20],
)
def test_each_network_counts_in_its_way(text: str, bluesky: int, mastodon: int, x: int) -> None:
    assert (letters(text), with_links(text), weighted(text)) == (bluesky, mastodon, x)


def test_some_networks_count_units_of_utf_16() -> None:
    assert units("a👩文") == 4


@given(
    st.lists(st.text("abcdé文👩", min_size=1, max_size=12), max_size=30).map(" ".join),
    st.integers(1, 80),
)
def test_no_word_is_cut(text: str, most: int) -> None:
    found = shortened(text, lambda one: letters(one) <= most)
    assert letters(found) <= most
    assert not found or text.startswith(found.removesuffix("…"))
    assert all(word in text.split() for word in found.removesuffix("…").split())


def test_labels_become_tags_that_are_read_as_words() -> None:
    labels = ["Reception centre", "reception CENTRE", "return (voluntary)", "2024", "Ägypten-Fonds"]
    assert hashtags(labels) == ["#ReceptionCentre", "#Return", "#ÄgyptenFonds"]


@pytest.mark.parametrize("network", LIMITS)
def test_a_text_is_within_the_limit_of_its_network(item: Shared, network: str) -> None:
    limits = LIMITS[network]
    text = composed(item, limits)
    assert limits.fits(text)
    assert text.startswith(f"{item.title}\n\n{item.teaser}\n\n{item.url}")
    assert ("#ReceptionCentre" in text) == bool(limits.tags)


@pytest.mark.parametrize("network", [name for name in LIMITS if LIMITS[name].most])
@pytest.mark.parametrize("words", [3, 40, 4_000])
def test_what_is_too_long_loses_words_and_never_the_link(
    item: Shared, network: str, words: int
) -> None:
    limits = LIMITS[network]
    item.entry.title = "Überprüfung der Aufnahmebedingungen " * words
    item.entry.teaser = "Ein sehr langer Satz über Aufnahme. " * words * 5
    text = composed(item, limits)
    assert limits.fits(text)
    assert item.url in text.split("\n\n")
    whole = f"{item.title} {item.teaser} {item.url}".split()
    assert all(word.rstrip("…") in whole or word.startswith("#") for word in text.split())


def test_a_server_may_allow_more(item: Shared) -> None:
    item.entry.teaser = "word " * 300
    usual: Limits = LIMITS["mastodon"]
    assert len(composed(item, usual, 1_000)) > len(composed(item, usual))
