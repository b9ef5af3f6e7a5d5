"""How good a ranking is, as Annif 1.4 counts it (`annif eval`), so that figures can be compared.

F1@5: of each document, twice the right ones among the first five over the number of these five and
of all that a person gave; then the mean over documents. NDCG@10: the gain of a right concept falls
with the logarithm of its rank; relative to the best order there is, the mean over documents. A
document without any known concept counts 0 in the one and 1 in the other, as it does in Annif.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import log2


def f1_at(ranked: Sequence[str], right: Collection[str], limit: int = 5) -> float:
    """F1 of the first `limit` of one document."""
    first = ranked[:limit]
    if not first and not right:
        return 0.0
    return 2 * sum(concept in right for concept in first) / (len(first) + len(right))


def ndcg_at(ranked: Sequence[str], right: Collection[str], limit: int = 10) -> float:
    """Normalised discounted cumulative gain of the first `limit` of one document."""
    if not right:
        return 1.0
    gain = sum(1 / log2(rank + 2) for rank, one in enumerate(ranked[:limit]) if one in right)
    return gain / sum(1 / log2(rank + 2) for rank in range(min(limit, len(right))))


def mean(values: Iterable[float]) -> float:
    """Mean; 0 of nothing."""
    kept = list(values)
    return sum(kept) / len(kept) if kept else 0.0
