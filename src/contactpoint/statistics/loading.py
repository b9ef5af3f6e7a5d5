"""Brings figures in: from a file in any format that the library reads, or from Eurostat."""

import hashlib
import re
import shlex
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import numpy as np
from django.conf import settings
from django.utils import timezone

from contactpoint.figures import (
    Cube,
    FiguresError,
    Limits,
    SurprisingError,
    UnreadableError,
    expected,
    harmonised,
    period,
)
from contactpoint.figures import Dataset as Described
from contactpoint.figures import flags as flagging
from contactpoint.figures.datasets import datasets
from contactpoint.figures.formats import read, write
from contactpoint.figures.formats.opening import whole
from contactpoint.figures.national import Mapped, mapping, read_national
from contactpoint.statistics import eurostat, nationals
from contactpoint.statistics.actions import NEVER, OnPart, Stored, dataset_row, store
from contactpoint.statistics.configured import Source, source, sources
from contactpoint.statistics.models import Dataset

_OF_MAPPING: Final = Limits(packed=1 << 20, unpacked=1 << 20, whole=1 << 20)
_DAY: Final = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")


class SetAsideError(FiguresError):
    """Figures surprise; the message says by what, and how a person who has looked takes them."""

    def __init__(self, surprise: SurprisingError, path: Path, **options: str) -> None:
        said = [str(path), *(f"--{name}={value}" for name, value in options.items() if value)]
        super().__init__(
            f"{surprise} If all is right: contactpoint statistics load {shlex.join(said)} --accept"
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file. `dated_by_file` says that nobody told the day of extraction, so that
    it is the day on which the file was saved."""

    stored: Stored
    dated_by_file: bool = False


def load_file(
    path: Path,
    *,
    code: str = "",
    extracted: date | None = None,
    mapped: Path | None = None,
    language: str = "en",
    accept: bool = False,
    on_part: eurostat.OnPart = lambda _done, _of, _what: None,
) -> Loaded:
    """Store the figures of a file. `code` names the dataset where the file doesn't; `mapped` is the
    mapping of a national table. Raises `FiguresError`; `OSError` where it can't be opened."""
    on_part(0, 0, "reading")
    said = mapping(_text(mapped)) if mapped else None
    cube = read_national(path, said) if said else read(path)
    dated_by_file = extracted is None and cube.origin.extracted is None
    day = extracted or cube.origin.extracted or _saved_on(path)
    if day > timezone.localdate():
        raise FiguresError(f"{day} lies ahead; figures can't have been extracted then.")
    changed = _day_in(cube.origin.updated)
    if changed and day < changed:
        raise FiguresError(
            f"{path.name} was changed by its source on {changed}; it can't have been extracted on "
            f"{day}. Tell the right day by --extracted."
        )
    described = _own_description(cube, said) if said else _described(cube, path, code)
    cube = harmonised(cube.with_origin(extracted=day), described)
    _refuse_figures_of_later(cube, day, path.name)
    if said is not None:
        nationals.check(said, cube, described.code)
    kind = Dataset.Source.EUROSTAT if described.code in datasets() else Dataset.Source.NATIONAL
    try:
        stored = store(
            cube,
            dataset_row(described.code, kind, described.title or cube.origin.title),
            source=path.name,
            before=expected(described) if kind == Dataset.Source.EUROSTAT else None,
            file_checksum=_checksum(path),
            language=language,
            accept=accept,
            rounding=described.rounding,
            on_part=lambda done, of: on_part(done, of, "series stored"),
        )
    except SurprisingError as surprise:
        # Without the same options it would be another dataset, or another vintage.
        raise SetAsideError(
            surprise, path, dataset=code, extracted=str(day), mapping=str(mapped or ""),
            language=language if language != "en" else "",
        ) from surprise  # fmt: skip
    if said is not None:
        nationals.keep(stored.extraction.dataset, said, described)
    _note_good(stored)
    return Loaded(stored, dated_by_file)


def load_dataset(
    code: str,
    *,
    accept: bool = False,
    on_part: eurostat.OnPart = lambda _done, _of, _what: None,
    wait: Callable[[float], object] = time.sleep,
) -> Stored:
    """Fetch a dataset from Eurostat and store it. Raises `FiguresError`; what is wrong also stands
    in the dataset's `problem`, and the figures that were there stay."""
    wanted = source(code)
    dataset = dataset_row(wanted.dataset.code, Dataset.Source.EUROSTAT, wanted.dataset.title)
    folder: Path = settings.DATA / "statistics" / "fetched" / wanted.dataset.code
    try:
        cube = eurostat.fetched(
            wanted, folder, today=timezone.localdate(), on_part=on_part, wait=wait
        )
        stored = _stored(
            harmonised(cube, wanted.dataset), wanted, dataset, accept=accept,
            on_part=lambda done, of: on_part(done, of, "series stored"),
        )  # fmt: skip
    except FiguresError as error:
        if isinstance(error, SetAsideError):
            eurostat.forget(folder)
        dataset.note_problem(str(error), wanted.every)
        raise
    eurostat.forget(folder)
    _note_good(stored)
    return stored


def _stored(
    cube: Cube, wanted: Source, dataset: Dataset, *, accept: bool, on_part: OnPart
) -> Stored:
    """Stores what was fetched; what surprises is kept as a file for the person who looks."""
    try:
        return store(
            cube, dataset, source=f"{eurostat.ADDRESS}/{wanted.dataset.code}",
            before=expected(wanted.dataset), accept=accept, on_part=on_part,
        )  # fmt: skip
    except SurprisingError as surprise:
        folder: Path = settings.DATA / "statistics" / "aside"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{cube.origin.dataset}-{cube.origin.extracted}.json"
        path.write_bytes(write(cube, "json-stat"))
        raise SetAsideError(surprise, path) from surprise


def _refuse_figures_of_later(cube: Cube, day: date, name: str) -> None:
    """Nobody can have extracted figures of a period that hadn't begun, but for forecasts."""
    time = cube.time
    stride = cube.strides[cube.dimensions.index(time)]
    is_said = ~np.isnan(cube.values) & (cube.flags & flagging.packed(flagging.FORECAST) == 0)
    used = np.unique(cube.positions[is_said] // stride % len(time.codes))
    last = max((period(time.codes[at]) for at in used.tolist()), default=None)
    if last is not None and day < date(last.year, last.month, 1):
        raise FiguresError(
            f"{name} has figures of {last.code}, which had not begun on {day}; they can't have "
            "been extracted then. Tell the right day by --extracted."
        )


def _note_good(stored: Stored) -> None:
    dataset = stored.extraction.dataset
    known = sources().get(dataset.code)
    dataset.note_good(known.every if known else NEVER)


def _described(cube: Cube, path: Path, code: str) -> Described:
    """The description of the dataset that a file holds. Raises `FiguresError`."""
    known = datasets()
    said = [code, cube.origin.dataset, *_named_by(path)]
    found = next((one.lower() for one in said if one.lower() in known), "")
    if code and found != code.lower():
        raise FiguresError(f"No dataset {code!r} is configured. There are: {', '.join(known)}.")
    if cube.origin.dataset.lower() in known and found != cube.origin.dataset.lower():
        raise FiguresError(f"{path.name} holds {cube.origin.dataset}, not {code}.")
    if not found:
        what = cube.origin.dataset or "no dataset"
        raise FiguresError(
            f"{path.name} names {what[:100]}, which isn't configured. Say which one it is by "
            f"--dataset: {', '.join(known)}; or describe a table of your own by --mapping."
        )
    return known[found]


def _named_by(path: Path) -> list[str]:
    """`estat_migr_asyappctzm_en.tsv.gz` is a name that Eurostat gives."""
    return [code for code in datasets() if code in path.name.lower()]


def _own_description(cube: Cube, said: Mapped) -> Described:
    """Of a table that its mapping describes: it has no names of before."""
    if not cube.origin.dataset:
        raise FiguresError('The mapping names no dataset. Add a line such as dataset = "be-x".')
    if cube.origin.dataset.lower() in datasets():
        raise FiguresError(f"{cube.origin.dataset} is a dataset of Eurostat's. Name it otherwise.")
    if len(cube.origin.dataset) > 100:
        raise FiguresError("The dataset's name is too long. Use up to 100 characters.")
    ids = tuple(one.id for one in cube.dimensions if one.id != "time")
    frequency = period(cube.time.codes[0]).frequency
    return Described(
        cube.origin.dataset, cube.origin.title, frequency, said.kind, said.rounding,
        cube.origin.unit,
        (*ids, "time"), "a mapping",
    )  # fmt: skip


def _text(mapped: Path) -> str:
    try:
        return whole(mapped, _OF_MAPPING).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{mapped.name} is not UTF-8 text. Save it as UTF-8.") from error


def _saved_on(path: Path) -> date:
    try:
        saved = datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
    except (ValueError, OverflowError) as error:
        raise FiguresError(
            f"When {path.name} was saved can't be told. Give its day by --extracted 2019-06-17."
        ) from error
    return timezone.localdate(saved)


def _day_in(updated: str) -> date | None:
    """The day that a source says it changed its figures on; none where it says it otherwise."""
    match = _DAY.match(updated)
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
