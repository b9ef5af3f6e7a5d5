"""The last word on order: how well a thing fits, whether it can be read, and how fresh it is."""

from collections.abc import Iterable
from datetime import date

from contactpoint.search.asking import weights
from contactpoint.search.engines.base import Hit


def ranked(hits: Iterable[Hit], language: str, today: date) -> list[Hit]:
    """The hits in the order for an asker of `language`; equal ones keep theirs."""
    return sorted(hits, key=lambda hit: -worth(hit, language, today))


def worth(hit: Hit, language: str, today: date) -> float:
    """The engine's score, less where the asker can't read it, and a little less with age."""
    kind = hit.key.partition(":")[0]
    readable = 1.0 if language in hit.languages else weights.OTHER_LANGUAGE
    return hit.score * readable * _freshness(hit.day, today) * weights.KINDS.get(kind, 1.0)


def _freshness(day: int | None, today: date) -> float:
    """1 for today and what is to come, less with each year; what has no day is in between."""
    if day is None:
        return (1 + weights.OLDEST) / 2
    age = max(0, today.toordinal() - day)
    share: float = 0.5 ** (age / weights.HALF_LIFE_DAYS)
    return weights.OLDEST + (1 - weights.OLDEST) * share
