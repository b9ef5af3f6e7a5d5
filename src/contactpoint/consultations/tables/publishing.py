"""The tables of a round that anybody may have: nobody can work out a small number from all of them
together. `docs/developers/survey-tables.md` says why that is so.

In short: what one question hides is one class in everything that is published, so that it is never
parted again. Cross tables are made with one background question only, and of classes whose sums are
all known: so each is a closed system, and all of them together form a star, in which tables that
agree on the background question always fit one set of respondents.
"""

from typing import Final

from contactpoint.consultations.questions import Kind
from contactpoint.consultations.tables.gates import gates
from contactpoint.consultations.tables.hiding import hidden_of_row, hidden_of_table
from contactpoint.consultations.tables.keeping import OTHER, Kept
from contactpoint.consultations.tables.middles import mean_ranks, summaries
from contactpoint.consultations.tables.numbers import classes, merged
from contactpoint.consultations.tables.sheets import (
    CHOSEN,
    MISSING,
    NUMBERS,
    Column,
    Sheet,
    by_class,
    numbers_of,
)
from contactpoint.consultations.tables.tallies import Cross, Reason, Tables
from contactpoint.consultations.tables.ties import is_free_to_choose, is_of_length, tied


def published(sheet: Sheet, least: int, *, background: str = "") -> Tables:
    """All tables of a round for the public; `least` is the smallest number that is shown."""
    if len(sheet.respondents) < least:
        questions = {one.question for one in sheet.columns}
        return Tables(
            len(sheet.respondents), "", (), {}, omitted=dict.fromkeys(questions, Reason.FEW)
        )
    return _Publication(sheet, least, background).tables()


class _Publication:
    """One publishing; each step only looks at what the steps before it have decided."""

    def __init__(self, sheet: Sheet, least: int, background: str) -> None:
        self.sheet, self.least, self.background = sheet, least, background
        self.gates = gates(sheet.instrument)
        self.questions = {one.code: one for one in sheet.instrument.questions()}
        self.tied = tied(sheet.instrument, background=background)
        self.kept: dict[str, Kept] = {}
        self.omitted: dict[str, Reason] = {}
        self.uncrossed: dict[str, Reason] = {}
        self.crosses: dict[str, Cross] = {}
        self.asked_sets: list[frozenset[int]] = []

    def tables(self) -> Tables:
        for code in self.questions:
            if self.sheet.of(code):
                self._keep(code)
        by = self._groups()
        if by is not None:
            for code in self.questions:
                self._cross(code, by)
        return Tables(
            len(self.sheet.respondents),
            self.background if by else "",
            self._shown_groups(by) if by else (),
            {key: one.shown() for key, one in self.kept.items()},
            crosses=self.crosses,
            omitted=self.omitted,
            uncrossed=self.uncrossed,
            summaries=summaries(self.sheet, self.kept, self.least),
            ranks=mean_ranks(self.sheet, self.kept, self.least),
        )

    # One question at a time

    def _keep(self, code: str) -> None:
        reason = self._why_not(code)
        if reason is not None:
            self.omitted[code] = reason
            return
        if not is_free_to_choose(self.sheet, self.questions[code], self.least):
            self.omitted[code] = Reason.TIED
            return
        for column in self.sheet.of(code):
            if column.is_concept and not is_of_length(self.questions[code]):
                continue
            recoded = self._recoded(column)
            counts = recoded.counts()
            said = {one: counts.get(one, 0) for one in recoded.categories}
            if missing := counts.get(MISSING, 0):
                said[MISSING] = missing
            hidden = hidden_of_row(said, self.least, is_open=recoded.is_open)
            if hidden != frozenset(said):
                self.kept[recoded.key] = Kept(recoded, hidden)
        if not any(one.column.question == code for one in self.kept.values()):
            self.omitted[code] = Reason.FEW

    def _recoded(self, column: Column) -> Column:
        """Numbers by classes of which neighbours are put together until none is small."""
        if column.kind not in NUMBERS and column.kind is not Kind.DATE:
            return column
        question = self.questions[column.question]
        found = classes(numbers_of(question, self.sheet.respondents))
        counts = column.counts()
        larger = merged(found, [counts.get(one.code, 0) for one in found], self.least)
        return by_class(question, larger, self.sheet.respondents)

    def _why_not(self, code: str) -> Reason | None:
        """Whether that a question was asked, or which choices it had, tells of other answers."""
        if self.questions[code].choice_filter:
            return Reason.CHOICES
        if code in self.tied:
            return Reason.TIED
        asked, behind = self._asked(code), self.gates[code]
        if len(asked) < self.least:
            return Reason.FEW
        spared = len(self.sheet.respondents) - len(asked)
        if not behind and not spared:
            return None
        is_told = spared >= self.least or (not spared and len(behind) == 1)
        if not is_told or not self._is_apart_from_all(asked) or not self._hangs_on_open(code):
            return Reason.DEPENDS
        self.asked_sets.append(asked)
        return None

    def _is_apart_from_all(self, asked: frozenset[int]) -> bool:
        """Whether nothing small is between it and those who were asked other questions."""
        rest = frozenset(range(len(self.sheet.respondents))) - asked
        return all(
            self._is_apart(one, other) and self._is_apart(other, one)
            for other in self.asked_sets
            for one in (asked, rest)
        )

    def _hangs_on_open(self, code: str) -> bool:
        asked = self._asked(code)
        return all(self._is_open_gate(gate, asked) for gate in self.gates[code])

    def _asked(self, code: str) -> frozenset[int]:
        values = self.sheet.of(code)[0].values
        return frozenset(place for place, value in enumerate(values) if value is not None)

    def _is_open_gate(self, gate: str, asked: frozenset[int]) -> bool:
        """Whether nothing of the gate is hidden, and being asked parts no class of it finely."""
        columns = self.sheet.of(gate)
        if gate in self.omitted or not columns:
            return False
        for column in columns:
            kept = self.kept.get(column.key)
            if column.is_concept:
                continue
            if kept is None or kept.hidden:
                return False
            for row in set(kept.values):
                here = frozenset(at for at, one in enumerate(kept.values) if one == row)
                if not self._is_apart(asked, here):
                    return False
        return True

    def _is_apart(self, one: frozenset[int], other: frozenset[int]) -> bool:
        """Whether what the other shares with one, and what it has alone, is nothing or enough."""
        numbers = (len(one & other), len(other - one))
        return all(number == 0 or number >= self.least for number in numbers)

    # By groups of the background question

    def _groups(self) -> Kept | None:
        question = self.questions.get(self.background)
        by = self.kept.get(self.background)
        if question is None or by is None or question.kind is not Kind.ONE:
            return None
        is_everybodys = not self.gates[self.background] and None not in by.column.values
        return (
            by if is_everybodys and len(self._shown_groups(by)) > 0 and len(by.rows) > 1 else None
        )

    @staticmethod
    def _shown_groups(by: Kept) -> tuple[str, ...]:
        return tuple(one for one in by.column.categories if one not in by.hidden)

    def _cross(self, code: str, by: Kept) -> None:
        kept = [one for one in self.kept.values() if one.column.question == code]
        if code == self.background or not kept or kept[0].column.kind in _UNCROSSED:
            return
        reason = self._why_uncrossed(code, by)
        crosses = {
            one.column.key: None if reason else self._crossed(one, by)
            for one in kept
            if not one.column.is_concept
        }
        if kept[0].column.kind is Kind.MANY and None in crosses.values():
            # Who had to choose something tells by one choice of the others.
            crosses = dict.fromkeys(crosses)
        for key, cross in crosses.items():
            if cross is None:
                self.uncrossed[key] = reason or Reason.LARGE
            else:
                self.crosses[key] = cross

    def _why_uncrossed(self, code: str, by: Kept) -> Reason | None:
        asked, question = self._asked(code), self.questions[code]
        if question.kind is Kind.MANY and question.constraint:
            return Reason.TIED
        if len(asked) == len(self.sheet.respondents):
            return None
        for group in by.rows:
            members = frozenset(at for at, one in enumerate(by.values) if one == group)
            if min(len(members & asked), len(members - asked)) < self.least:
                return Reason.FEW
        for gate in self.gates[code]:
            for column in self.sheet.of(gate):
                if column.is_concept or gate == self.background:
                    continue
                cross = self.crosses.get(column.key)
                if cross is None or not cross.is_whole or by.hidden:
                    return Reason.DEPENDS
        return None

    def _crossed(self, kept: Kept, by: Kept) -> Cross | None:
        """None where it can't be protected."""
        rows, groups = kept.rows, by.rows
        pairs = list(zip(kept.values, by.values, strict=True))
        counts = [[pairs.count((row, group)) for group in groups] for row in rows]
        hidden = hidden_of_table(
            counts,
            self.least,
            floors=self._floors(kept, by),
            fixed=[at for at, row in enumerate(rows) if row is None],
        )
        if hidden is None:
            return None
        shown = self._shown_groups(by)
        cells: dict[tuple[str, str], int | None] = {}
        bases = dict.fromkeys(shown, 0)
        for (at, row), (column, group) in (
            (a, b) for a in enumerate(rows) for b in enumerate(groups)
        ):
            if group not in bases or group is None:
                continue
            if row is not None:
                bases[group] += counts[at][column]
            if row is not None and row != OTHER:
                cells[row, group] = None if (at, column) in hidden else counts[at][column]
        for category in kept.hidden:
            cells |= {(category, group): None for group in shown}
        return Cross(shown, bases, cells)

    def _floors(self, kept: Kept, by: Kept) -> list[list[int]] | None:
        """Who had to choose something and chose nothing else has chosen this."""
        if kept.column.kind is not Kind.MANY:
            return None
        columns = self.sheet.of(kept.column.question)
        only = [
            sum(
                1
                for at, group in enumerate(by.values)
                if group == asked and any(one.values[at] == CHOSEN for one in columns)
            )
            - sum(
                1
                for one in columns
                if one.part != kept.column.part
                for at, group in enumerate(by.values)
                if group == asked and one.values[at] == CHOSEN
            )
            for asked in by.rows
        ]
        none = [0] * len(by.rows)
        return [[max(0, one) for one in only] if row == CHOSEN else none for row in kept.rows]


_UNCROSSED: Final = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.RICH_TEXT, Kind.FILE})
