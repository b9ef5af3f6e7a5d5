"""Countries that the reader chooses, beside each other. Everything stands in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.figures import Period
from contactpoint.kit.context import same_path, translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.statistics import controls, pictures, showing
from contactpoint.statistics.addresses import comparison_url, statistics_url
from contactpoint.statistics.choice import ANY_EU, Choice
from contactpoint.statistics.choosing import Chosen, chosen_of
from contactpoint.statistics.configured import population
from contactpoint.statistics.defining import notes, why_nothing
from contactpoint.statistics.naming import names
from contactpoint.statistics.offering.embedding import frame_code, taken_of
from contactpoint.statistics.offering.gathering import comparison_outline
from contactpoint.statistics.reading import EU
from contactpoint.statistics.views.downloads import downloads_of_comparison
from contactpoint.statistics.wording import number, percent, period_words, spoken

SHAPES: Final = ("line", "dumbbell")
MOST_LINES: Final = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A place at two periods."""

    name: str
    then: showing.Cell
    now: showing.Cell
    change: str
    rate: str


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """One indicator in several places; `as` says whether the picture is lines or two periods."""
    language = get_language() or FALLBACK_LANGUAGE
    choice, problems = Choice.compared(request.GET)
    shape = request.GET.get("as", "")
    if shape and shape not in SHAPES:
        problems = (*problems, _("There is no picture “%(name)s”.") % {"name": shape[:20]})
    shape = shape if shape in SHAPES else "line"
    everywhere = choice.with_(places=())
    found, people = chosen_of([everywhere, Choice(population(), "A", known=choice.known)])
    places = _places(found, choice)
    context: dict[str, Any] = {
        **view_context(request, Link(_("Statistics"), statistics_url(language))),
        "translations": translations(same_path(request), request.GET.urlencode()),
        "choice": choice,
        "found": found,
        "problems": problems,
        "name": showing.label_of(choice.shown, language),
        "indicator_url": choice.address(language=language),
        "controls": [
            one
            for one in (
                controls.indicators(choice, language),
                controls.by_period(choice),
                controls.since(found),
                controls.known(choice, controls.vintages(found), language),
            )
            if one.is_needed
        ],
        "shapes": [
            controls.Option("line", _("Lines over time"), shape == "line"),
            controls.Option("dumbbell", _("Two periods in a row"), shape == "dumbbell"),
        ],
        "options": _options(found, choice, language),
        "notes": notes(found),
        "source": showing.source_of(found, language),
        "downloads": downloads_of_comparison(choice, language, shape),
        "nothing": why_nothing(found) if not found.lines else "",
        "is_asked": bool(places),
        "without": _without(found, choice, language),
    }
    if places:
        context["taken"] = taken_of(
            comparison_outline(found, request.GET, language),
            f"{comparison_url(language)}citation.",
            frame_code(choice.with_(places=tuple(places)), language, shape),
        )
        context |= _beside(found, people, places, shape, language)
    return render(request, "statistics/comparison.html", context)


def _places(found: Chosen, choice: Choice) -> list[str]:
    asked: list[str] = []
    for place in choice.places:
        asked += [found.eu] if place == ANY_EU or place in EU else [place]
    return [one for one in dict.fromkeys(asked) if found.latest_of(one) is not None]


def _without(found: Chosen, choice: Choice, language: str) -> list[str]:
    """The places asked for that have no figure."""
    there = _places(found, choice)
    said = names(spoken(language))
    return [said.place(one) for one in choice.places if one not in there and one not in EU]


def _options(found: Chosen, choice: Choice, language: str) -> list[controls.Option]:
    said = names(spoken(language))
    countries = [code for code in found.lines if code not in EU]
    codes = [*([found.eu] if found.eu else []), *said.in_order(countries)]
    chosen = set(choice.places) | ({found.eu} if set(choice.places) & set(EU) else set())
    return [
        controls.Option(
            "eu" if code == found.eu else code.lower(), said.place(code), code in chosen
        )
        for code in codes
    ]


def _beside(
    found: Chosen, people: Chosen, places: Sequence[str], shape: str, language: str
) -> dict[str, Any]:
    name = showing.label_of(found.choice.shown, language)
    now = _common(found, places)
    then = now.year_before
    drawn = places[:MOST_LINES] if shape == "line" else places
    if shape == "line":
        picture = pictures.over_time(found, drawn, title=name, language=language, are_equal=True)
    else:
        picture = pictures.two_periods(found, drawn, then, now, title=name, language=language)
    recent, before = showing.over_time(found, places, language, with_changes=False)
    return {
        "picture": picture,
        "shape": shape,
        "then": period_words(then, language),
        "now": period_words(now, language),
        "rows": [_row(found, people, one, (then, now), language) for one in places],
        "columns": showing.place_names(places, language),
        "recent": recent,
        "before": before,
        "is_cut": len(drawn) < len(places),
        "most": MOST_LINES,
        "legend": showing.legend(
            [one.flags for row in (*recent, *before) for one in row.cells], language
        ),
    }


def _common(found: Chosen, places: Sequence[str]) -> Period:
    """The newest period for which all of them have a figure, else that of the first."""
    latest = [one.period for place in places if (one := found.latest_of(place))]
    newest = min(latest)
    shared = all((one := found.lines[place].at(newest)) and one.value is not None
                 for place in places)  # fmt: skip
    return newest if shared else max(latest)


def _row(
    found: Chosen, people: Chosen, place: str, periods: tuple[Period, Period], language: str
) -> Row:
    then, now = periods
    line = found.lines[place]
    figure = line.at(now)
    rate = showing.rate(figure, people) if figure and figure.value is not None else None
    return Row(
        names(spoken(language)).place(place),
        showing.cell(line.at(then), language),
        showing.cell(figure, language),
        percent(found.change(place, now, "year"), language),
        number(rate, language) if rate is not None else "",
    )
