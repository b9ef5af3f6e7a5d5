"""The page of a country: every indicator beside the EU; and the list of countries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.figures import rank
from contactpoint.figures.places import ISO, is_country, members
from contactpoint.kit.context import same_path, translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE, pick
from contactpoint.kit.locating import Link
from contactpoint.kit.prepared import rows
from contactpoint.network.addresses import institution_url
from contactpoint.network.models import Institution
from contactpoint.statistics import controls, pictures, showing
from contactpoint.statistics.addresses import (
    countries_url,
    country_slug,
    country_url,
    statistics_url,
)
from contactpoint.statistics.choice import ANY_EU, Choice, known_places, usual
from contactpoint.statistics.choosing import Chosen, chosen_of
from contactpoint.statistics.configured import population, shown
from contactpoint.statistics.defining import why_nothing
from contactpoint.statistics.naming import names
from contactpoint.statistics.offering.embedding import taken_of
from contactpoint.statistics.offering.gathering import country_outline
from contactpoint.statistics.reading import countries_with_figures
from contactpoint.statistics.views.downloads import downloads_of_country
from contactpoint.statistics.wording import number, percent, share_words, spoken, teller


@dataclass(frozen=True, slots=True)
class Beside:
    """An indicator in the country and in the EU."""

    name: str
    url: str
    head: showing.Headline | None
    eu: showing.Headline | None
    spark: SafeString | str
    share: str
    rank: str
    rate: str
    eu_rate: str
    nothing: str
    is_example: bool


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """The countries that have figures. One query."""
    language = get_language() or FALLBACK_LANGUAGE
    said = names(spoken(language))
    context = {
        **view_context(request, Link(_("Statistics"), statistics_url(language))),
        "countries": [
            Link(said.place(code), country_url(code, language))
            for code in said.in_order(countries_with_figures())
        ],
    }
    return render(request, "statistics/countries.html", context)


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """All that is stored of a country; `known` tells it as it was known on a day."""
    language = get_language() or FALLBACK_LANGUAGE
    place = country_slug(code).upper()
    if place not in known_places() or not is_country(place):
        raise Http404
    if code != country_slug(code):
        return redirect(country_url(place, language), permanent=True)
    first = next(iter(shown().values()))
    asked, problems = Choice.mended(first.name, request.GET)
    choices = [Choice(one, usual(one), known=asked.known, eu=asked.eu) for one in shown().values()]
    *found, people = chosen_of([*choices, Choice(population(), "A", known=asked.known)])
    told = [beside(one, place, people, language) for one in found]
    contact = _contact_point(place, language)
    context = {
        **view_context(
            request,
            Link(_("Statistics"), statistics_url(language)),
            Link(_("Countries"), countries_url(language)),
        ),
        "translations": translations(same_path(request), _kept(asked)),
        "name": names(spoken(language)).place(place),
        "problems": problems,
        "rows": [one for one in told if one.head],
        "empty": [one for one in told if not one.head],
        "contact": contact,
        "follow": f"country={ISO.get(place, place)}" if contact else "",
        "downloads": downloads_of_country(place, language, _kept(asked)),
        "taken": taken_of(
            country_outline(place, found, language),
            f"{country_url(place, language)}citation.",
        ),
        "compare_url": choices[0].with_(places=(ANY_EU, place)).comparison_address(
            language=language
        ),
        "people": _people(people, place, language),
        "known": asked.known,
        "known_day": teller(language).words.day(asked.known) if asked.known else "",
        "days": controls.known(asked, controls.vintages(found[0]), language),
        "sources": list(dict.fromkeys(one.head.source for one in told if one.head)),
        "has_example": any(one.is_example for one in told if one.head),
        "has_official": any(not one.is_example for one in told if one.head),
    }  # fmt: skip
    return render(request, "statistics/country.html", context)


def beside(found: Chosen, place: str, people: Chosen, language: str) -> Beside:
    """One indicator of a country."""
    one = found.choice.shown
    head = showing.headline(found, place, language)
    figure = found.latest_of(place)
    name = showing.label_of(one, language)
    tells = teller(language)
    eu_line = found.lines.get(found.eu)
    eu_figure = eu_line.at(figure.period) if eu_line and figure else None
    if figure is None:
        url = found.choice.address(language=language)
        nothing = why_nothing(found) if not found.lines else _("No figure for this country.")
        return Beside(name, url, None, None, "", "", "", "", "", nothing, found.is_example)
    rivals = [
        other for code, line in found.lines.items()
        if is_country(code) and (other := line.at(figure.period))
    ]  # fmt: skip
    part = showing.share_of(figure, eu_figure) if not found.is_printed else None
    rate, eu_rate = (
        showing.rate(other, people) if other else None for other in (figure, eu_figure)
    )
    return Beside(
        name,
        found.choice.with_(places=(place,)).address(language=language),
        head,
        _eu(found, eu_figure, language),
        pictures.spark(found.lines[place], language, name=f"spark-{one.name}", title=name),
        share_words(part, language) if part is not None else "",
        tells.rank(rank(rivals, place, members(figure.period))) if not found.is_printed else "",
        number(rate, language) if rate is not None else "",
        number(eu_rate, language) if eu_rate is not None else "",
        "",
        found.is_example,
    )


def _eu(found: Chosen, figure: Any, language: str) -> showing.Headline | None:
    """The EU at the same period."""
    if figure is None or figure.value is None:
        return None
    tells = teller(language)
    changes = found.changes(found.eu, figure.period)
    return showing.Headline(
        number(figure.value, language), tells.words.place(figure.geo), "", "",
        tuple(f"{percent(one, language)}" for one in changes), (), tells.source_of(figure),
    )  # fmt: skip


def _contact_point(place: str, language: str) -> Link | None:
    """The network's contact point of the country, where there is one. One query."""
    found = rows(("contact point of a country",), _contact_points, [ISO.get(place, place)])
    if not found:
        return None
    labels, slug = found[0]
    return Link(pick(labels, language) or slug, institution_url(slug, language))


def _contact_points(values: list[Any]) -> "QuerySet[Any, Any]":
    kind = Institution.Kind.CONTACT_POINT
    found = Institution.objects.filter(country__code=values[0], kind=kind)
    return found.order_by("slug").values_list("labels", "slug")[:1]


def _people(people: Chosen, place: str, language: str) -> str:
    """How many live there, in a sentence."""
    figure = people.latest_of(place)
    return teller(language).sentence(figure, "population") if figure else ""


def _kept(asked: Choice) -> str:
    """What of the address is about a country page."""
    return f"known={asked.known.isoformat()}" if asked.known else ""
