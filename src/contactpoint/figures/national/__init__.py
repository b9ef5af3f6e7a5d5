"""Reads tables of national sources (reception places, voluntary returns, resettlement) from Excel
or CSV, by a mapping of their columns: see `mapping`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from contactpoint.figures.building import Builder, repeated
from contactpoint.figures.errors import FiguresError, UnreadableError
from contactpoint.figures.formats.opening import Source, name_of
from contactpoint.figures.formats.tsv import roles_of
from contactpoint.figures.limits import DEFAULT, Limits
from contactpoint.figures.model import Cube
from contactpoint.figures.national.cells import amount, text_of
from contactpoint.figures.national.mapping import Mapped, MappedDimension, mapping
from contactpoint.figures.national.sheets import rows
from contactpoint.figures.periods import Period, period

__all__ = ["Mapped", "mapping", "read_national"]


def read_national(
    source: Source,
    mapped: Mapped,
    *,
    extracted: date | None = None,
    limits: Limits = DEFAULT,
) -> Cube:
    """The cube in a table. Raises `UnreadableError` naming row and column."""
    return _Reading(name_of(source), mapped, limits).cube(source, extracted)


class _Reading:
    def __init__(self, name: str, mapped: Mapped, limits: Limits) -> None:
        self.name, self.mapped, self.limits = name, mapped, limits
        self.last = mapped.across or list(mapped.dimensions)[-1]
        ids = [one for one in mapped.dimensions if one != self.last] + [self.last]
        self.builder = Builder(name, ids, limits)
        self.ids = ids
        self.columns: list[str] = []

    def cube(self, source: Source, extracted: date | None) -> Cube:
        where: list[str] = []
        found = rows(source, self.mapped.table, self.limits)
        for number, cells in found:
            if number >= self.mapped.table.header:
                self._headings(number, cells)
                break
        else:
            raise UnreadableError(
                f"{self.name} has no row {self.mapped.table.header}, where the headings should be."
            )
        for number, cells in self._wanted(found):
            key = tuple(self._code(one, number, cells) for one in self.ids[:-1])
            for code, heading in self._lasts(number, cells):
                value, bits = self._amount(number, cells, heading)
                at = self._at(number, heading)
                self.builder.add(
                    self.builder.series(key, at), self.builder.last(code, at), value, bits
                )
                where.append(at)
            self.builder.check()
        cube = self.builder.cube(
            self.mapped.origin, where=where.__getitem__, roles=roles_of(self.ids)
        )
        return cube.with_origin(extracted=extracted)

    def _headings(self, number: int, cells: list[Any]) -> None:
        self.columns = [text_of(cell) for cell in cells]
        mapped, table = self.mapped, self.mapped.table
        wanted = [one.column for one in mapped.dimensions.values() if one.column]
        wanted += [one for one in (mapped.value.column, mapped.value.flags) if one]
        for one in [*wanted, *table.ignore]:
            if self.columns.count(one) != 1:
                raise UnreadableError(
                    f"{self.name}, row {number}: {self.columns.count(one)} columns are called "
                    f"{one!r}, not one. There are: {', '.join(filter(None, self.columns))[:300]}. "
                    "Correct the mapping."
                )
        self.across = [
            one for one in self.columns if one and one not in wanted and one not in table.ignore
        ]
        if self.across and not mapped.across:
            raise UnreadableError(
                f"{self.name}, row {number}: the column {self.across[0]!r} is new. Name it in the "
                "mapping, as a dimension or under ignore."
            )
        if twice := repeated(self.across):
            raise UnreadableError(
                f"{self.name}, row {number}: the column {twice!r} stands twice. Remove one."
            )

    def _wanted(self, found: Iterator[tuple[int, list[Any]]]) -> Iterator[tuple[int, list[Any]]]:
        table = self.mapped.table
        for number, cells in found:
            texts = [text_of(cell) for cell in cells]
            begins = next(filter(None, texts), "")
            if not begins or any(begins.startswith(one) for one in table.skip):
                continue
            if table.until and begins.startswith(table.until):
                return
            yield number, cells

    def _lasts(self, number: int, cells: list[Any]) -> Iterator[tuple[str, str]]:
        """The code of the last dimension and the heading of its number, for each cell of a row."""
        if not self.mapped.across:
            yield self._code(self.last, number, cells), self.mapped.value.column
            return
        one = self.mapped.dimensions[self.last]
        for heading in self.across:
            if text_of(self._cell(cells, heading)):
                yield self._known(self.last, one, heading, self._at(number, heading)), heading

    def _code(self, dimension: str, number: int, cells: list[Any]) -> str:
        one = self.mapped.dimensions[dimension]
        if one.constant:
            return one.constant
        at = self._at(number, one.column)
        cell = self._cell(cells, one.column)
        if one.dates:
            return self._dated(one, cell, at)
        return self._known(dimension, one, text_of(cell), at)

    def _known(self, dimension: str, one: MappedDimension, said: str, at: str) -> str:
        if said in one.codes:
            return one.codes[said]
        if dimension == "time":
            try:
                return period(said).code
            except FiguresError as error:
                raise UnreadableError(
                    f"{self.name}, {at}: {error} Or give its code in the mapping."
                ) from error
        if one.codes:
            raise UnreadableError(
                f"{self.name}, {at}: {said[:40]!r} is new in {dimension}. Add it to the codes in "
                "the mapping."
            )
        return said

    def _dated(self, one: MappedDimension, cell: Any, at: str) -> str:
        try:
            day = cell if isinstance(cell, datetime) else datetime.fromisoformat(text_of(cell))
        except ValueError as error:
            raise UnreadableError(
                f"{self.name}, {at}: {text_of(cell)[:40]!r} is no date. Write 2019-03-31."
            ) from error
        months = 12 // {"A": 1, "S": 2, "Q": 4, "M": 12}[one.dates]
        return Period(day.year, (day.month - 1) // months * months + 1, one.dates or "M").code

    def _amount(self, number: int, cells: list[Any], heading: str) -> tuple[float, int]:
        flags = self.mapped.value.flags
        beside = text_of(self._cell(cells, flags)) if flags else ""
        try:
            return amount(self._cell(cells, heading), beside, self.mapped.table)
        except FiguresError as error:
            raise UnreadableError(f"{self.name}, {self._at(number, heading)}: {error}") from error

    def _cell(self, cells: list[Any], heading: str) -> Any:
        at = self.columns.index(heading)
        return cells[at] if at < len(cells) else None

    def _at(self, number: int, heading: str) -> str:
        return f"row {number}, column {heading!r}"
