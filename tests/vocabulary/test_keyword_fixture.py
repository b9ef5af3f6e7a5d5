"""Keywords in many languages, with right answers that were written before the matcher was asked."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from contactpoint.vocabulary import Vocabulary

FIXTURE = Path(__file__).parent / "data" / "keywords.tsv"


class Keyword(NamedTuple):
    """One line of the fixture; `concept` is empty where the keyword must stay unknown."""

    list: str
    page: str
    language: str
    keyword: str
    concept: str
    why: str
    missed: str


def keywords() -> Iterator[Keyword]:
    with FIXTURE.open(encoding="utf-8", newline="") as lines:
        rows = (line for line in lines if not line.startswith("#"))
        reader = csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert tuple(next(reader)) == Keyword._fields
        yield from (Keyword(*row) for row in reader)


def answers(vocabulary: Vocabulary) -> Iterator[tuple[Keyword, str]]:
    """Each keyword with the concept that the matcher gives it, asked as items ask: by the list."""
    items: defaultdict[tuple[str, str], list[Keyword]] = defaultdict(list)
    for keyword in keywords():
        items[keyword.list or keyword.keyword, keyword.page].append(keyword)
    for (_, page), members in items.items():
        found = vocabulary.harmonise_all([member.keyword for member in members], page)
        yield from zip(members, (one.concept or "" for one in found), strict=True)


def test_the_fixture_is_as_large_and_as_wide_as_promised() -> None:
    known = [one for one in keywords() if one.concept]
    unknown = [one for one in keywords() if not one.concept]
    assert (len(known), len(unknown)) == (120, 40)
    assert len({one.language for one in known}) >= 12
    assert len({(one.keyword, one.page) for one in [*known, *unknown]}) == 160


def test_every_wanted_concept_is_in_the_glossary(shipped: Vocabulary) -> None:
    assert {one.concept for one in keywords() if one.concept} <= set(
        shipped.schemes["glossary"].concepts
    )


@pytest.mark.parametrize("must_be_known", [True, False], ids=["known", "unknown"])
def test_each_keyword_gets_the_right_answer_but_for_the_misses_that_are_marked(
    shipped: Vocabulary, must_be_known: bool
) -> None:
    asked = [pair for pair in answers(shipped) if bool(pair[0].concept) is must_be_known]
    worse = [
        f"{one.keyword!r} ({one.language}, on a page in {one.page}) means "
        f"{one.concept or 'nothing'} and not {found or 'nothing'}: {one.why}"
        for one, found in asked
        if found != one.concept and (found or not one.missed)
    ]
    better = [
        f"{one.keyword!r} is right now: take its mark away"
        for one, found in asked
        if found == one.concept and one.missed
    ]
    astray = "\n".join([*worse, *better])
    assert not astray, astray


def test_at_least_115_of_120_are_known_and_all_40_strangers_stay_unknown() -> None:
    misses = [one for one in keywords() if one.missed]
    assert len([one for one in misses if one.concept]) <= 5
    assert [one for one in misses if not one.concept] == []
