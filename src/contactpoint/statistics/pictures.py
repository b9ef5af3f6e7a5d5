"""Figures as pictures: what was chosen, as `contactpoint.kit.picturing` draws it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contactpoint.figures import Figure, Period
from contactpoint.figures import flags as flagging
from contactpoint.kit.picturing import (
    Point,
    Series,
    Words,
    bars,
    dumbbell,
    for_page,
    line,
    stacked,
    tiles,
)
from contactpoint.kit.picturing import sparkline as drawn_sparkline
from contactpoint.statistics.choice import ANY_EU, Choice
from contactpoint.statistics.choosing import Chosen, Line
from contactpoint.statistics.naming import names
from contactpoint.statistics.packing import at_ordinal
from contactpoint.statistics.reading import EU
from contactpoint.statistics.wording import number, period_words, short, spoken

MOST_LINES: Final = 6
"""In one picture; more can't be told apart."""


def words_of_pictures() -> Words:
    """The few words that a picture says itself, in the reader's language."""
    return Words(
        no_figures=_("No figures"),
        no_figure=_("no figure"),
        provisional=_("provisional or estimated"),
        break_in_series=_("break in series"),
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn and how, before it is known where it goes: into a page, a file, a frame."""

    draw: Callable[..., str]
    series: Any
    said: Mapping[str, Any]

    def page(self) -> SafeString:
        """For a page of ours."""
        return mark_safe(  # noqa: S308 — picturing escapes what it is given
            for_page(self.draw, self.series, **self.said)
        )


def over_time(
    found: Chosen, places: Sequence[str], *, title: str, language: str, are_equal: bool = False
) -> SafeString:
    """A line for each of some places; the first steps forward, unless they `are_equal`."""
    return lines_over_time(
        found, places, title=title, language=language, are_equal=are_equal
    ).page()


def lines_over_time(
    found: Chosen, places: Sequence[str], *, title: str, language: str, are_equal: bool = False
) -> Picture:
    """The same before it is drawn."""
    series = [
        Series(
            names(spoken(language)).place(place),
            points_over_time(found.lines[place], found.numbers, language),
            is_main=at == 0 and not are_equal and len(places) > 1,
        )
        for at, place in enumerate(places)
        if place in found.lines
    ]
    return _picture(
        line, series, language, name="over-time", title=title,
        description=_described(found, places, language),
    )  # fmt: skip


def by_country(
    figures: Mapping[str, Figure], *, chosen: Sequence[str], title: str, language: str
) -> Picture:
    """A bar for each place, in the order given."""
    said, points = names(spoken(language)), _places(figures, chosen, language)
    told = [f"{said.place(place)} {number(one.value, language)}"
            for place, one in list(figures.items())[:3]]  # fmt: skip
    description = _("The most: %(places)s.") % {"places": "; ".join(told)}
    series = Series(title, points)
    return _picture(bars, series, language, name="by-country", title=title, description=description)


def on_map(
    figures: Mapping[str, Figure], *, chosen: Sequence[str], title: str, language: str
) -> Picture:
    """A tile for each place, where it lies in Europe, the darker the more; numbers are short."""
    said, points = names(spoken(language)), _places(figures, chosen, language)
    most = ", ".join(said.place(place) for place in list(figures)[:3])
    description = _(
        "Europe as tiles, a country each, darker the more there are. The most: %(places)s."
    )
    return Picture(
        tiles,
        Series(title, points),
        {
            "number": partial(short, language=language), "words": words_of_pictures(),
            "name": "on-map", "title": title, "description": description % {"places": most},
        },
    )  # fmt: skip


def _places(
    figures: Mapping[str, Figure], chosen: Sequence[str], language: str
) -> tuple[Point, ...]:
    said = names(spoken(language))
    return tuple(
        Point(said.place(place), one.value, flags=one.flags, code=place, is_main=place in chosen)
        for place, one in figures.items()
    )


def of_parts(
    parts: Sequence[tuple[str, Line]], numbers: range, *, title: str, language: str
) -> Picture:
    """What makes a whole, over time: a column for each period, of the parts by their names."""
    series = tuple(Series(name, points_over_time(one, numbers, language)) for name, one in parts)
    newest = at_ordinal(numbers[-1], parts[0][1].frequency)
    told = "; ".join(f"{name} {number(one.value(numbers[-1]), language)}" for name, one in parts)
    description = _("The parts in %(period)s: %(parts)s.") % {
        "period": period_words(newest, language), "parts": told,
    }  # fmt: skip
    return _picture(
        stacked, series, language, name="of-parts", title=title, description=description
    )


def two_periods(
    found: Chosen, places: Sequence[str], then: Period, now: Period, *, title: str, language: str
) -> SafeString:
    """Two periods of each of some places, in one row."""
    made = rows_of_two(found, places, then, now, title=title, language=language)
    return made.page()


def rows_of_two(
    found: Chosen, places: Sequence[str], then: Period, now: Period, *, title: str, language: str
) -> Picture:
    """The same before it is drawn."""
    said = names(spoken(language))
    series = tuple(
        Series(
            period_words(when, language),
            tuple(
                Point(
                    said.place(place),
                    one.value if (one := found.lines[place].at(when)) else None,
                    flags=_flags_of_two(found, place, then, when),
                )
                for place in places
            ),
            is_main=when == now,
        )
        for when in (then, now)
    )
    description = " ".join(
        _("%(place)s: %(first)s in %(before)s, %(last)s in %(after)s.")
        % {
            "place": said.place(place),
            "first": number(_value(found.lines[place], then), language),
            "before": period_words(then, language),
            "last": number(_value(found.lines[place], now), language),
            "after": period_words(now, language),
        }
        for place in places
    )
    return _picture(
        dumbbell, series, language, name="two-periods", title=title, description=description
    )


def _flags_of_two(found: Chosen, place: str, then: Period, when: Period) -> str:
    """Of one of two figures; the break is that of any period between them."""
    figure = found.lines[place].at(when)
    letters = figure.flags.replace(flagging.BREAK, "") if figure else ""
    return letters + (flagging.BREAK if found.breaks(place, then, when) and when != then else "")


def _value(one: Line, when: Period) -> float | None:
    figure = one.at(when)
    return figure.value if figure else None


def spark(line_: Line, language: str, *, name: str, title: str, most: int = 24) -> SafeString:
    """The last periods of a line, as small as a word."""
    end = line_.begins + len(line_)
    numbers = range(max(line_.begins, end - most), end)
    points = points_over_time(line_, numbers, language)
    known = [one for one in points if one.value is not None]
    description = ""
    if known:
        description = _("From %(first)s (%(before)s) to %(last)s (%(after)s).") % {
            "first": number(known[0].value, language), "before": known[0].label,
            "last": number(known[-1].value, language), "after": known[-1].label,
        }  # fmt: skip
    return mark_safe(  # noqa: S308 — picturing escapes what it is given
        drawn_sparkline(
            Series("", points), title=title, description=description, name=name,
            words=words_of_pictures(),
        )
    )  # fmt: skip


def points_over_time(one: Line, numbers: range, language: str) -> tuple[Point, ...]:
    """A point for each period; a period without a figure is a gap."""
    frequency = one.frequency
    made = []
    for count in numbers:
        when = at_ordinal(count, frequency)
        made.append(
            Point(
                period_words(when, language),
                one.value(count),
                flags=one.flags(count),
                tick=str(when.year) if when.month == 1 else "",
            )
        )
    return tuple(made)


def drawn_places(found: Chosen, choice: Choice) -> list[str]:
    """What is drawn over time: the places asked for that have figures, else the EU, else the
    largest countries."""
    asked: list[str] = []
    for place in choice.places:
        asked += [found.eu] if place == ANY_EU else [place]
    groups = [found.eu, *(one for one in EU if found.is_printed and one != found.eu)]
    wanted = asked or [one for one in groups if one]
    there = [place for place in wanted if found.latest_of(place) is not None]
    if not there and not asked:
        there = _largest(found)
    return list(dict.fromkeys(there))[:MOST_LINES]


def _largest(found: Chosen) -> list[str]:
    figures = [one for place in found.lines if (one := found.latest_of(place))]
    return [max(figures, key=lambda one: one.value or 0).geo] if figures else []


def _picture(draw: Callable[..., str], series: Any, language: str, **said: str) -> Picture:
    told = {"number": partial(number, language=language), "words": words_of_pictures(), **said}
    return Picture(draw, series, told)


def _described(found: Chosen, places: Sequence[str], language: str) -> str:
    """First and last figure of each line: what a reader who can't see the picture gets of it."""
    told = []
    for place in places:
        line_ = found.lines.get(place)
        known = [count for count in found.numbers if line_ and line_.value(count) is not None]
        if line_ is None or not known:
            continue
        told.append(
            _("%(place)s: %(first)s in %(before)s, %(last)s in %(after)s.")
            % {
                "place": names(spoken(language)).place(place),
                "first": number(line_.value(known[0]), language),
                "before": period_words(at_ordinal(known[0], line_.frequency), language),
                "last": number(line_.value(known[-1]), language),
                "after": period_words(at_ordinal(known[-1], line_.frequency), language),
            }
        )
    return " ".join(told)
