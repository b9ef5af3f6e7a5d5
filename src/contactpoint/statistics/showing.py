"""What the pages of statistics show, put together from what was chosen: headlines and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contactpoint.figures import Figure, Period, per_million, share
from contactpoint.figures import flags as flagging
from contactpoint.figures.places import is_country, members
from contactpoint.figures.ratios import are_enough
from contactpoint.figures.telling import Teller
from contactpoint.statistics.addresses import country_url
from contactpoint.statistics.cells import anchor
from contactpoint.statistics.choosing import Chosen
from contactpoint.statistics.configured import Shown
from contactpoint.statistics.naming import names
from contactpoint.statistics.printed import Printed
from contactpoint.statistics.reading import EU, eu_for
from contactpoint.statistics.wording import (
    NONE,
    number,
    percent,
    period_words,
    place_at,
    share_words,
    spoken,
    teller,
)

_RECENT = 13
"""Rows of a table over time that stand open: a year of months, and the month a year before."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The newest figure of a place, large, with what has changed."""

    value: str
    label: str
    flags: str
    """In words."""
    sentence: str
    changes: tuple[str, ...]
    why: tuple[str, ...]
    source: str
    revision: str = ""
    """“then 649,855, now 654,600”, where a vintage is pinned that said otherwise."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in a table; `missing` says in words that there is none."""

    text: str
    flags: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period with a figure for each place, and the changes of the first; where another group of
    countries that was the EU has more to compare with, its changes with its name."""

    period: str
    cells: tuple[Cell, ...]
    previous: str = ""
    year: str = ""
    anchor: str = ""
    """For links from texts to its figures."""


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A place at one period beside all others."""

    code: str
    name: str
    url: str
    position: str
    cell: Cell
    year: str
    share: str
    rate: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Countries:
    """All places at one period: those with a figure by its size, then those without."""

    period: str
    when: Period
    rows: tuple[CountryRow, ...]
    figures: Mapping[str, Figure]
    missing: tuple[str, ...]
    has_rates: bool
    has_shares: bool


def label_of(one: Shown, language: str) -> str:
    """What an indicator is called as a heading."""
    labels = teller(language).words.said["labels"]
    return str(labels.get(one.sentence, one.name))


def headline(
    found: Chosen, place: str, language: str, *, newest: Chosen | None = None
) -> Headline | None:
    """Of the newest figure of a place; `newest` is the same as it is known now."""
    figure = found.latest_of(place)
    if figure is None:
        return None
    tells = teller(language)
    changes = found.changes(place, figure.period)
    return Headline(
        number(figure.value, language),
        place_at(figure, language),
        tells.flags(figure.flags) if figure.flags else "",
        tells.sentence(figure, found.choice.shown.sentence, changes),
        tuple(phrase for one in changes if (phrase := tells.change(one))),
        tuple(dict.fromkeys(said for one in changes if (said := tells.why_not(one)))),
        tells.source_of(figure),
        _revised(figure, newest, place, tells),
    )


def _revised(figure: Figure, newest: Chosen | None, place: str, tells: Teller) -> str:
    line = newest.lines.get(place) if newest else None
    now = line.at(figure.period) if line else None
    if now is None or now.value is None or now.value == figure.value:
        return ""
    said = tells.revision(figure, now)
    return f"{said[:1].upper()}{said[1:]}."


def over_time(
    found: Chosen, places: Sequence[str], language: str, *, with_changes: bool = True
) -> tuple[list[PeriodRow], list[PeriodRow]]:
    """The newest periods first, with changes; then those before, without."""
    periods = list(reversed(found.periods))
    lines = [found.lines[place] for place in places if place in found.lines]
    while periods and all((one := line.at(periods[0])) is None or one.value is None
                          for line in lines):  # fmt: skip
        del periods[0]
    recent, before = periods[:_RECENT], periods[_RECENT:]
    return (
        [_row(found, places, when, language, with_changes=with_changes) for when in recent],
        [_row(found, places, when, language) for when in before],
    )


def _row(
    found: Chosen, places: Sequence[str], when: Period, language: str, *, with_changes: bool = False
) -> PeriodRow:
    cells = tuple(cell(found.lines[place].at(when), language) for place in places)
    if not with_changes or not places:
        return PeriodRow(period_words(when, language), cells, anchor=anchor(when))
    place = _compared(found, places, when)
    year = found.change(place, when, "year")
    is_yearly = when.frequency == "A"
    previous = year if is_yearly else found.change(place, when, "previous")
    name = "" if place == places[0] else f" ({place_names([place], language)[0]})"
    told = [percent(one, language) for one in (previous, year)]
    said, yearly = (one if one == NONE else one + name for one in told)
    return PeriodRow(
        period_words(when, language), cells, "" if is_yearly else said, yearly, anchor(when)
    )


def _compared(found: Chosen, places: Sequence[str], when: Period) -> str:
    """The place whose changes are told of a period: the first, or of several groups of countries
    that have been the EU the one that was it then."""
    groups = {place: found.lines[place] for place in places if place in EU}
    if places[0] not in groups or len(groups) == 1:
        return places[0]
    return eu_for(groups, when) or places[0]


def cell(figure: Figure | None, language: str) -> Cell:
    """A figure as a table says it."""
    if figure is None:
        return Cell(NONE, "", _("no figure"))
    if figure.value is None:
        tells = teller(language)
        return Cell(NONE, figure.flags, tells.flags(figure.flags) or _("no figure"))
    return Cell(number(figure.value, language), figure.flags)


def countries(
    found: Chosen, when: Period, populations: Chosen | None, language: str,
    chosen: Sequence[str] = (),
) -> Countries:  # fmt: skip
    """All countries at a period; those `chosen` are brought to the fore."""
    said = names(spoken(language))
    figures = {place: line.at(when) for place, line in found.lines.items() if is_country(place)}
    known = {place: one for place, one in figures.items() if one and one.value is not None}
    ordered = sorted(known.items(), key=lambda row: -(row[1].value or 0))
    values = [one.value or 0.0 for _place, one in ordered]
    has_ranks = are_enough(known, members(when))
    whole = _whole(found, when)
    rates = {place: rate(one, populations) for place, one in known.items()}
    rows = [
        CountryRow(
            place, said.place(place), country_url(place, language),
            str(values.index(one.value or 0.0) + 1) if has_ranks else "", cell(one, language),
            percent(found.change(place, when, "year"), language),
            share_words(share_of(one, whole), language),
            number(rates[place], language), place in chosen,
        )
        for place, one in ordered
    ]  # fmt: skip
    missing = said.in_order(place for place in figures if place not in known)
    # Of a table, the page says which countries aren't in it at all.
    without = {*missing, *(members(when) - set(known) if found.is_printed else ())}
    rows += [
        CountryRow(
            place, said.place(place), country_url(place, language), "",
            cell(figures[place], language), "", "", "", place in chosen,
        )
        for place in missing
    ]  # fmt: skip
    return Countries(
        period_words(when, language), when, tuple(rows), dict(ordered),
        tuple(said.place(place) for place in said.in_order(without)),
        any(one is not None for one in rates.values()), whole is not None,
    )  # fmt: skip


def _whole(found: Chosen, when: Period) -> Figure | None:
    """The figure of the EU that shares are told of, where it is of the same extraction."""
    line = found.lines.get(found.eu)
    figure = line.at(when) if line else None
    return figure if figure and figure.value and not found.is_printed else None


def share_of(figure: Figure, whole: Figure | None) -> float | None:
    """How much of the EU's figure a member's is; none of a country that isn't one."""
    if whole is None:
        return None
    return share(figure, whole).value


def rate(figure: Figure, populations: Chosen | None) -> float | None:
    """A rate per million inhabitants, whole from ten on."""
    if populations is None or figure.geo not in populations.lines:
        return None
    line = populations.lines[figure.geo]
    year = Period(figure.period.year, 1, "A")
    people = line.at(year) or line.at(year.previous)
    value = per_million(figure, people).value
    return None if value is None else round(value) if value >= 10 else round(value, 1)


def legend(letters: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Each flag that occurs, with what it means."""
    return [(one, teller(language).flags(one)) for one in flagging.merged(*letters)]


def place_names(places: Sequence[str], language: str) -> list[str]:
    """What places are called, as heads of columns."""
    said = names(spoken(language))
    return [said.place(place) for place in places]


def revisions(
    found: Chosen, newest: Chosen | None, place: str, language: str
) -> list[tuple[str, str]]:
    """Each period of a pinned vintage whose figure has been revised since, with what it was and
    what it is now; the newest first."""
    line = newest.lines.get(place) if newest else None
    if line is None:
        return []
    tells = teller(language)
    made = []
    for when in reversed(found.periods):
        then, now = found.lines[place].at(when), line.at(when)
        if then is None or now is None or None in (then.value, now.value):
            continue
        if then.value != now.value:
            made.append((period_words(when, language), tells.revision(then, now)))
    return made


def source_of(found: Chosen, language: str) -> str:
    """Where figures come from, and when they were extracted; of what was printed, each day is with
    its own figure."""
    if found.is_printed:
        days = {
            vintage for line in found.lines.values() if isinstance(line, Printed)
            for vintage in line.vintages()
        }  # fmt: skip
        if not days:
            return ""
        said = teller(language).words
        first, last = said.vintage(min(days)), said.vintage(max(days))
        if first == last:
            return _("Source: Eurostat, as printed at the time (%(day)s)") % {"day": first}
        return _("Source: Eurostat, as printed between %(first)s and %(last)s") % {
            "first": first, "last": last,
        }  # fmt: skip
    figure = found.latest
    return teller(language).source_of(figure) if figure else ""
