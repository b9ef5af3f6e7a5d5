"""What a mail says of an event that changed: what is other since they were told, as it is now.

Compared is what the pages say that anybody may read now with what this follower knows of it
(`alerts.known`). Where both agree again there is nothing to tell. What a page said that was closed
then is never told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from contactpoint.dissemination.alerts.known import Known, before_of
from contactpoint.dissemination.matching.event_states import (
    PLACES,
    TIMES,
    State,
    States,
    differ,
    event_of,
    is_readable,
    told_by,
)
from contactpoint.dissemination.models import Delivery, Happening
from contactpoint.kit.composing.document import Paragraph, Run
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.outputs.facts import when
from contactpoint.search.documents import Document as Thing

What = Happening.What


@dataclass(frozen=True, slots=True)
class Moved:
    """What of the event is told: `happenings` without changes that came to nothing."""

    happenings: list[Happening]
    lines: list[Paragraph]
    is_off: bool = False
    """That it is called off is news."""
    known: States = field(default_factory=dict)
    """What this follower knows of it once this is told, or came to nothing."""


class Events:
    """The events among things, as anybody may read them now, and as this follower knows them."""

    def __init__(self, delivery: Delivery, things: Iterable[Thing]) -> None:
        events = [one for one in things if one.kind == "event"]
        pages = [version.pk for one in events for version in one.versions]
        found = told_by(pages) if pages else {}
        self._now = {f"output:{key}": states for key, states in found.items()}
        self._known = Known(delivery, self._now)

    def moved(self, key: str, happened: Sequence[Happening], language: str) -> Moved:
        """In the active language, `language`."""
        now = self._now.get(key, {})
        kept = list(happened)
        if not now:
            return Moved(kept, [])
        if any(one.what == What.NEW for one in happened):  # they get to know it as it is
            kept = [one for one in happened if one.what != What.CHANGED]
            is_off = _facts(now, now, language)[1]["called_off"]
            return Moved(kept, [_off()] if is_off else [], is_off, now)
        changes = [one for one in happened if before_of(one)]
        if not changes:
            return Moved(kept, [])
        before = self._known.last(key, changes)
        lines, is_off = _said(before, now, language)
        if not lines:
            kept = [one for one in happened if one not in changes]
        return Moved(kept, lines, is_off, _without_stale(before, now))


def _said(before: States, now: States, language: str) -> tuple[list[Paragraph], bool]:
    """The lines, and whether it is called off only now."""
    was, is_now = _facts(before, now, language)
    if not was:
        return [], False
    lines: list[Paragraph] = []
    if differ(was, is_now, TIMES):
        lines += _line(_("New time:"), _time(was), _time(is_now))
    spoken = _voice(before, now, language)
    if spoken:
        places = (_place(one[spoken], spoken, language) for one in (before, now))
        lines += _line(_("New place:"), *places)
    if differ(was, is_now, ["called_off"]):
        is_off = bool(is_now["called_off"])
        return [_off() if is_off else _bold(_("It takes place after all.")), *lines], is_off
    if lines and is_now["called_off"]:
        lines.insert(0, _bold(_("It is still called off: it doesn’t take place.")))
    return lines, False


def _facts(before: States, now: States, language: str) -> tuple[State, State]:
    """From the source where anybody may read it, else from the reader's page, else from another."""
    order = [code for code in now if now[code]["is_source"]]
    order += [language, FALLBACK_LANGUAGE, *now]
    found = next((code for code in order if code in before and code in now), None)
    return (before[found], now[found]) if found else ({}, {})


def _without_stale(before: States, now: States) -> States:
    """Without pages that name the old place yet, where the source names another: the next mail
    compares what they say by then."""
    sources = [code for code in now if now[code]["is_source"] and code in before]
    if not any(differ(before[code], now[code], PLACES) for code in sources):
        return now
    return {
        code: state
        for code, state in now.items()
        if code not in before or differ(before[code], state, PLACES)
    }


def _voice(before: States, now: States, language: str) -> str:
    """In which language to tell that the place is another; empty where it is not.

    The source says whether it is; its words are told where the reader's page has the old ones yet.
    """
    both = [code for code in now if code in before]
    others = [code for code in both if differ(before[code], now[code], PLACES)]
    sources = [code for code in both if now[code]["is_source"]]
    decides = (sources or [one for one in (language, FALLBACK_LANGUAGE) if one in both] or both)[:1]
    if not decides or decides[0] not in others:
        return ""
    return language if language in others else decides[0]


def _time(state: State) -> list[Run] | None:
    """By the clock of the place; None where it may not be told."""
    if not is_readable(state):
        return None
    told = when(event_of(state))
    return [Run(told)] if told else []


def _place(state: State, spoken: str, language: str) -> list[Run] | None:
    """A place stands in the language of its page."""
    if not is_readable(state):
        return None
    place = [Run(state["place"], language="" if spoken == language else spoken)]
    if not state["online"]:
        return place if state["place"] else []
    if not state["place"]:
        return [Run(_("Online"))]
    head, _sign, tail = _("%(place)s, and online").partition("%(place)s")
    return [run for run in (Run(head), *place, Run(tail)) if run.text]


def _line(label: str, was: list[Run] | None, now: list[Run] | None) -> list[Paragraph]:
    """Nothing where both read the same."""
    if was == now:
        return []
    runs = [Run(f"{label} "), *(now or [Run(_("not known yet"))])]
    if was:
        runs += [Run(" · "), Run(_("before:")), Run(" "), *was]
    return [Paragraph(runs)]


def _off() -> Paragraph:
    return _bold(_("It is called off: it doesn’t take place."))


def _bold(text: str) -> Paragraph:
    return Paragraph([Run(text, bold=True)])
