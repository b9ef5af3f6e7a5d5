"""SDMX-CSV as Eurostat writes it: a line a cell, a column a dimension.

Versions 1.0 (`DATAFLOW,LAST UPDATE,…`) and 2.0 (`STRUCTURE,STRUCTURE_ID,…`); with codes, with codes
and names in one cell (`BE:Belgium`), or with a column of names after each column of codes.
"""

from __future__ import annotations

import csv
import re
from array import array
from collections.abc import Callable, Iterator
from math import isnan
from operator import itemgetter
from typing import Final

from contactpoint.figures import flags as flagging
from contactpoint.figures.building import Builder
from contactpoint.figures.errors import FiguresError, UnreadableError
from contactpoint.figures.formats import numbers
from contactpoint.figures.formats.formats import Format
from contactpoint.figures.formats.opening import Lines, Source, lines
from contactpoint.figures.formats.tsv import roles_of
from contactpoint.figures.limits import Limits
from contactpoint.figures.model import Cube, Origin, Row, Rows

_ABOUT: Final = {
    "DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "LAST UPDATE",
    "OBS_VALUE", "OBS_FLAG", "OBS_STATUS", "CONF_STATUS",
}  # fmt: skip
_TIME: Final = "TIME_PERIOD"
_CONFIDENTIAL: Final = {"": "", "F": "", "C": "c", "N": "c", "P": "c"}
"""Of CONF_STATUS: https://registry.sdmx.org/items/codelist.html (CL_CONF_STATUS); F is free."""
_UPDATED: Final = re.compile(r"^([0-3][0-9])/([01][0-9])/([0-9]{2}) ")
_Cell = tuple[tuple[str, ...], str, float, int]


class SdmxCsv(Format):
    """What Eurostat's API and data browser give as CSV."""

    name = "sdmx-csv"
    title = "SDMX-CSV"
    suffixes = (".csv", ".csv.gz")
    media_type = "application/vnd.sdmx.data+csv"

    def looks_like(self, head: str) -> bool:
        """The first line names SDMX's columns."""
        line = head.lstrip("\ufeff").split("\n", 1)[0]
        return "OBS_VALUE" in line and _TIME in line

    def read(self, source: Source, limits: Limits) -> Cube:
        """The cube; `UnreadableError` names line and column."""
        with lines(source, limits) as text:
            table = _Table(text)
            builder = Builder(text.name, table.ids, limits)
            where_lines = array("q")
            places: dict[str, int] = {}
            series: dict[tuple[str, ...], int] = {}
            for key, period, value, bits in table:
                place = places.get(period)
                if place is None:
                    place = places[period] = builder.last(period, table.here)
                one = series.get(key)
                if one is None:
                    one = series[key] = builder.series(key, table.here)
                builder.add(one, place, value, bits)
                where_lines.append(text.number)
                if not len(where_lines) & 0xFFFF:
                    builder.check()
        return builder.cube(
            table.origin,
            where=lambda cell: f"line {where_lines[cell]}",
            labels=table.labels,
            titles=table.titles,
            roles=roles_of(table.ids),
        )

    def rows(self, source: Source, limits: Limits) -> Rows:
        """Rows as they stand, a line in memory at a time."""
        with lines(source, limits) as text:
            table = _Table(text)
            next(iter(table), None)  # the first line says where the figures come from
        return Rows(tuple(table.ids), self._rows(source, limits), table.origin)

    @staticmethod
    def _rows(source: Source, limits: Limits) -> Iterator[Row]:
        with lines(source, limits) as text:
            for key, period, value, bits in _Table(text):
                shown = None if isnan(value) else value
                yield Row((*key, period), shown, flagging.letters(bits) if bits else "")


class _Table:
    """The lines of a file as codes, number and flags."""

    def __init__(self, text: Lines) -> None:
        self._text = text
        self._reader = csv.reader(text, strict=True)
        try:
            head = next(self._reader, [])
        except csv.Error as error:
            raise self._wrong(f"{error}. Was another format chosen?") from error
        self._head = [one.partition(":")[0].strip() for one in head]
        upper = [one.upper() for one in self._head]
        if "OBS_VALUE" not in upper or _TIME not in upper:
            raise self._wrong(f"SDMX-CSV has columns {_TIME} and OBS_VALUE. Was another chosen?")
        self._value, self._period = upper.index("OBS_VALUE"), upper.index(_TIME)
        self._flag = next(
            (upper.index(one) for one in ("OBS_FLAG", "OBS_STATUS") if one in upper), None
        )
        self._secret = upper.index("CONF_STATUS") if "CONF_STATUS" in upper else None
        dimensions = [
            place for place, one in enumerate(upper[: self._value])
            if one not in _ABOUT and place != self._period
        ]  # fmt: skip
        self.titles: dict[str, str] = {}
        self.labels: dict[str, dict[str, str]] = {}
        self._named: list[tuple[int, int, str]] = []
        if "STRUCTURE_NAME" in upper:
            dimensions = [place for place in dimensions if place < self._period]
            if len(dimensions) % 2:
                raise self._wrong("a column of codes has none of names after it. Fetch it again.")
            dimensions = dimensions[::2]
            for place in dimensions:
                one = self._head[place]
                self.titles[one] = head[place + 1].strip()
                self._named.append((place, place + 1, one))
                self.labels[one] = {}
        for place in dimensions:
            title = head[place].partition(":")[2].strip()
            if title:
                self.titles[self._head[place]] = title
        if not dimensions:
            raise self._wrong("no column names a dimension. Is it a table of figures?")
        self._dimensions = dimensions
        self.ids = [self._head[place] for place in dimensions] + [self._head[self._period]]
        self.origin = Origin(publisher="Eurostat")

    @property
    def here(self) -> str:
        """The place of the line that is read."""
        return f"line {self._text.number}"

    def __iter__(self) -> Iterator[_Cell]:
        rows, width, period, value = self._reader, len(self._head), self._period, self._value
        take = _taking(self._dimensions)
        known: dict[tuple[str, str, str], tuple[float, int]] = {}
        is_first, split = True, False
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                raise self._wrong(f"{error}. The file may be broken off.") from error
            if not row:
                continue
            if len(row) != width:
                raise self._wrong(
                    f"{len(row)} cells for {width} columns. The file may be broken off; fetch it "
                    "again."
                )
            key = take(row)
            if is_first:
                is_first = False
                self._about(row)
                # Names stand in the cells as well where they do so in the first.
                split = not self._named and any(":" in one for one in key)
            if split:
                key = self._without_names(key)
            for code, named, one in self._named:
                self.labels[one].setdefault(row[code], row[named])
            texts = (
                row[value],
                row[self._flag] if self._flag is not None else "",
                row[self._secret] if self._secret is not None else "",
            )
            cell = known.get(texts)
            if cell is None:
                cell = self._cell(*texts)
                if len(known) < 50_000:
                    known[texts] = cell
            when = row[period]
            yield key, when.partition(":")[0] if split else when, *cell

    def _cell(self, value: str, flags: str, secret: str) -> tuple[float, int]:
        if secret.strip() not in _CONFIDENTIAL:
            raise self._wrong(f"CONF_STATUS {secret[:20]!r} is unknown. Look at the source.")
        try:
            # Flags may have their name beside them: `p: provisional`.
            letters = flags.partition(":")[0] if flags.strip() != ":" else ""
            return numbers.said(value, letters + _CONFIDENTIAL[secret.strip()])
        except FiguresError as error:
            raise self._wrong(f"column OBS_VALUE or OBS_FLAG: {error}") from error

    def _without_names(self, key: tuple[str, ...]) -> tuple[str, ...]:
        codes = []
        for one, cell in zip(self.ids, key, strict=False):
            code, _, label = cell.partition(":")
            codes.append(code)
            if label:
                self.labels.setdefault(one, {})[code] = label.strip()
        return tuple(codes)

    def _about(self, row: list[str]) -> None:
        said = dict(zip(map(str.upper, self._head), row, strict=True))
        flow = said.get("DATAFLOW") or said.get("STRUCTURE_ID") or ""
        dataset = flow.partition("(")[0].rpartition(":")[2].lower()
        self.origin = Origin(
            publisher="Eurostat" if flow.startswith("ESTAT:") else flow.rpartition(":")[0],
            dataset=dataset,
            title=said.get("STRUCTURE_NAME", ""),
            updated=_UPDATED.sub(r"20\3-\2-\1T", said.get("LAST UPDATE", "").strip()),
        )

    def _wrong(self, what: str) -> UnreadableError:
        return UnreadableError(f"{self._text.name}, line {self._text.number}: {what}")


def _taking(places: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    if len(places) == 1:
        only = places[0]
        return lambda row: (row[only],)
    if places == list(range(places[0], places[-1] + 1)):
        part = slice(places[0], places[-1] + 1)
        return lambda row: tuple(row[part])
    return itemgetter(*places)
