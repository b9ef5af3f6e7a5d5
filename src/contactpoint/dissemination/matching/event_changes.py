"""Another time or place of an event that is not over, or that it does not take place.

What the public pages said before stands beside it, in each language; what they say now is asked
when it is told (`alerts.moved`). A change is known by its number, since an event may be called off,
held after all, and called off again.

The source speaks for the event as long as anybody may read it: another language's page may call the
place otherwise. Where the source is closed, the pages that are open speak; where all are closed,
what was is kept sealed until it is opened.
"""

from typing import Any

from django.utils import timezone

from contactpoint.dissemination.matching.event_states import (
    FIELDS,
    State,
    States,
    differ,
    event_of,
    sealed,
    standing,
    state_of,
)
from contactpoint.dissemination.matching.happenings import What, happened
from contactpoint.dissemination.models import Happening
from contactpoint.outputs.models import Event


def moved(sender: Any, instance: Event, raw: bool = False, **kwargs: Any) -> None:
    """Before an event is saved; called twice for one change it writes one row."""
    if raw or instance.pk is None or not instance.live:
        return
    known = Event.objects.filter(pk=instance.pk).only(*FIELDS, "live", "first_published_at").first()
    if known is None or (known.first_published_at is None and not known.live):
        return
    if not differ(state_of(known), state_of(instance), FIELDS):
        return
    if _is_over(known) and _is_over(instance):
        return
    language = instance.locale.language_code
    pages = {page["language"]: page for page in standing(instance.translation_key)}
    if not known.live:  # published again, with something else
        own = {**state_of(known), "is_source": instance.is_original(), "is_open": False}
        pages[language] = own
    before = _before(pages, language)
    if before:
        _happened(f"output:{instance.translation_key}", {"before": before})


def _is_over(event: Event) -> bool:
    """What has no time is none that is to come, until it has one."""
    moment = event_of(state_of(event)).over_at
    return moment is not None and moment < timezone.now()


def _before(pages: dict[str, State], language: str) -> States:
    """What was told before the page of a language changed; nothing where it does not speak."""
    own = pages.get(language)
    if own is None:
        return {}
    opened = {code: page for code, page in pages.items() if page["is_open"]}
    if not opened:
        return {language: sealed(own)} if own["is_source"] else {}
    speaks = own["is_source"] or not any(page["is_source"] for page in opened.values())
    if not own["is_open"] or not speaks:
        return {}
    return {code: _told(page) for code, page in opened.items()}


def _told(page: State) -> State:
    return {name: page[name] for name in (*FIELDS, "is_source")}


def _happened(key: str, detail: dict[str, Any]) -> None:
    """Numbered on from the last, of which a change that failed and is tried again is none."""
    rows = Happening.objects.filter(thing=key, what=What.CHANGED).order_by("pk")
    told = list(rows.values_list("mark", "detail", "matched_at"))
    if told and told[-1][1:] == (detail, None):
        return
    last = max((int(mark) for mark, *_rest in told if mark.isdecimal()), default=0)
    happened(key, What.CHANGED, mark=str(last + 1), detail=detail)
