"""Another day, hour or place of an event to come, or that it does not take place: each change once.

A change is known by its number, since an event may be called off, held after all, and called off
again. What was and what is stands beside it: a mail says both.
"""

from datetime import UTC
from typing import Any

from django.utils import timezone

from contactpoint.dissemination.matching.happenings import What, happened
from contactpoint.dissemination.models import Happening
from contactpoint.outputs.models import Event

_TELLS = ("starts_at", "place", "called_off")
_COLUMNS = (*_TELLS, "whole_day", "time_zone")


def moved(sender: Any, instance: Event, raw: bool = False, **kwargs: Any) -> None:
    """Before an event is saved; called twice for one change it writes one row."""
    if raw or instance.pk is None or not instance.live:
        return
    known = Event.objects.filter(pk=instance.pk, live=True).values(*_COLUMNS).first()
    if known is None:
        return
    now = {name: getattr(instance, name) for name in _COLUMNS}
    moments = [one["starts_at"] for one in (known, now) if one["starts_at"] is not None]
    is_other = any(known[name] != now[name] for name in _TELLS)
    # Of another language's page the place may be called otherwise.
    if (
        is_other
        and instance.is_original()
        and max(moments, default=timezone.now()) >= timezone.now()
    ):
        language = instance.locale.language_code
        _happened(
            f"output:{instance.translation_key}",
            {"language": language, "before": _plain(known), "after": _plain(now)},
        )


def _happened(key: str, detail: dict[str, Any]) -> None:
    """Numbered on from the last, of which a change that failed and is tried again is none."""
    rows = Happening.objects.filter(thing=key, what=What.CHANGED).order_by("pk")
    told = list(rows.values_list("mark", "detail"))
    if told and told[-1][1] == detail:
        return
    last = max((int(mark) for mark, _detail in told if mark.isdecimal()), default=0)
    happened(key, What.CHANGED, mark=str(last + 1), detail=detail)


def _plain(state: dict[str, Any]) -> dict[str, Any]:
    moment = state["starts_at"]
    return {**state, "starts_at": moment and moment.astimezone(UTC).isoformat()}
