"""What a mail is called: by what matters most, and never by more than is true of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contactpoint.dissemination.alerts.gathering import Told
from contactpoint.dissemination.models import Happening
from contactpoint.kit.labels import labelled

What = Happening.What
_OFF: Final = "off"
_ORDER: Final = (
    What.CORRECTED,
    _OFF,
    What.CHANGED,
    What.NEW,
    What.TRANSLATED,
    What.ANSWERED,
    What.FIGURES,
    What.DEFINITION,
)
_COUNTED: Final[dict[str, Callable[[int], str]]] = {
    What.CORRECTED: lambda n: ngettext("%(number)d correction", "%(number)d corrections", n),
    _OFF: lambda n: ngettext("%(number)d event called off", "%(number)d events called off", n),
    What.CHANGED: lambda n: ngettext("%(number)d event changed", "%(number)d events changed", n),
    What.NEW: lambda n: ngettext("%(number)d thing is new", "%(number)d things are new", n),
    What.TRANSLATED: lambda n: ngettext(
        "%(number)d new translation", "%(number)d new translations", n
    ),
    What.ANSWERED: lambda n: ngettext(
        "New answers on %(number)d page", "New answers on %(number)d pages", n
    ),
    What.FIGURES: lambda n: ngettext(
        "New figures on %(number)d page", "New figures on %(number)d pages", n
    ),
    What.DEFINITION: lambda n: ngettext(
        "%(number)d new definition", "%(number)d new definitions", n
    ),
}


def ordered(told: Sequence[Told]) -> list[Told]:
    """What may make somebody act on something wrong goes first."""
    return sorted(told, key=lambda one: _ORDER.index(_kinds(one)[0]))


def title(told: Sequence[Told]) -> str:
    """Of one thing what happened to it and its name; of several how many of what."""
    if len(told) == 1:
        return labelled(whats(told[0])[0], told[0].version.title)
    number = Counter(_kinds(one)[0] for one in told)
    parts = (_COUNTED[kind](number[kind]) % {"number": number[kind]} for kind in _ORDER
             if number[kind])  # fmt: skip
    return " · ".join(parts)


def whats(one: Told) -> list[str]:
    """What happened to a thing, in words, what matters most first."""
    return [_("Called off") if kind == _OFF else str(What(kind).label) for kind in _kinds(one)]


def _kinds(one: Told) -> list[str]:
    found = {str(row.what) for row in one.happenings}
    if one.is_off:  # says what has changed
        found = found - {What.CHANGED} | {_OFF}
    return [kind for kind in _ORDER if kind in found]
