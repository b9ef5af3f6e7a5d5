"""Eurostat's TSV: a line a series, a column a period, `:` for none, flags after the number.

The first cell of the first line names the dimensions, the one across after a backslash:
`freq,unit,citizen,sex,applicant,age,geo\\TIME_PERIOD`. Before 2022: `unit,…,geo\\time`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from math import isnan
from typing import Final

from contactpoint.figures import flags as flagging
from contactpoint.figures.building import Builder, check_code, repeated
from contactpoint.figures.errors import FiguresError, UnreadableError
from contactpoint.figures.formats import numbers
from contactpoint.figures.formats.formats import Format
from contactpoint.figures.formats.opening import Lines, Source, lines, name_of
from contactpoint.figures.limits import Limits, too_much
from contactpoint.figures.model import Cube, Origin, Role, Row, Rows

_MOST_KEPT: Final = 50_000
_ROLES: Final[dict[str, Role]] = {"time": "time", "time_period": "time", "geo": "geo"}


class Tsv(Format):
    """Whole datasets in the smallest file that Eurostat offers."""

    name = "tsv"
    title = "Eurostat's TSV"
    suffixes = (".tsv", ".tsv.gz")
    media_type = "text/tab-separated-values"

    def looks_like(self, head: str) -> bool:
        """The first cell has dimensions and a backslash."""
        return "\\" in head.split("\n", 1)[0].split("\t", 1)[0] and "\t" in head

    def read(self, source: Source, limits: Limits) -> Cube:
        """The cube; `UnreadableError` names line and period."""
        with lines(source, limits) as text:
            table = _Table(text, limits)
            builder = Builder(text.name, table.ids, limits)
            last = [builder.last(code, "line 1") for code in table.periods]
            numbers_of_lines = array("q")
            for codes, cells in table:
                series = builder.series(codes, f"line {text.number}")
                builder.extend(series, last, *_split(cells))
                numbers_of_lines.append(text.number)
        width = len(table.periods)

        def where(cell: int) -> str:
            return f"line {numbers_of_lines[cell // width]}, period {table.periods[cell % width]}"

        origin = Origin(publisher="Eurostat", dataset=_dataset(source))
        return builder.cube(origin, where=where, roles=roles_of(table.ids))

    def rows(self, source: Source, limits: Limits) -> Rows:
        """Rows as they stand, a line in memory at a time."""
        with lines(source, limits) as text:
            ids = _Table(text, limits).ids
        origin = Origin(publisher="Eurostat", dataset=_dataset(source))
        return Rows(tuple(ids), self._rows(source, limits), origin)

    @staticmethod
    def _rows(source: Source, limits: Limits) -> Iterator[Row]:
        with lines(source, limits) as text:
            table = _Table(text, limits)
            for codes, cells in table:
                for period, (value, bits) in zip(table.periods, cells, strict=True):
                    shown = None if isnan(value) else value
                    yield Row((*codes, period), shown, flagging.letters(bits) if bits else "")


def roles_of(ids: list[str]) -> dict[str, Role]:
    """The roles that Eurostat's names of dimensions tell."""
    return {one: _ROLES[one.lower()] for one in ids if one.lower() in _ROLES}


class _Table:
    """The lines of a file as codes and cells."""

    def __init__(self, text: Lines, limits: Limits) -> None:
        self._text = text
        head = next(text, "").rstrip("\r\n").split("\t")
        names, slash, across = head[0].partition("\\")
        if not slash or len(head) < 2:
            raise UnreadableError(
                f"{text.name}, line 1: Eurostat's TSV begins with the names of dimensions, a "
                "backslash, and periods between tabs. Was another format chosen?"
            )
        if len(head) - 1 > limits.codes:
            raise too_much(f"{text.name}, line 1", "periods", len(head) - 1, limits.codes)
        self.ids = [one.strip() for one in names.split(",")] + [across.strip()]
        self.periods = [one.strip() for one in head[1:]]
        for one in self.periods:
            check_code(one, f"{text.name}, line 1", limits)
        if twice := repeated(self.periods):
            raise UnreadableError(f"{text.name}, line 1: {twice} stands twice. Remove a column.")
        # Cells repeat a lot (`: `, `0 `, `5 `): most are read once.
        self._known: dict[str, tuple[float, int]] = {}

    def __iter__(self) -> Iterator[tuple[tuple[str, ...], list[tuple[float, int]]]]:
        width, known = len(self.periods), self._known
        for line in self._text:
            first, *texts = line.rstrip("\r\n").split("\t")
            if not first and not texts:
                continue
            # Cut inside its last number, a file would look whole: 545 would be 5.
            if not line.endswith(("\n", "\r")):
                raise UnreadableError(
                    f"{self._text.name}, line {self._text.number}: the last line has no line end. "
                    "The file may be broken off; fetch it again."
                )
            if len(texts) != width:
                raise UnreadableError(
                    f"{self._text.name}, line {self._text.number}: {len(texts)} cells for {width} "
                    "periods. The file may be broken off; fetch it again."
                )
            try:
                cells = [known[text] for text in texts]
            except KeyError:
                cells = [self._read(text, place) for place, text in enumerate(texts)]
            codes = tuple(map(str.strip, first.split(",")))
            if len(codes) + 1 != len(self.ids):
                raise UnreadableError(
                    f"{self._text.name}, line {self._text.number}: {len(codes)} codes for "
                    f"{len(self.ids) - 1} dimensions. Repair the line."
                )
            yield codes, cells

    def _read(self, text: str, place: int) -> tuple[float, int]:
        cell = self._known.get(text)
        if cell is None:
            try:
                cell = numbers.said_together(text)
            except FiguresError as error:
                raise UnreadableError(
                    f"{self._text.name}, line {self._text.number}, period {self.periods[place]}: "
                    f"{error}"
                ) from error
            if len(self._known) < _MOST_KEPT:
                self._known[text] = cell
        return cell


def _split(cells: list[tuple[float, int]]) -> tuple[tuple[float, ...], tuple[int, ...]]:
    values, bits = zip(*cells, strict=True)
    return values, bits


def _dataset(source: Source) -> str:
    name = name_of(source)
    return "" if isinstance(source, bytes) else name.split(".", 1)[0].removeprefix("estat_").lower()
