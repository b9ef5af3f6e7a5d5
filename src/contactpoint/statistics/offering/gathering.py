"""Tables of what an address asks for: an indicator, a country, several countries.

Each costs what `choosing.chosen_of` does, and a query for the names of the indicators.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from contactpoint.figures import Period
from contactpoint.figures.places import place
from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import concept_url
from contactpoint.statistics.addresses import (
    comparison_url,
    country_slug,
    country_url,
    indicator_url,
)
from contactpoint.statistics.choice import (
    ANY_EU,
    WORDS,
    Choice,
    ChoiceError,
    UnknownIndicatorError,
    frequencies,
    known_places,
)
from contactpoint.statistics.choosing import Chosen, chosen, chosen_of
from contactpoint.statistics.configured import Shown, shown
from contactpoint.statistics.models import Dataset
from contactpoint.statistics.naming import names
from contactpoint.statistics.offering.citing import EUROSTAT, dataset_address
from contactpoint.statistics.offering.tables import Part, Table
from contactpoint.statistics.showing import label_of

_PARAMETERS: Final = ("indicator", "by", "since", "until", "place", "known", "eu")


class NothingThereError(ChoiceError):
    """The address names something that there isn't: an answer of 404, not of 400."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an indicator is called, and what the glossary says of it."""

    label: str
    definition: str = ""
    url: str = ""


def indicator_table(name: str, query: QueryDict, language: str) -> Table:
    """An indicator at all places asked for. Raises `ChoiceError`."""
    try:
        found = chosen(Choice.read(name, query))
    except UnknownIndicatorError as error:
        raise NothingThereError(str(error)) from error
    return table_of(found, language)


def table_of(found: Chosen, language: str) -> Table:
    """The figures of a choice, at the address of its indicator. One query."""
    part = part_of(found, said_of([found.choice.shown], language)[found.choice.shown.name])
    return _table(found, part, language)


def outline_of(found: Chosen, language: str) -> Table:
    """The same without a single figure, for what is only said of them. No query, and cheap."""
    said = Said(label_of(found.choice.shown, language))
    return _table(found, part_of(found, said, is_outline=True), language)


def _table(found: Chosen, part: Part, language: str) -> Table:
    choice, name = found.choice, found.choice.shown.name
    return Table(
        title=part.label,
        language=language,
        page=settings.BASE_URL + choice.address(language=language),
        address=_bare(indicator_url(name, language, "csv")),
        parts=[part],
        query=choice.query(),
        name=name,
    )


def country_table(code: str, query: QueryDict, language: str) -> Table:
    """All indicators for a country and for the EU. Raises `ChoiceError`."""
    geo = place(code.upper())
    if geo not in known_places():
        raise NothingThereError(
            _("No country has the code “%(said)s”. Write it as Eurostat does: be, de, el.")
            % {"said": code[:40]}
        )
    asked = _known(query, without=("place", "indicator"))
    wanted = asked.copy()
    wanted.setlist("place", [geo, ANY_EU])
    parts = _parts(list(shown().values()), wanted, language)
    return _of_country(geo, parts, asked, language)


def country_outline(geo: str, found: Iterable[Chosen], language: str) -> Table:
    """The same without a single figure, as known on the day of the newest. No query."""
    told = [one for one in found if one.lines]
    return _of_country(geo, _outlines(told, language), _pinned(told, QueryDict()), language)


def _of_country(geo: str, parts: Sequence[Part], asked: QueryDict, language: str) -> Table:
    return Table(
        title=_("Statistics: %(place)s") % {"place": names(language).place(geo)},
        language=language,
        page=_with(settings.BASE_URL + country_url(geo, language), asked),
        address=_bare(country_url(geo, language, "csv")),
        parts=parts,
        query=asked.urlencode(),
        name=f"statistics-{country_slug(geo)}",
    )


def _outlines(found: Iterable[Chosen], language: str) -> list[Part]:
    return [
        part_of(one, Said(label_of(one.choice.shown, language)), is_outline=True) for one in found
    ]


def _pinned(found: Iterable[Chosen], query: QueryDict) -> QueryDict:
    """As these figures will be found again when they have been revised."""
    made = _known(query)
    days = [
        one.vintage.last for one in found
        if one.vintage and not (one.is_example or one.is_printed)
    ]  # fmt: skip
    if days and "known" not in made:
        made["known"] = max(days).isoformat()
    return made


def comparison_table(query: QueryDict, language: str) -> Table:
    """Countries beside each other, in the indicators that `indicator` names or in all. Raises
    `ChoiceError`."""
    for name in query.getlist("indicator"):
        if name not in shown():
            Choice.read(name, query)
    wanted = query.getlist("indicator") or [*shown()]
    parts = _parts([shown()[name] for name in dict.fromkeys(wanted)], query, language)
    return _of_comparison(parts, _known(query), language)


def comparison_outline(found: Chosen, query: QueryDict, language: str) -> Table:
    """The same of one indicator without a single figure, as known on its day. No query."""
    return _of_comparison(_outlines([found], language), _pinned([found], query), language)


def _of_comparison(parts: Sequence[Part], query: QueryDict, language: str) -> Table:
    said = names(language)
    places = dict.fromkeys(place(one.strip().upper()) for one in query.getlist("place"))
    named = ", ".join(map(said.place, places))
    return Table(
        title=_("Statistics: %(place)s") % {"place": named} if named else _("Statistics"),
        language=language,
        page=_with(settings.BASE_URL + comparison_url(language), query),
        address=_bare(comparison_url(language, "csv")),
        parts=parts,
        query=query.urlencode(),
        name="statistics-compared",
    )


def part_of(found: Chosen, told: Said, *, is_outline: bool = False) -> Part:
    """The figures of a choice with all that is known of them; the periods asked for only."""
    one, extraction = found.choice.shown, found.extraction
    periods = () if is_outline else found.periods
    lines = {
        geo: {when: figure for when in periods if (figure := line.at(when)) is not None}
        for geo, line in found.lines.items()
    }
    is_eurostat = extraction is not None and extraction.dataset.source == Dataset.Source.EUROSTAT
    dataset = extraction.dataset.code if extraction is not None else ""
    publisher = _publisher(found)
    return Part(
        name=one.name,
        label=told.label,
        lines=lines,
        unit=found.unit,
        publisher=publisher,
        dataset=dataset,
        address=dataset_address(dataset) if is_eurostat and not found.is_example else "",
        vintage=found.vintage,
        updated=extraction.updated if extraction is not None else "",
        changed=extraction.made_at if extraction is not None else None,
        checksum=extraction.checksum if extraction is not None else "",
        give=next((f.give for line in lines.values() for f in line.values()), 0.0),
        concept=settings.BASE_URL + told.url if told.url else "",
        definition=told.definition,
        is_computed=_is_computed(found),
        is_example=found.is_example,
        is_printed=found.is_printed,
    )


def said_of(indicators: Iterable[Shown], language: str) -> dict[str, Said]:
    """Names and definitions of indicators, by their name. One query."""
    asked = list(indicators)
    rows = Concept.objects.filter(slug__in=[one.concept for one in asked]).order_by()
    meant = dict(rows.values_list("slug", f"definitions__{language}__text"))
    return {
        one.name: Said(
            label_of(one, language),
            meant.get(one.concept) or "",
            concept_url(one.concept, language) if one.concept in meant else "",
        )
        for one in asked
    }


def _parts(indicators: Sequence[Shown], query: QueryDict, language: str) -> list[Part]:
    by = query.get("by", "").strip()
    if by and by not in WORDS:
        raise ChoiceError(
            _("It isn't counted by “%(said)s”. There is: %(words)s.")
            % {"said": by[:40], "words": ", ".join(WORDS)}
        )
    usual = query.copy()
    usual.pop("by", None)
    # What is only counted by the year is told by the year, beside the quarters of the rest.
    choices = [
        Choice.read(one.name, query if by and WORDS[by] in frequencies(one) else usual)
        for one in indicators
    ]
    said = said_of(indicators, language)
    return [part_of(found, said[found.choice.shown.name]) for found in chosen_of(choices)]


def _is_computed(found: Chosen) -> bool:
    """Whether quarters were added up from months here."""
    counted = found.choice.shown.counted(Period(2000, 1, found.choice.frequency))
    return found.extraction is not None and counted is not None and counted[0].made_of is not None


def _publisher(found: Chosen) -> str:
    """Who published the figures, without the table."""
    if found.extraction is None:
        return EUROSTAT
    return found.extraction.publisher or EUROSTAT


def _bare(url: str) -> str:
    """The whole address of data, without the name of a format."""
    return settings.BASE_URL + url.rpartition(".")[0]


def _known(query: QueryDict, without: Sequence[str] = ()) -> QueryDict:
    """The parameters that mean something here, in an order of our own."""
    made = QueryDict(mutable=True)
    for name in _PARAMETERS:
        if name in query and name not in without:
            made.setlist(name, query.getlist(name))
    return made


def _with(url: str, query: QueryDict) -> str:
    said = query.urlencode()
    return f"{url}?{said}" if said else url
