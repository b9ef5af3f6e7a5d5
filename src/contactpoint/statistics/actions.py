"""Stores extractions: whole or not at all, beside the ones before, and each only once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, islice
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from contactpoint.figures import (
    Cube,
    Description,
    Dimension,
    FiguresError,
    SurprisingError,
    Vintage,
    describe,
    vintage,
)
from contactpoint.figures.published import published
from contactpoint.statistics.configured import PUBLISHED, sources
from contactpoint.statistics.models import CodeList, Dataset, Extraction, Line, Series
from contactpoint.statistics.packing import Packed, checksum, key_of, packed, packed_figures
from contactpoint.statistics.surprising import surprising

_BATCH: Final = 500
NEVER: Final = timedelta(days=36_500)
"""How long a dataset waits that nobody fetches."""


OnPart = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an extraction. `is_new` is false where the same figures were there already."""

    extraction: Extraction
    is_new: bool


def dataset_row(code: str, source: str, title: str = "") -> Dataset:
    """The row of a dataset, made where it is missing."""
    defaults = {"source": source, "title": title[:500]}
    return Dataset.objects.get_or_create(code=code, defaults=defaults)[0]


def newest(dataset: Dataset, *, is_example: bool = False) -> Extraction | None:
    """Its newest complete extraction, of those that are real or of the examples."""
    complete = dataset.extractions.filter(state=Extraction.State.COMPLETE, is_example=is_example)
    return complete.order_by("-last", "-pk").first()


def store(
    cube: Cube,
    dataset: Dataset,
    *,
    source: str,
    before: Description | None,
    file_checksum: str = "",
    language: str = "en",
    accept: bool = False,
    is_example: bool = False,
    rounding: float | None = None,
    on_part: OnPart = lambda _done, _of: None,
) -> Stored:
    """Store a harmonised cube as a new extraction. A real one takes the place of all examples.
    `on_part` is told how many series are stored, of how many. `rounding` is to how much the source
    rounds, where its dataset isn't configured. A cell that only says that there is no number is
    stored as one that isn't there, since half of the formats leave those out.

    It is held against the newest one, or against `before` where there is none. Raises
    `SurprisingError` where something surprises and `accept` doesn't pass over it: then it is noted
    as set aside, and nothing else changes. Raises `FiguresError` without a day of extraction."""
    if cube.origin.extracted is None:
        raise FiguresError("The day of extraction isn't known. Give it by --extracted 2019-06-17.")
    labels = {one.id: one for one in cube.dimensions if one.labels}
    cube = cube.without_empty()
    last = newest(dataset, is_example=is_example)
    known = Description.from_plain(last.description) if last else before
    facts: dict[str, Any] = {
        "first": cube.origin.extracted,
        "last": cube.origin.extracted,
        "source": source[:1000],
        "publisher": cube.origin.publisher[:500],
        "updated": cube.origin.updated[:100],
        "aggregate": cube.origin.aggregate[:40],
        "unit": cube.origin.unit[:200],
        "file_checksum": file_checksum,
        "description": describe(cube).to_plain(),
        "cells": len(cube),
        "is_example": is_example,
    }
    lines = list(packed(cube))
    digest = checksum(lines, facts["unit"], facts["aggregate"])
    is_judged = not (accept or is_example)
    found = list(surprising(cube, lines, known, last, rounding)) if is_judged else []
    if found:
        surprise = SurprisingError(source, found)
        _set_aside(dataset, digest, facts, surprise)
        raise surprise
    return _store(dataset, lines, digest, facts, language=language, labels=labels, on_part=on_part)


def load_shipped() -> None:
    """The datasets that are fetched, as rows; and the figures that were published at the time, each
    vintage an extraction of its own. Repeatable; it adds only what is new."""
    for one in sources().values():
        dataset_row(one.dataset.code, Dataset.Source.EUROSTAT, one.dataset.title)
    dataset = dataset_row(PUBLISHED, Dataset.Source.PUBLISHED, "Figures as they were published")
    rows = [(row.figure, _publication(row.figure.source)) for row in published()]
    rows.sort(key=lambda row: (str(row[0].vintage), row[1]))
    for (when, source), found in groupby(rows, key=lambda row: (str(row[0].vintage), row[1])):
        figures = [figure for figure, _source in found]
        measures = sorted({one.measure for one in figures})
        lines = [
            line
            for measure in measures
            for line in packed_figures(
                f"measure={measure}", [one for one in figures if one.measure == measure]
            )
        ]
        told: Vintage = vintage(when)
        facts = {
            "first": told.first, "last": told.last, "source": source, "publisher": source,
            "unit": "PER", "cells": len(figures),
        }  # fmt: skip
        _store(dataset, lines, checksum(lines, when, source), facts)
    dataset.note_good(NEVER)


def _publication(source: str) -> str:
    """Where figures were printed, without what is said of a single one of them in brackets."""
    kept, bracket, said = source.rpartition(" (")
    return kept if bracket and any(letter.isdecimal() for letter in said) else source


def _store(
    dataset: Dataset,
    lines: list[Packed],
    digest: str,
    facts: Mapping[str, Any],
    *,
    language: str = "en",
    labels: Mapping[str, Dimension] | None = None,
    on_part: OnPart = lambda _done, _of: None,
) -> Stored:
    with transaction.atomic():
        # Two that load one dataset at a time: the second waits, and finds the figures there.
        Dataset.objects.select_for_update().get(pk=dataset.pk)
        known = _same(dataset, digest, facts)
        if known is not None:
            return Stored(known, is_new=False)
        extraction = Extraction.objects.create(
            dataset=dataset, state=Extraction.State.COMPLETE, checksum=digest,
            lines_count=len(lines), **facts,
        )  # fmt: skip
        keys = _series(dataset, lines)
        made = (
            Line(
                extraction=extraction, series_id=keys[_name(one)], begins=one.begins,
                values=one.values, flags=one.flags, gives=one.gives,
            )
            for one in lines
        )  # fmt: skip
        done = 0
        for batch in _batches(made):
            Line.objects.bulk_create(batch)
            done += len(batch)
            on_part(done, len(lines))
        if not extraction.is_example:
            _settle(dataset, extraction)
        for name, dimension in (labels or {}).items():
            _keep_labels(dataset, language, name, dimension)
    return Stored(extraction, is_new=True)


def _settle(dataset: Dataset, extraction: Extraction) -> None:
    """Remove what a real extraction takes the place of: examples, and what was set aside until
    then, which was looked at or has been overtaken."""
    gone = Q(is_example=True) | Q(state=Extraction.State.ASIDE, last__lte=extraction.last)
    _count, rows = dataset.extractions.filter(gone).delete()
    if rows.get(Line._meta.label):  # what is set aside has none
        forget_unused_series(dataset)


def forget_unused_series(dataset: Dataset) -> None:
    """Remove series that no extraction has: those of examples that are gone."""
    dataset.series.filter(lines=None).delete()


def _same(dataset: Dataset, digest: str, facts: Mapping[str, Any]) -> Extraction | None:
    """The extraction that holds these figures: the newest one, unless these are older; or one of
    the same day. Of what was published, any."""
    found = dataset.extractions.filter(checksum=digest, state=Extraction.State.COMPLETE)
    if dataset.source == Dataset.Source.PUBLISHED:
        return found.first()
    same = list(found.filter(is_example=facts["is_example"]).order_by("-last", "-pk"))
    last = newest(dataset, is_example=facts["is_example"]) if same else None
    if last is not None and last in same and last.last <= facts["last"]:
        return last
    days = (facts["first"], facts["last"])
    return next((one for one in same if (one.first, one.last) == days), None)


def _set_aside(
    dataset: Dataset, digest: str, facts: Mapping[str, Any], surprise: SurprisingError
) -> None:
    findings = [
        {"surprise": one.surprise, "place": one.place, "message": one.message}
        for one in surprise.findings
    ]
    Extraction.objects.update_or_create(
        dataset=dataset, state=Extraction.State.ASIDE, checksum=digest,
        defaults={**facts, "findings": findings},
    )  # fmt: skip


def _name(line: Packed) -> tuple[str, str, str]:
    return key_of(line.measure), line.frequency, line.geo


def _series(dataset: Dataset, lines: list[Packed]) -> dict[tuple[str, str, str], int]:
    """The keys of all series of a dataset, with those made that are new."""
    known = _known(dataset)
    new = (
        Series(
            dataset=dataset, key=key_of(one.measure), measure=one.measure, geo=one.geo,
            frequency=one.frequency,
        )
        for one in lines
        if _name(one) not in known
    )  # fmt: skip
    is_changed = False
    for batch in _batches(new):
        Series.objects.bulk_create(batch)
        is_changed = True
    return _known(dataset) if is_changed else known


def _known(dataset: Dataset) -> dict[tuple[str, str, str], int]:
    rows = dataset.series.values_list("key", "frequency", "geo", "pk")
    return {(key, frequency, geo): pk for key, frequency, geo, pk in rows.iterator()}


def _keep_labels(dataset: Dataset, language: str, name: str, dimension: Dimension) -> None:
    """What a newer file calls a code holds; codes that it doesn't have keep their names."""
    row, _made = CodeList.objects.get_or_create(
        dataset=dataset, language=language, dimension=name, defaults={"label": dimension.label}
    )
    labels = {**row.labels, **dimension.labels}
    if labels != row.labels or (dimension.label and dimension.label != row.label):
        row.labels, row.label = labels, dimension.label or row.label
        row.save(update_fields=["labels", "label"])


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
