"""What has become of a figure since: what it was then, and what it is now.

A revision is told only between figures of the same cell. Two values that rounding alone could tell
apart are the same: 581,000 as it was printed, and 580,845 as the table has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from contactpoint.figures.changes import Reason
from contactpoint.figures.figure import Figure, are_groups, same_place

Became = Literal["", "revised", "unchanged", "rounding", "new", "gone", "unknown"]


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure as it was and as it is. `became` says what has happened to it: `new` where there was
    none then, `gone` where there is none now, `unknown` where there never was. It is empty where
    the two don't compare, and `reason` says why."""

    then: Figure | None
    now: Figure | None
    became: Became = ""
    reason: Reason | None = None

    @property
    def difference(self) -> float | None:
        """By how much it was revised; `None` where it wasn't."""
        if self.became != "revised" or self.then is None or self.now is None:
            return None
        return (self.now.value or 0.0) - (self.then.value or 0.0)

    @property
    def is_revised(self) -> bool:
        """Whether a reader of then should know: it is another value, or there is none any more."""
        return self.became in ("revised", "gone")


def then_and_now(pinned: Figure | None, newest: Figure | None) -> Revision:
    """What has become of a figure. Either may be missing, or say that there is no number."""
    if pinned is not None and newest is not None:
        for reason, is_so in (
            (
                Reason.ANOTHER_MEASURE,
                pinned.measure != newest.measure or pinned.is_example != newest.is_example,
            ),
            (Reason.ANOTHER_UNIT, pinned.unit != newest.unit),
            (Reason.ANOTHER_PERIOD, pinned.period != newest.period),
        ):
            if is_so:
                return Revision(pinned, newest, reason=reason)
        if not same_place(pinned, newest):
            is_group = are_groups(pinned, newest)
            reason = Reason.ANOTHER_AGGREGATE if is_group else Reason.ANOTHER_PLACE
            return Revision(pinned, newest, reason=reason)
    return Revision(pinned, newest, _became(pinned, newest))


def history(vintages: Sequence[Figure]) -> tuple[Revision, ...]:
    """What happened to a figure from each vintage to the next; `vintages` are from old to new."""
    return tuple(then_and_now(before, after) for before, after in pairwise(vintages))


def _became(then: Figure | None, now: Figure | None) -> Became:
    was = then.value if then else None
    value = now.value if now else None
    if was is None or value is None or then is None or now is None:
        return "unknown" if was is value else "new" if was is None else "gone"
    if was == value:
        return "unchanged"
    # Rounded alike, as in two vintages of a table, another value is a revision. Rounded otherwise,
    # the coarser one may only say less.
    if then.give != now.give and then.lowest <= now.highest and now.lowest <= then.highest:
        return "rounding"
    return "revised"
