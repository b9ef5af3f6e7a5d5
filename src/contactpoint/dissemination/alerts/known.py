"""What a follower knows of events by the mails that they were really sent.

A mail that a server did not take told them nothing, whatever it would have said: what it was about
is as untold as a change that no mail was about yet.
"""

from collections.abc import Iterable

from django.db.models import F
from django.utils import timezone

from contactpoint.dissemination.delivering.taking import KEPT
from contactpoint.dissemination.matching.event_states import States
from contactpoint.dissemination.models import Delivery, Happening

State = Delivery.State


class Known:
    """Of one follower, but for one mail of theirs; two queries where an event changed."""

    def __init__(self, delivery: Delivery, things: Iterable[str]) -> None:
        self._delivery = delivery
        self._things = list(things)
        self._told: dict[str, States] | None = None
        self._untold: list[Happening] = []

    def last(self, thing: str, changes: Iterable[Happening]) -> States:
        """By language: what they were told last, else what was before the first change that they
        were not told of, these or earlier ones."""
        if self._told is None:
            self._told = self._read()
        untold = [one for one in self._untold if one.thing == thing]
        found: States = {}
        for one in sorted({*untold, *changes}, key=lambda one: (one.at, one.pk)):
            for language, state in before_of(one).items():
                found.setdefault(language, state)
        return {**found, **self._told.get(thing, {})}

    def _read(self) -> dict[str, States]:
        """The last word on each event; a mail that had nothing to tell is one too. None of theirs
        is on its way meanwhile (`delivering.taking`)."""
        subscriber = self._delivery.subscriber_id
        rows = Delivery.objects.filter(subscriber=subscriber, state__in=(State.SENT, State.DROPPED))
        others = rows.exclude(told={}).exclude(pk=self._delivery.pk)
        found: dict[str, States] = {}
        told: set[int] = set()
        ordered = others.order_by("taken_at", "due_at", "pk")
        for about, states in ordered.values_list("about", "told"):
            told.update(happening for happening, _row in about)
            found |= states
        changes = Happening.objects.filter(
            thing__in=self._things,
            what=Happening.What.CHANGED,
            matched_at__gte=timezone.now() - KEPT,  # of older ones nobody knows who was told
            matches__interest__subscriptions__subscriber=subscriber,
            matches__interest__subscriptions__since__lte=F("at"),
        )
        self._untold = [one for one in changes.distinct() if one.pk not in told]
        return found


def before_of(happening: Happening) -> States:
    """What the pages of an event said before it changed; of anything else nothing."""
    is_change = happening.what == Happening.What.CHANGED
    found: States = happening.detail.get("before", {}) if is_change else {}
    return found
