"""How long an answer holds: until the day that the state named, else for a year from when it last
said so."""

import datetime
from typing import Protocol


class Dated(Protocol):
    """What has the days of an answer."""

    answered_on: datetime.date
    confirmed_on: datetime.date | None
    valid_until: datetime.date | None


def end_of(answer: Dated) -> datetime.date:
    """The last day on which an answer holds."""
    if answer.valid_until is not None:
        return answer.valid_until
    return a_year_after(max(answer.answered_on, answer.confirmed_on or answer.answered_on))


def is_past(answer: Dated, today: datetime.date) -> bool:
    """Whether nobody has said lately that it is still so."""
    return end_of(answer) < today


def a_year_after(day: datetime.date, years: int = 1) -> datetime.date:
    """The same day of a later year; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
