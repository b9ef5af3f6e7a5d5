"""Example series for the demo: invented figures that look as real ones do, and say what they are.

`is_example` of their extraction marks them, and whatever is told of them repeats it. A real table
that is loaded takes their place, whatever its day; `contactpoint statistics remove-examples`
removes them all.
"""

from collections.abc import Iterator
from typing import Final

from django.db import transaction

from contactpoint.figures import Cube, Origin, harmonised
from contactpoint.figures import Dataset as Described
from contactpoint.figures import flags as flagging
from contactpoint.figures.building import Builder
from contactpoint.statistics.actions import dataset_row, forget_unused_series, store
from contactpoint.statistics.configured import sources
from contactpoint.statistics.drawing import Drawn, drawn
from contactpoint.statistics.models import Dataset, Extraction

PUBLISHER: Final = "Example series, not official figures"
_CODES: Final = {
    "citizen": "TOTAL", "sex": "T", "age": "TOTAL", "c_dest": "TOTAL", "duration": "TOTAL",
}  # fmt: skip


@transaction.atomic
def load_examples(*codes: str) -> int:
    """Two vintages of each dataset that has no figures yet, or of those named; how many extractions
    that made."""
    made = 0
    complete = Extraction.objects.filter(state=Extraction.State.COMPLETE)
    there = set(complete.values_list("dataset__code", flat=True))
    for one in sources().values():
        if one.dataset.code in there or (codes and one.dataset.code not in codes):
            continue
        row = dataset_row(one.dataset.code, Dataset.Source.EUROSTAT, one.dataset.title)
        for cube in examples(one.dataset):
            made += store(cube, row, source=PUBLISHER, before=None, is_example=True).is_new
    return made


@transaction.atomic
def remove_examples() -> int:
    """Remove them all, with what only they needed; how many extractions there were."""
    found = Extraction.objects.filter(is_example=True)
    count, rows = found.count(), list(Dataset.objects.filter(extractions__in=found).distinct())
    found.delete()
    for one in rows:
        forget_unused_series(one)
    return count


def examples(dataset: Described) -> Iterator[Cube]:
    """The vintages of a dataset, the older one first."""
    for one in drawn():
        yield harmonised(_cube(dataset, one), dataset)


def _cube(dataset: Described, vintage: Drawn) -> Cube:
    *ids, time = dataset.dimensions
    builder = Builder(PUBLISHER, (*ids, time))
    for varying, lines in vintage.table(dataset.code):
        codes = {"freq": dataset.frequency, "unit": dataset.unit, **_CODES, **varying}
        for geo, values in lines.items():
            key = tuple(geo if one == "geo" else codes[one] for one in ids)
            number = builder.series(key, geo)
            for when, value in values.items():
                told, letters = vintage.cell(dataset, geo, when, value)
                builder.add(number, builder.last(when.code, geo), told, flagging.packed(letters))
    return builder.cube(
        Origin(
            publisher=PUBLISHER, dataset=dataset.code, title=dataset.title, unit=dataset.unit,
            extracted=vintage.extracted,
        )
    )  # fmt: skip
