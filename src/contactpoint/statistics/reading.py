"""What pages and reports ask of the stored figures; each function says what it costs."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final, Protocol

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from contactpoint.figures import Figure, Indicator, Period, Vintage
from contactpoint.figures.datasets import read_data
from contactpoint.figures.places import is_country
from contactpoint.kit.prepared import rows
from contactpoint.statistics.configured import PUBLISHED, sources
from contactpoint.statistics.models import CodeList, Dataset, Extraction, Line, Series
from contactpoint.statistics.packing import key_of, measure_of
from contactpoint.statistics.unpacking import Unpacked

EU: tuple[str, ...] = ("EU27_2020", "EU28", "EU27_2007", "EU")
"""The groups of countries that have been the EU, the newest first."""
_FEW: Final = 16
"""Places for which a query is kept: pages ask for few, or for all."""


class Told(Protocol):
    """Figures of one place over time."""

    def at(self, when: Period) -> Figure | None:
        """The figure of a period; `None` where nobody said anything."""


def newest_extractions(
    codes: Collection[str], *, until: date | None = None
) -> dict[str, Extraction]:
    """The newest complete extraction of each dataset, of those known by `until`; a real one goes
    before an example. One query."""
    complete = Extraction.objects.filter(
        dataset=OuterRef("pk"), state=Extraction.State.COMPLETE
    ).order_by("is_example", "-last", "-pk")
    if until is not None:
        complete = complete.filter(last__lte=until)
    newest = Dataset.objects.filter(code__in=codes).annotate(
        newest=Subquery(complete.values("pk")[:1])
    )
    found = Extraction.objects.filter(pk__in=newest.values("newest"))
    rows = found.select_related("dataset").defer("findings").order_by()
    return {one.dataset.code: one for one in rows}


def lines(
    indicator: Indicator, extraction: Extraction, geos: Collection[str] | None = None
) -> dict[str, Unpacked]:
    """An indicator in one extraction, by place: those of `geos`, or all. One query."""
    return lines_of([indicator], {extraction.dataset.code: extraction}, geos).get(
        indicator.name, {}
    )


def lines_of(
    indicators: Iterable[Indicator],
    extractions: Mapping[str, Extraction],
    geos: Collection[str] | None = None,
) -> dict[str, dict[str, Unpacked]]:
    """Several indicators, by name and place, in the extraction of each one's dataset; what isn't
    stored is left out. One query, however many."""
    pairs = [
        (one, extraction)
        for one in indicators
        if (extraction := extractions.get(one.dataset.code)) is not None
    ]
    return {name: found for (name, _pk), found in lines_of_pairs(pairs, geos).items()}


def lines_of_pairs(
    pairs: Iterable[tuple[Indicator, Extraction]], geos: Collection[str] | None = None
) -> dict[tuple[str, int], dict[str, Unpacked]]:
    """Several indicators, each in an extraction, by both and place; an indicator may be asked for
    in several vintages. One query, however many."""
    wanted: dict[tuple[int, str, str], list[Indicator]] = {}
    by_key: dict[int, Extraction] = {}
    for one, extraction in pairs:
        asked = (extraction.pk, _key(one, extraction), one.dataset.frequency)
        wanted.setdefault(asked, []).append(one)
        by_key[extraction.pk] = extraction
    if not wanted:
        return {}
    extractions = sorted({asked[0] for asked in wanted})
    keys = sorted({asked[1] for asked in wanted})
    places = None if geos is None else sorted(geos)
    size = None if places is None else len(places)
    found = rows(
        ("lines", len(extractions), len(keys), size) if size is None or size <= _FEW else None,
        lambda values: _lines(values, len(extractions), len(keys), size),
        [*extractions, *keys, *(places or ())],
    )
    shared = {
        asked: [(one, _shared(one, by_key[asked[0]])) for one in ones]
        for asked, ones in wanted.items()
    }
    answer: dict[tuple[str, int], dict[str, Unpacked]] = {}
    for extraction_id, key, frequency, geo, begins, values, flags, gives in found:
        cells = (begins, values, flags, gives)
        for one, said in shared.get((extraction_id, key, frequency), ()):
            by_place = answer.setdefault((one.name, extraction_id), {})
            place = _place(geo, by_key[extraction_id])
            by_place[geo] = Unpacked(said, frequency, cells, place)
    return answer


def _lines(
    values: list[Any], extractions: int, keys: int, places: int | None
) -> "QuerySet[Any, Any]":
    found = Line.objects.filter(
        extraction__in=values[:extractions],
        series__key__in=values[extractions : extractions + keys],
    )
    if places is not None:
        found = found.filter(series__geo__in=values[extractions + keys :])
    return found.order_by().values_list(
        "extraction_id", "series__key", "series__frequency", "series__geo", "begins", "values",
        "flags", "gives",
    )  # fmt: skip


def lines_in(indicator: Indicator, extractions: Iterable[Extraction], geo: str) -> list[Unpacked]:
    """One indicator at one place in several extractions of its dataset, which may have had other
    dimensions. One query beside that of `extractions`."""
    keys = {(one.pk, _key(indicator, one)): one for one in extractions}
    rows = (
        Line.objects.filter(
            extraction__in={pk for pk, _key in keys},
            series__key__in={key for _pk, key in keys},
            series__geo=geo,
            series__frequency=indicator.dataset.frequency,
        )
        .order_by("extraction__last", "extraction_id")
        .values_list("extraction_id", "series__key", "begins", "values", "flags", "gives")
    )
    return [
        Unpacked(
            _shared(indicator, keys[pk, key]),
            indicator.dataset.frequency,
            cells,
            _place(geo, keys[pk, key]),
        )
        for pk, key, cells in ((row[0], row[1], row[2:]) for row in rows)
        if (pk, key) in keys
    ]


def eu_for(lines: Mapping[str, Told], when: Period, asked: str = "") -> str:
    """The group of countries that is the EU in these lines for a period: the one `asked` for, or of
    those with a figure the one that has most of what it is compared with, the newest first. Empty
    where none has a figure. Nothing is compared across groups: take all changes from its line."""

    def has(group: str, at: Period) -> bool:
        figure = lines[group].at(at)
        return figure is not None and figure.value is not None

    groups = [one for one in ((asked,) if asked else EU) if one in lines and has(one, when)]
    bases = {when.previous, when.year_before}
    return max(groups, key=lambda one: sum(has(one, base) for base in bases), default="")


def published_figures(
    measure: str, geos: Collection[str], periods: Collection[Period]
) -> list[Figure]:
    """What was printed at the time for some periods, of all vintages, the oldest first. One
    query."""
    return [
        one
        for line in printed_lines(measure, {when.frequency for when in periods}, geos)
        for when in periods
        if (one := line.at(when)) is not None
    ]


def printed_lines(
    measure: str, frequencies: Collection[str], geos: Collection[str] | None = None
) -> list[Unpacked]:
    """All that was printed at the time, a line for each place and vintage, the oldest first; of
    `geos`, or of all places. One query."""
    asked = sorted(frequencies)
    places = None if geos is None else sorted(geos)
    size = None if places is None else len(places)
    key = ("printed lines", len(asked), size) if size is None or size <= _FEW else None
    found = rows(
        key,
        lambda values: _printed(values, len(asked), size),
        [key_of(f"measure={measure}"), *asked, *(places or ())],
    )
    lines: list[Unpacked] = []
    for first, last, source, unit, geo, frequency, begins, values, flags, gives in found:
        template = Figure(
            None, Period(1, 1, "A"), geo, measure, unit, "", Vintage(first, last), 0.0, "flow",
            source,
        )  # fmt: skip
        lines.append(Unpacked(template, frequency, (begins, values, flags, gives)))
    return lines


def _printed(values: list[Any], frequencies: int, places: int | None) -> "QuerySet[Any, Any]":
    found = Line.objects.filter(
        series__dataset__code=PUBLISHED,
        series__key=values[0],
        series__frequency__in=values[1 : 1 + frequencies],
    )
    if places is not None:
        found = found.filter(series__geo__in=values[1 + frequencies :])
    return found.order_by("extraction__last", "extraction_id").values_list(
        "extraction__first", "extraction__last", "extraction__source", "extraction__unit",
        "series__geo", "series__frequency", "begins", "values", "flags", "gives",
    )  # fmt: skip


def countries_with_figures() -> list[str]:
    """The codes of the countries of which anything is stored that the portal shows. One query."""
    shown = {*(one.dataset.code for one in sources().values()), PUBLISHED}
    found = Series.objects.filter(dataset__code__in=shown).order_by()
    codes = found.values_list("geo", flat=True).distinct()
    return sorted(code for code in codes if is_country(code) and code in read_data("places"))


def labels(code: str, language: str) -> dict[str, dict[str, str]]:
    """What the codes of a dataset are called, by dimension, where a file has said it. One query."""
    rows = CodeList.objects.filter(dataset__code=code, language=language)
    return dict(rows.values_list("dimension", "labels"))


def places_of(indicators: Iterable[Indicator]) -> dict[str, set[str]]:
    """Where indicators have figures in the newest extraction, by name. Two queries."""
    asked = list(indicators)
    extractions = newest_extractions({one.dataset.code for one in asked})
    wanted: dict[tuple[int, str], list[str]] = {}
    for one in asked:
        extraction = extractions.get(one.dataset.code)
        if extraction is not None:
            wanted.setdefault((extraction.pk, _key(one, extraction)), []).append(one.name)
    rows = Line.objects.filter(
        extraction__in={pk for pk, _series in wanted},
        series__key__in={series for _pk, series in wanted},
    )
    return _by_name(
        wanted, rows.order_by().values_list("extraction_id", "series__key", "series__geo")
    )


def printed_places(measures: Collection[str]) -> dict[str, set[str]]:
    """Where something was printed at the time, by its name there. One query."""
    wanted = {(0, key_of(f"measure={measure}")): [measure] for measure in measures}
    rows = Line.objects.filter(
        series__dataset__code=PUBLISHED, series__key__in=[series for _none, series in wanted]
    )
    found = rows.values_list("series__key", "series__geo").distinct().order_by()
    return _by_name(wanted, ((0, key, geo) for key, geo in found))


def _by_name(
    wanted: Mapping[tuple[int, str], list[str]], rows: Iterable[tuple[int, str, str]]
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pk, key, geo in rows:
        for name in wanted.get((pk, key), ()):
            found.setdefault(name, set()).add(geo)
    return found


def dataset_rows() -> list[tuple[Dataset, list[Extraction]]]:
    """All datasets with their extractions, the newest first. Two queries."""
    bare = Extraction.objects.defer("description", "findings")
    found = Dataset.objects.prefetch_related(Prefetch("extractions", bare))
    return [(one, list(one.extractions.all())) for one in found]


def _key(indicator: Indicator, extraction: Extraction) -> str:
    """Of the series in an extraction: a dimension that it has with one code needs no naming, and
    one that it doesn't have none either."""
    dimensions: Mapping[str, list[str]] = extraction.description.get("dimensions", {})
    codes = {
        name: indicator.codes.get(name) or (known[0] if len(known) == 1 else "")
        for name, known in dimensions.items()
    }
    if "freq" in dimensions:
        codes["freq"] = indicator.dataset.frequency
    return key_of(measure_of(codes.items()))


def _place(geo: str, extraction: Extraction) -> str:
    return extraction.aggregate if geo == "EU" and extraction.aggregate else geo


def _shared(indicator: Indicator, extraction: Extraction) -> Figure:
    rounding = indicator.dataset.rounding
    return Figure(
        value=None,
        period=Period(1, 1, "A"),
        measure=indicator.name,
        unit=indicator.codes.get("unit") or extraction.unit,
        vintage=extraction.vintage,
        give=rounding / 2 if rounding > 1 else 0.0,
        kind=indicator.dataset.kind,
        source=f"{extraction.publisher or 'Eurostat'} ({extraction.dataset.code})",
        is_example=extraction.is_example,
    )
