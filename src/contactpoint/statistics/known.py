"""Several vintages at once: the extractions as known on some days, and all that was printed."""

from collections.abc import Collection
from datetime import date

from contactpoint.figures import Figure, Period, Vintage
from contactpoint.statistics.configured import PUBLISHED
from contactpoint.statistics.models import Extraction, Line
from contactpoint.statistics.packing import key_of
from contactpoint.statistics.unpacking import Unpacked

Known = tuple[str, date | None]
"""The code of a dataset, and the day by which it was known; None is today."""


def extractions_until(
    asked: Collection[Known],
) -> dict[Known, Extraction]:
    """The newest complete extraction of each dataset as known on a day, or today; a real one goes
    before an example. Two queries, however many days."""
    days = Extraction.objects.filter(
        dataset__code__in={code for code, _until in asked}, state=Extraction.State.COMPLETE
    ).order_by("is_example", "-last", "-pk")
    known = list(days.values_list("dataset__code", "last", "pk"))
    chosen = {
        (code, until): next(
            (
                pk
                for dataset, last, pk in known
                if dataset == code and (until is None or last <= until)
            ),
            None,
        )
        for code, until in asked
    }
    rows = Extraction.objects.filter(pk__in={pk for pk in chosen.values() if pk}).order_by()
    by_key = {one.pk: one for one in rows.select_related("dataset").defer("findings")}
    return {one: by_key[pk] for one, pk in chosen.items() if pk in by_key}


def published_lines(measures: Collection[str]) -> dict[str, list[Unpacked]]:
    """What was printed at the time, by measure, a line for each place and vintage, the oldest
    first; there are few. One query."""
    names = {key_of(f"measure={one}"): one for one in measures}
    found = Line.objects.filter(series__dataset__code=PUBLISHED, series__key__in=names)
    rows = found.order_by("extraction__last", "extraction_id").values_list(
        "extraction__first", "extraction__last", "extraction__source", "extraction__unit",
        "series__key", "series__geo", "series__frequency", "begins", "values", "flags", "gives",
    )  # fmt: skip
    answer: dict[str, list[Unpacked]] = {}
    for first, last, source, unit, key, geo, frequency, begins, values, flags, gives in rows:
        measure = names[key]
        template = Figure(
            None, Period(1, 1, "A"), geo, measure, unit, "", Vintage(first, last), 0.0, "flow",
            source,
        )  # fmt: skip
        line = Unpacked(template, frequency, (begins, values, flags, gives))
        answer.setdefault(measure, []).append(line)
    return answer
