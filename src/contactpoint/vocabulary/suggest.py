"""Concepts ranked for a document, without training: what it mentions, where, and how often.

Each mention counts by how sure it is and how early it stands, a title for more; repeated mentions
count less and less; concepts whose neighbours are mentioned too gain a little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from math import log2
from typing import Final, Literal, NamedTuple, Protocol

from contactpoint.vocabulary.annotate import Annotation
from contactpoint.vocabulary.model import VocabularyConcept
from contactpoint.vocabulary.reasons import confidence_of

_TITLE: Final = 3.0
_OPENING: Final = 1.5
_OPENING_CHARACTERS: Final = 300
_WHOLE_EXPRESSION: Final = 1.3
_NEIGHBOUR: Final = 0.15
_HALF_SURE: Final = 1.5


class Span(NamedTuple):
    """A stretch that speaks for a concept: offsets into the text, or into the title."""

    start: int
    end: int
    text: str
    field: Literal["text", "title"] = "text"


class Suggestion(NamedTuple):
    """A concept for a document; `label` is English, `score` 0 to 1, higher is more likely."""

    concept: str
    scheme: str
    label: str
    score: float
    evidence: tuple[Span, ...]


class Ranker(Protocol):
    """Something that ranks concepts in another way, e.g. a `learning.suggester.Suggester`."""

    def suggest(
        self,
        text: str,
        limit: int = 10,
        *,
        language: str,
        title: str | None = None,
        schemes: Collection[str] | None = None,
    ) -> list[Suggestion]:
        """As `Vocabulary.suggest`; the language is settled."""


def suggest(
    concept_of: Callable[[str, str], VocabularyConcept],
    body: Iterable[Annotation],
    title: Iterable[Annotation],
    limit: int,
) -> list[Suggestion]:
    """Rank the concepts of `title` and `body`; `concept_of` gives one by its id and scheme."""
    weights: dict[tuple[str, str], list[float]] = defaultdict(list)
    evidence: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for field, mentions in (("title", title), ("text", body)):
        for found in mentions:
            key = (found.scheme, found.concept)
            weight = confidence_of(found.reason)
            if " " in found.text or "-" in found.text:
                weight *= _WHOLE_EXPRESSION
            if field == "title":
                weight *= _TITLE
            elif found.start < _OPENING_CHARACTERS:
                weight *= _OPENING
            weights[key].append(weight)
            where: Literal["text", "title"] = "title" if field == "title" else "text"
            evidence[key].append(Span(found.start, found.end, found.text, where))
    mass = {key: max(each) * (1 + log2(len(each)) / 2) for key, each in weights.items()}
    ranked = []
    concepts: dict[tuple[str, str], VocabularyConcept] = {}
    for key, weight in mass.items():
        concept = concepts[key] = concept_of(key[1], key[0])
        neighbours = {*concept.broader, *concept.narrower, *concept.related}
        near = sum(1 for other in mass if other[0] == key[0] and other[1] in neighbours)
        total = weight * (1 + _NEIGHBOUR * min(near, 3))
        ranked.append((total / (total + _HALF_SURE), key))
    ranked.sort(key=lambda scored: (-scored[0], evidence[scored[1]][0].start, scored[1]))
    return [
        Suggestion(key[1], key[0], concepts[key].label("en"), round(score, 4), tuple(evidence[key]))
        for score, key in ranked[:limit]
    ]
