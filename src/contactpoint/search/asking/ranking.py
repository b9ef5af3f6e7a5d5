"""The last word on order: how well a thing fits, whether it can be read, and how fresh it is."""

from collections.abc import Iterable, Mapping
from datetime import date

from contactpoint.search.asking import weights
from contactpoint.search.asking.understanding import Question
from contactpoint.search.engines.base import Hit


def ranked(hits: Iterable[Hit], question: Question, today: date) -> list[Hit]:
    """The hits in the order for the asker; equal ones keep theirs."""
    meant = dict.fromkeys(question.meant, weights.DEFINED if question.defines else weights.MEANT)
    return sorted(hits, key=lambda hit: -_worth(hit, question.language, today, meant))


def _worth(hit: Hit, language: str, today: date, meant: Mapping[str, float]) -> float:
    """The engine's score, less where the asker can't read it, and a little less with age."""
    worth = hit.score * _freshness(hit.day, today)
    if language not in hit.languages:
        worth *= weights.OTHER_LANGUAGE
    source, _, slug = hit.key.partition(":")
    if source in ("concept", "theme"):
        worth *= meant.get(slug, weights.CONCEPTS)
    return worth


def _freshness(day: int | None, today: date) -> float:
    """1 for today and what is to come, less with each year; what has no day is in between."""
    if day is None:
        return (1 + weights.OLDEST) / 2
    age = max(0, today.toordinal() - day)
    share: float = 0.5 ** (age / weights.HALF_LIFE_DAYS)
    return weights.OLDEST + (1 - weights.OLDEST) * share
