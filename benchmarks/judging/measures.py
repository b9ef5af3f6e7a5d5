"""How good a ranking is: discounted gain, and what share of the useful things is there."""

from collections.abc import Mapping, Sequence
from math import log2
from typing import Final

CUT: Final = 10
DEPTH: Final = 20
USEFUL: Final = 2


def gain(grades: Sequence[int]) -> float:
    """The discounted gain of grades in order: 2^grade - 1, divided by log2 of the place plus 1."""
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def ndcg(ranking: Sequence[str], graded: Mapping[str, int], cut: int = CUT) -> float:
    """Gain of the first `cut` results, in shares of the best that any order of all graded gives.

    What was not graded gains nothing. (Järvelin and Kekäläinen 2002, with the exponential gain of
    Burges et al. 2005.)
    """
    ideal = gain(sorted(graded.values(), reverse=True)[:cut])
    if not ideal:
        raise ValueError("A need without a graded thing has no measure.")
    return gain([graded.get(key, 0) for key in ranking[:cut]]) / ideal


def recall(ranking: Sequence[str], graded: Mapping[str, int], depth: int = DEPTH) -> float:
    """The share of things graded useful or better that stand among the first `depth`."""
    useful = {key for key, value in graded.items() if value >= USEFUL}
    if not useful:
        raise ValueError("A need without a useful thing has no recall.")
    return len(useful & set(ranking[:depth])) / len(useful)
