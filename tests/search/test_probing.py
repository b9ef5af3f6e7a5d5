"""Who asks for words of something hidden is told what who asks for words of nothing is told.

For a word that stands in what is hidden there is one that never stood anywhere, each one letter
away from a public word. Whatever is asked with the one is asked with the other, and with the words
themselves taken out the answers are the same: results, counts, choices, suggestions, spellings.
"""

import re
from pathlib import Path

import pytest
from factories import make_site
from search.doors import Reader
from search.test_doors import HIDING, World, add, carry_out, make_world, search_in

from contactpoint.search.indexing.keeping import catch_up

PUBLIC, HIDDEN, NEVER = "kalimbostik", "kalimbastik", "kalimbustik"
QUESTIONS = (
    "{}", "{} {open}", "{} -{open}", "{open} -{}", "{open} OR {}", '"{}"', '"{open} {}"', "{}*",
    "{}s", "{}es {open}", "-{}", "{begin}*", "{slipped}", "{slipped} {open}", "{}{open}",
)  # fmt: skip
LISTS = ("feed.atom", "search.csv", "search.json", "suggest")
STATES = ("unpublished", "expired", "deleted")


@pytest.fixture
def world(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    search_in(tmp_path, monkeypatch)
    made = make_world(make_site())
    thing = add(made, "news-item")
    name(thing, PUBLIC)
    return made


def name(thing, word: str) -> None:
    page = thing.page.specific
    page.title, page.teaser = f"On {word}", f"About {word} and {word}."
    page.save_revision().publish()


def told(reader: Reader, word: str, language: str) -> dict[str, str]:
    """By address and question, what is told of a word, without the word."""
    found = {}
    pairs = [("", pattern) for pattern in QUESTIONS] + [(path, "{}") for path in LISTS]
    for path, pattern in [*pairs, ("suggest", "{begin}")]:
        asked = pattern.format(word, open=PUBLIC, begin=word[:7], slipped=slipped(word))
        answer = reader.get(f"/{language}/search/{path}", q=asked)
        found[f"{path} {pattern}"] = without(answer, word)
    return found


def slipped(word: str) -> str:
    return f"{word[:-3]}{word[-2]}{word[-3]}{word[-1]}"


def without(answer: str, word: str) -> str:
    """What was asked is repeated in answers, and in tickets and tags that are made of them."""
    for one in (word, slipped(word), word[:7]):
        answer = re.sub(one, "WORD", answer, flags=re.IGNORECASE)
    # Tickets, and the identity of a feed, are made of what was asked.
    answer = re.sub(r'name="ticket" value="[^"]*"|<id>[^<]*</id>', "", answer)
    return re.sub(
        r"(?m)^(ETag|Content-Length|Last-Modified|Expires): .*$|<updated>[^<]*</updated>",
        "",
        answer,
    )


@pytest.mark.parametrize("state", STATES)
def test_words_of_what_is_hidden_tell_no_more_than_words_of_nothing(
    world: World, state: str
) -> None:
    for kind in ("news-item", "publication"):
        thing = add(world, kind)
        if state != "edited":
            name(thing, HIDDEN)
        assert catch_up()
        carry_out(world, thing, HIDING[state])
    assert catch_up()
    hidden, never = (told(Reader(), word, "en") for word in (HIDDEN, NEVER))
    for asked, answer in hidden.items():
        assert answer == never[asked], asked
    assert PUBLIC in hidden[" {}"], "the public word is offered for both"
