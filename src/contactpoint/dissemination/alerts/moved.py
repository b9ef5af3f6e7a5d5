"""What a mail says of an event that changed: what it was, and what it is now."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from contactpoint.dissemination.models import Happening
from contactpoint.kit.composing.document import Paragraph, Run
from contactpoint.outputs.facts import day, moment


def changes_of(happenings: Iterable[Happening], language: str) -> list[Paragraph]:
    """In the active language, `language`; of several changes from the first to the last. Where that
    comes to nothing, as of an event that is held after all, the last."""
    details = [
        one.detail for one in happenings if one.what == Happening.What.CHANGED and one.detail
    ]
    if not details:
        return []
    first, last = details[0], details[-1]
    spoken = "" if last["language"] == language else last["language"]
    return _told(first["before"], last["after"], spoken) or _told(
        last["before"], last["after"], spoken
    )


def _told(before: Mapping[str, Any], after: Mapping[str, Any], spoken: str) -> list[Paragraph]:
    lines: list[Paragraph] = []
    if before["called_off"] != after["called_off"]:
        off = _("It is called off: it doesn’t take place.")
        on = _("It takes place after all.")
        lines.append(Paragraph([Run(off if after["called_off"] else on, bold=True)]))
    for label, is_was in ((_("New time:"), ""), (_("New place:"), "place")):
        was, now = (before[is_was], after[is_was]) if is_was else (_when(before), _when(after))
        if was != now:
            lines.append(_line(label, was, now, spoken if is_was else ""))
    return lines


def _line(label: str, was: str, now: str, spoken: str) -> Paragraph:
    """A place stands in the language of the page that was changed."""
    runs = [Run(f"{label} "), Run(now, language=spoken) if now else Run(_("not known yet"))]
    if was:
        runs += [Run(" · "), Run(_("before:")), Run(" "), Run(was, language=spoken)]
    return Paragraph(runs)


def _when(state: Mapping[str, Any]) -> str:
    """By the clock of the place."""
    if not state["starts_at"]:
        return ""
    starts, zone = datetime.fromisoformat(state["starts_at"]), ZoneInfo(state["time_zone"])
    return day(starts.astimezone(zone).date()) if state["whole_day"] else moment(starts, zone)
