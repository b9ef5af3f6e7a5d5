"""Opening hours: kept as days and times, written in the words of any language.

In a form and in files a row is `mo-fr 09:00-17:00`; the database keeps
`{"days": "mo-fr", "opens": "09:00", "closes": "17:00"}`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contactpoint.guidance.wording import Wording

DAYS: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")
_DAY: Final = "|".join(DAYS)
_LINE: Final = re.compile(
    rf"(?P<days>(?:{_DAY})(?:-(?:{_DAY}))?)\s+(?P<opens>\d\d:\d\d)\s*[-–]\s*(?P<closes>\d\d:\d\d)"
)
_TIME: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")


def from_lines(text: str) -> list[dict[str, str]]:
    """Rows from lines; a `ValueError` names the line that can't be read."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip().lower())
        if found is None:
            raise ValueError(
                _("Line %(number)s: write days and times, such as mo-fr 09:00-17:00.")
                % {"number": number}
            )
        rows.append(found.groupdict())
        if wrong := problem(rows[-1]):
            raise ValueError(_("Line %(number)s: %(said)s") % {"number": number, "said": wrong})
    return rows


def to_lines(rows: Iterable[Mapping[str, str]]) -> str:
    """The lines of rows."""
    return "\n".join(f"{row['days']} {row['opens']}-{row['closes']}" for row in rows)


def problem(row: Mapping[str, Any]) -> str:
    """What is wrong with a row, as a sentence; empty where nothing is."""
    days = str(row.get("days", "")).split("-")
    times = [str(row.get(name, "")) for name in ("opens", "closes")]
    if len(days) > 2 or not all(day in DAYS for day in days):
        return _("“%(days)s” are no days; write mo, or mo-fr.") % {"days": row.get("days", "")}
    if len(days) == 2 and DAYS.index(days[0]) >= DAYS.index(days[1]):
        return _("“%(days)s” goes backwards; begin with the earlier day.") % {"days": row["days"]}
    if not all(map(_TIME.fullmatch, times)):
        return _("%(times)s: write times such as 09:00 and 17:00.") % {"times": "–".join(times)}
    if times[0] < times[1]:
        return ""
    return _("%(closes)s is not after %(opens)s.") % {"opens": times[0], "closes": times[1]}


def told(rows: Iterable[Mapping[str, str]], words: Wording) -> list[SafeString]:
    """A line a row: “Monday to Friday 09:00–17:00”. Times run from left to right in any language,
    and are never parted: half of them at the end of a line is read as another time."""
    return [
        format_html(
            '{} <bdi dir="ltr" class="nowrap">{}–{}</bdi>',
            _days(row["days"], words),
            row["opens"],
            row["closes"],
        )
        for row in rows
    ]


def printed(rows: Iterable[Mapping[str, str]], words: Wording) -> list[str]:
    """The same for paper, where signs do what elements do on a page."""
    return [_SIGNS.sub(lambda found: _AS_SIGN[found[0]], line) for line in told(rows, words)]


_AS_SIGN: Final = {
    '<bdi dir="ltr" class="nowrap">': "\u2066",
    "<bdi>": "\u2068",
    "</bdi>": "\u2069",
}
_SIGNS: Final = re.compile("|".join(map(re.escape, _AS_SIGN)))


def _days(days: str, words: Wording) -> SafeString | str:
    names = [words[f"day_{DAYS.index(day) + 1}"] for day in days.split("-")]
    return words.html("days_range", first=names[0], last=names[1]) if len(names) == 2 else names[0]
