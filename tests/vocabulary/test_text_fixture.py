"""Texts in many languages, with the annotations that were wanted before the annotator was asked."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from contactpoint.vocabulary import Vocabulary, describe

FIXTURE = Path(__file__).parent / "data" / "texts.toml"

Found = tuple[str, str, str]


class Text(NamedTuple):
    """One text of the fixture; its file says what each field holds."""

    language: str
    text: str
    finds: list[list[str]] = []
    nothing: list[str] = []
    misses: list[list[str]] = []
    astray: list[list[str]] = []
    undetected: str = ""


TEXTS = [Text(**entry) for entry in tomllib.loads(FIXTURE.read_text(encoding="utf-8"))["texts"]]
NAMED = {concept for text in TEXTS for _, concept, *_ in [*text.finds, *text.misses, *text.astray]}


def annotated(
    vocabulary: Vocabulary, text: Text, language: str | None
) -> list[tuple[int, int, Found]]:
    """What is found, in the order of the text, by start and end; places and kinds left out."""
    return [
        (one.start, one.end, (one.text, one.concept, one.reason))
        for one in vocabulary.annotate(text.text, language, schemes=["glossary"])
    ]


def test_the_fixture_is_as_wide_as_promised(shipped: Vocabulary) -> None:
    assert len(TEXTS) >= 40
    assert len({text.language for text in TEXTS}) >= 15
    assert set(shipped.schemes["glossary"].concepts) >= NAMED
    for text in TEXTS:
        for words, _, reason, *_ in [*text.finds, *text.misses, *text.astray]:
            assert words in text.text
            assert describe(reason)
        assert all(words in text.text for words in text.nothing)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text.language}: {text.text[:30]}")
def test_a_text_gets_the_annotations_that_were_wanted(shipped: Vocabulary, text: Text) -> None:
    found = annotated(shipped, text, text.language)
    assert [text.text[start:end] for start, end, _ in found] == [
        words for _, _, (words, *_) in found
    ]
    known = {tuple(entry[:3]) for entry in [*text.finds, *text.astray]}
    assert {one for _, _, one in found if one[1] in NAMED} == known


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text.language}: {text.text[:30]}")
def test_words_that_mean_something_else_are_left_alone(shipped: Vocabulary, text: Text) -> None:
    for words in text.nothing:
        start = text.text.index(words)
        touched = [
            one
            for first, end, one in annotated(shipped, text, text.language)
            if first < start + len(words) and start < end
        ]
        assert touched == []


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text.language}: {text.text[:30]}")
def test_the_language_need_not_be_told(shipped: Vocabulary, text: Text) -> None:
    same = annotated(shipped, text, None) == annotated(shipped, text, text.language)
    assert same == (not text.undetected)


def test_no_more_than_five_annotations_are_missed_and_two_are_astray() -> None:
    assert sum(len(text.misses) for text in TEXTS) <= 5
    assert sum(len(text.astray) for text in TEXTS) <= 2
