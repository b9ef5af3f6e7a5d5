"""Indicators in short: for the overview, and one of them for the front page."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.safestring import SafeString

from contactpoint.kit.shared import Shared
from contactpoint.statistics import pictures, showing
from contactpoint.statistics.choice import ANY_EU, Choice, usual
from contactpoint.statistics.choosing import Chosen, chosen_of
from contactpoint.statistics.configured import shown
from contactpoint.statistics.defining import why_nothing

_SECONDS_KEPT: Final = 600
_shared: Final = Shared("contactpoint.figure", _SECONDS_KEPT)


@dataclass(frozen=True, slots=True)
class Summary:
    """An indicator in short; `head` is missing where there is no figure, and `nothing` says why."""

    name: str
    url: str
    head: showing.Headline | None
    spark: SafeString | str
    nothing: str
    is_example: bool
    is_printed: bool


def summaries(language: str) -> list[Summary]:
    """All indicators in their order, each with the newest figure of the EU. Two queries, and one
    for each that was printed and has no table."""
    choices = [Choice(one, usual(one), places=(ANY_EU,)) for one in shown().values()]
    return [_summary(one, language) for one in chosen_of(choices)]


def that_moved(language: str) -> Summary | None:
    """The first indicator of which a change can be told. It is kept for ten minutes while no figure
    is loaded, so that the front page asks nothing for it."""
    return _shared.get(language, lambda: _that_moved(language))


def forget(sender: Any, **kwargs: Any) -> None:
    """Work it out anew: figures were loaded, or taken away."""
    _shared.forget()


def _that_moved(language: str) -> Summary | None:
    told = [one for one in summaries(language) if one.head]
    moved = [one for one in told if one.head and one.head.changes]
    return next(iter([*moved, *told]), None)


def _summary(found: Chosen, language: str) -> Summary:
    one = found.choice.shown
    place = found.eu
    name = showing.label_of(one, language)
    spark = pictures.spark(found.lines[place], language, name=f"spark-{one.name}", title=name) if (
        place
    ) else ""  # fmt: skip
    return Summary(
        name,
        found.choice.with_(places=()).address(language=language),
        showing.headline(found, place, language) if place else None,
        spark,
        why_nothing(found),
        found.is_example,
        found.is_printed,
    )
