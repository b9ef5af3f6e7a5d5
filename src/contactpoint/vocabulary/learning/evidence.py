"""Which words of a text speak for what is suggested: those of its labels, and what was learned."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from contactpoint.vocabulary.learning.lessons import Lessons, Question
from contactpoint.vocabulary.learning.lexical import Claims
from contactpoint.vocabulary.learning.postings import Floats, Ints
from contactpoint.vocabulary.learning.signs import SURE_CLAIM

_HEAVY: Final = 0.4


class Asked(NamedTuple):
    """Words of texts that lessons know, in the order of the texts, and where each stands first."""

    question: Question
    places: Ints


class Suggested(NamedTuple):
    """Concepts suggested for texts, one a line, the lines of a text together."""

    texts: Ints
    concepts: Ints


def spoken(
    claimed: Claims,
    likely: Floats,
    suggested: Suggested,
    lessons: Lessons | None,
    asked: Asked | None,
) -> list[list[int]]:
    """For each suggestion the places of words: of its label; then of learned words whose weight for
    it is not far behind the heaviest; and where there is none, of the label of the concept that
    brought it along."""
    places = _of_labels(claimed, suggested)
    if lessons is None or not places:
        return places
    if asked is not None:
        which, entries = _pairs(asked.question.texts, suggested.texts)
        weights = lessons.by_word.speaks(asked.question.things[entries], suggested.concepts[which])
        heaviest = np.zeros(len(places))
        np.maximum.at(heaviest, which, weights)
        heavy = (weights > 0) & (weights >= _HEAVY * heaviest[which])
        for line, place in zip(
            which[heavy].tolist(), asked.places[entries[heavy]].tolist(), strict=True
        ):
            places[line].append(place)
    silent = np.array([line for line, each in enumerate(places) if not each], np.int64)
    if len(silent):
        brought = _of_companions(silent, claimed, likely, suggested, lessons)
        for line, each in brought.items():
            places[line] = each
    return [sorted(set(each)) for each in places]


def _of_labels(claimed: Claims, suggested: Suggested) -> list[list[int]]:
    if not len(claimed.texts):
        return [[] for _ in suggested.texts]
    width = int(max(claimed.concepts.max(), suggested.concepts.max(initial=0))) + 1
    cells = claimed.texts * width + claimed.concepts
    order = np.argsort(cells)
    wanted = suggested.texts * width + suggested.concepts
    found = order[np.minimum(np.searchsorted(cells[order], wanted), len(cells) - 1)]
    begins = np.searchsorted(claimed.hit_lines, found)
    ends = np.searchsorted(claimed.hit_lines, found, "right")
    ends = np.where(cells[found] == wanted, ends, begins)
    hits = claimed.hit_places.tolist()
    return [
        sorted(set(hits[begin:end]))
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
    ]


def _pairs(texts: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """For each line of `wanted`, a text, all places in `texts` (ascending) that are of it: (line,
    place)."""
    begins = np.searchsorted(texts, wanted)
    sizes = np.searchsorted(texts, wanted, "right") - begins
    which = np.repeat(np.arange(len(wanted)), sizes)
    return which, np.arange(len(which)) + (begins - (np.cumsum(sizes) - sizes))[which]


def _of_companions(
    silent: Ints, claimed: Claims, likely: Floats, suggested: Suggested, lessons: Lessons
) -> dict[int, list[int]]:
    """By the number of a suggestion: the words of the claim that speaks most for it."""
    sure = np.flatnonzero(likely >= SURE_CLAIM)
    sure = sure[np.argsort(claimed.texts[sure], kind="stable")]
    which, entries = _pairs(claimed.texts[sure], suggested.texts[silent])
    lines = sure[entries]
    weights = lessons.by_claim.speaks(claimed.concepts[lines], suggested.concepts[silent[which]])
    found: dict[int, list[int]] = {}
    for place in np.argsort(weights, kind="stable").tolist():  # the heaviest comes last and stays
        if weights[place] > 0:
            is_hit = claimed.hit_lines == lines[place]
            found[int(silent[which[place]])] = claimed.hit_places[is_hit].tolist()
    return found
