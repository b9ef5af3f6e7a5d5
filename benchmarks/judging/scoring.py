"""Scores of systems for needs, and their means: plain numbers, without a site."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Final

from judging.measures import CUT, DEPTH, USEFUL, ndcg, recall
from judging.needs import LANGUAGES, Need

PUBLISHED: Final = ("output", "page")
EVERYTHING: Final = ("output", "page", "concept")


@dataclass(frozen=True, slots=True)
class Score:
    """How well one system did for one need; `first` is what it gave, of what is judged."""

    ndcg: float
    recall: float
    first: Sequence[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One need with the score of each system. `is_cross` says that the best texts are in none but
    other languages, `is_unspoken` that no text of its language has a telling word of it."""

    need: Need
    graded: Mapping[str, int]
    is_cross: bool
    is_unspoken: bool
    scores: dict[str, Score] = field(default_factory=dict)


def graded(need: Need, things: Iterable[str], among: Sequence[str]) -> dict[str, int]:
    """The grades of what there is to find; empty where nothing of it is useful.

    Concepts are always there; of outputs and pages those in `things`.
    """
    there = set(things)
    values = {
        key: value
        for key, value in need.values(among).items()
        if key in there or key.startswith("concept:")
    }
    return values if max(values.values(), default=0) >= USEFUL else {}


def score(
    ranking: Sequence[str], values: Mapping[str, int], judged: Callable[[str], bool]
) -> Score:
    """What nobody judged (lists, themes) is passed over; what was judged worthless counts."""
    kept = [key for key in ranking if judged(key)]
    return Score(ndcg(kept, values), recall(kept, values), kept[: max(CUT, DEPTH)])


def mean(rows: Iterable[Row], system: str, measure: str = "ndcg") -> float | None:
    """The mean over needs; None where there are none."""
    values = [getattr(row.scores[system], measure) for row in rows]
    return fmean(values) if values else None


def paired(
    rows: Sequence[Row], system: str, asked: Sequence[str] = LANGUAGES
) -> tuple[float, float, int] | None:
    """Across languages beside within one, over the same topics: (across, within, topics).

    Of each topic that is asked in a language of its best texts, and in another of those in `asked`;
    every topic counts once, whatever the number of languages.
    """
    across, within = [], []
    for topic in dict.fromkeys(row.need.topic for row in rows):
        own = [row for row in rows if row.need.topic == topic]
        cross = [row for row in own if row.is_cross and row.need.language in asked]
        same = [row for row in own if not row.is_cross]
        if cross and same:
            across.append(fmean(row.scores[system].ndcg for row in cross))
            within.append(fmean(row.scores[system].ndcg for row in same))
    return (fmean(across), fmean(within), len(across)) if across else None
