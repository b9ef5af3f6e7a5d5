"""What may be wrong with an item of a source: a code for machines, a sentence for people.

A problem is kept as its code and what the sentence needs, so that each editor reads it in their
own language.
"""

import datetime
from collections.abc import Mapping
from typing import Any, Final, TypedDict

from django.utils.translation import gettext, gettext_lazy

from contactpoint.kit.days import in_words

MESSAGES: Final = {
    "no-date": gettext_lazy("The source gives no date. Fill one in, or publish without."),
    "no-date-but-text": gettext_lazy(
        "The source gives no date. The text names %(text)s; use it if that is the day."
    ),
    "unreadable-date": gettext_lazy("“%(text)s” is not a date of the calendar. Fill one in."),
    "second-date": gettext_lazy(
        "Line %(line)s gives a second date, %(text)s; the first was taken. Check which is right."
    ),
    "no-theme": gettext_lazy("The source gives no main theme. Choose one."),
    "unknown-theme": gettext_lazy(
        "No main theme is called “%(text)s”. Choose the theme that it stands for."
    ),
    "no-keyword": gettext_lazy(
        "The source gives no keyword. Mend the item to tick the suggested concepts that fit, or "
        "add concepts to its page."
    ),
    "unknown-keyword": gettext_lazy(
        "No concept is known for “%(text)s”. Choose one, or leave the word as it is."
    ),
    "missing-link": gettext_lazy(
        "Between “%(before)s” and “%(after)s” something was lost, probably the text of a link. "
        "Complete the sentence."
    ),
    "stray-space": gettext_lazy(
        "There is a stray space after “%(before)s”. Check whether the words of a link were lost."
    ),
    "unpaired-quotes": gettext_lazy("A quotation mark has no partner. Add it, or take it out."),
    "date-out-of-order": gettext_lazy(
        "The item is dated %(date)s, later than the item above it (%(above)s), though the listing "
        "is newest first. Check both dates."
    ),
    "date-differs": gettext_lazy(
        "The text names %(text)s, but the item is dated %(date)s. Check which is meant."
    ),
    "date-without-year": gettext_lazy(
        "The text names %(text)s without a year. Fill in the whole date."
    ),
    "encoding": gettext_lazy(
        "The file is not UTF-8; it was read as %(encoding)s. Check the accented letters."
    ),
    "changed-at-source": gettext_lazy(
        "The source has changed since this item was read. Compare it with what is here, then "
        "accept the change or reject it."
    ),
    "duplicate-address": gettext_lazy(
        "“%(title)s” came from the same address. Compare the two, and reject this one if it is the "
        "same."
    ),
    "duplicate-title": gettext_lazy(
        "“%(title)s” is called almost the same. Compare the two, and reject this one if it is the "
        "same."
    ),
    "duplicate-text": gettext_lazy(
        "“%(title)s” has almost the same text. Compare the two, and reject this one if it is the "
        "same."
    ),
    "duplicate-name": gettext_lazy(
        "The source names this item a second time, by the same address or number. Compare the two, "
        "and reject this one if it is the same."
    ),
    "missing-file": gettext_lazy(
        "The file %(name)s was not saved with the source. Add it to the page by hand."
    ),
    "left-out": gettext_lazy(
        "In the list that this item stands in, %(number)s entries are no objects and were left "
        "out. Compare the number of items with the source."
    ),
    "refused-file": gettext_lazy(
        "The file %(name)s was left out: it is too large, damaged, or not what its name says."
    ),
    "no-alternative": gettext_lazy(
        "The picture %(name)s has no words that replace it. Write them in its page."
    ),
    "joined-lines": gettext_lazy(
        "Lines %(first)s to %(last)s were read as one item, because a line stops in mid-sentence. "
        "Put an empty line between them if they are two."
    ),
}


class Problem(TypedDict):
    """As it is kept with an item. `detail` holds JSON values; dates are ISO 8601."""

    code: str
    detail: dict[str, Any]


class ProblemSaid(TypedDict):
    """As the report and the review list say it."""

    code: str
    message: str


def problem(code: str, **detail: object) -> Problem:
    """A problem with what its sentence needs."""
    if code not in MESSAGES:
        raise KeyError(code)
    return Problem(
        code=code,
        detail={
            name: value.isoformat() if isinstance(value, datetime.date) else value
            for name, value in detail.items()
        },
    )


def say(found: Mapping[str, Any]) -> ProblemSaid:
    """The problem in the active language."""
    code, detail = found["code"], dict(found["detail"])
    for name in ("date", "above"):
        if name in detail:
            day = datetime.date.fromisoformat(detail[name])
            detail[name] = in_words(day)
    key = "no-date-but-text" if code == "no-date" and "text" in detail else code
    message = str(MESSAGES[key]) if key in MESSAGES else gettext("Unknown problem.")
    return ProblemSaid(code=code, message=message % detail)


def remaining(problems: list[Problem], inferred: Mapping[str, Any]) -> list[Problem]:
    """Those that an editor's mending has not settled."""
    dated = bool(inferred["published_on"])
    timed = bool(inferred.get("starts_on") or inferred.get("effective_on"))
    known = all(keyword["resolves_to"] != "unknown" for keyword in inferred["keywords"])
    settled = {
        "no-date": dated,
        "unreadable-date": dated,
        "date-without-year": timed,
        "no-theme": bool(inferred["themes"]),
        "unknown-theme": bool(inferred["themes"]),
        "no-keyword": bool(
            inferred["keywords"] or any(one.get("taken") for one in inferred["suggested"])
        ),
        "unknown-keyword": known,
        "changed-at-source": True,
    }
    return [one for one in problems if not settled.get(one["code"], False)]
