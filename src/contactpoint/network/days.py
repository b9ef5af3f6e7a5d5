"""Days that are known as exactly as they are known: a year, a month or a day."""

from datetime import date

from django.utils.translation import gettext as _

from contactpoint.kit.days import in_words as day_in_words


def in_words(partial: str) -> str:
    """ "2021", "2021-03", "2021-03-11" in words of the active language; as it is if it is none."""
    parts = partial.split("-")
    try:
        day = date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except ValueError:
        return partial
    if len(parts) == 1:
        return partial
    return day_in_words(day, "YEAR_MONTH_FORMAT" if len(parts) == 2 else "DATE_FORMAT")


def since(partial: str) -> str:
    """ "since 2021" in words of the active language, which may want another word before a day."""
    words = [_("since %(year)s"), _("since %(month)s"), _("since %(day)s")]
    known = in_words(partial)
    fitting = words[min(partial.count("-"), 2)]
    return fitting % dict.fromkeys(("year", "month", "day"), known) if known else ""
