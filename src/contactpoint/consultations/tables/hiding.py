"""Which cells of a table may not be shown, so that nobody can work out a small one.

Of a row of counts that add up: all that are small are hidden, and others with them until there are
two or more that hold enough together. What is hidden is one class for everything that is published
afterwards, so that nothing parts it again.

Of two questions crossed, whose sums on both sides are known: a cell is safe if it could be any of
so many numbers. Which, is asked of a network: what one cell gains, others of its row and column
lose (Ford and Fulkerson 1956). Cells are hidden until every small one is safe.
"""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from itertools import product
from typing import Final

Place = tuple[int, int]
Counts = Sequence[Sequence[int]]
MOST_CELLS: Final = 600
"""A cross table with more cells is not published: nobody reads it."""


def hidden_of_row(
    counts: Mapping[str, int], least: int, *, is_open: bool = False
) -> frozenset[str]:
    """The categories of one question that are not shown: none, or at least two that hold `least` or
    more together; all of them where that can't be reached.

    `is_open`: there are categories that nobody named; that nobody did is no secret.
    """
    if least <= 1:
        return frozenset()
    if sum(counts.values()) < least:
        return frozenset(counts)
    hidden = {one for one, count in counts.items() if count < least and (count or not is_open)}
    if is_open and len(counts) == 1:
        return frozenset(counts)
    rest = sorted((one for one in counts if one not in hidden), key=lambda one: counts[one])
    while hidden and (len(hidden) < 2 or sum(counts[one] for one in hidden) < least):
        if not rest:
            break
        hidden.add(rest.pop(0))
    return frozenset(counts) if len(counts) - len(hidden) == 0 else frozenset(hidden)


def hidden_of_table(
    counts: Counts,
    least: int,
    *,
    floors: Counts | None = None,
    fixed: Collection[int] = (),
) -> frozenset[Place] | None:
    """The cells that are not shown where all sums of rows and columns are; None where the table
    can't be published at all.

    `floors` are numbers below which everybody knows that a cell can't be. Rows that are `fixed` are
    known from elsewhere: none of their cells can be hidden.
    """
    rows, columns = len(counts), len(counts[0]) if counts else 0
    if rows * columns > MOST_CELLS:
        return None
    if least <= 1:
        return frozenset()
    places = list(product(range(rows), range(columns)))
    small = [(row, column) for row, column in places if counts[row][column] < least]
    if any(row in fixed for row, _column in small):
        return None
    may = [place for place in places if place[0] not in fixed]
    net = _Net(counts, floors or [[0] * columns for _ in range(rows)], least)
    hidden = set(small)
    while unsafe := net.first_unsafe(small, hidden):
        added = _cheapest(counts, unsafe, may, hidden)
        if not added:
            hidden = set(may)
            if net.first_unsafe(small, hidden):
                return None
            break
        hidden |= added
    return frozenset(_fewer(net, counts, small, hidden))


def _cheapest(
    counts: Counts, place: Place, may: Sequence[Place], hidden: Collection[Place]
) -> set[Place]:
    """The corners of a rectangle over the cell that hide the least, where that hides more."""
    row, column = place
    best: tuple[int, set[Place]] | None = None
    free = set(may)
    for other_row, other_column in may:
        if other_row == row or other_column == column:
            continue
        corners = {(row, other_column), (other_row, column), (other_row, other_column)}
        added = corners - set(hidden)
        if not added or not corners <= free:
            continue
        cost = sum(counts[one][other] + 1 for one, other in added)
        if best is None or cost < best[0]:
            best = (cost, added)
    return best[1] if best else set()


def _fewer(net: "_Net", counts: Counts, small: Sequence[Place], hidden: set[Place]) -> set[Place]:
    """Shows again what need not be hidden, the largest first."""
    for place in sorted(hidden - set(small), key=lambda one: (-counts[one[0]][one[1]], one)):
        without = hidden - {place}
        if not net.first_unsafe(small, without):
            hidden = without
    return hidden


class _Net:
    """How much a hidden cell can gain or lose while all that is shown stays as it is."""

    def __init__(self, counts: Counts, floors: Counts, least: int) -> None:
        self.counts, self.floors, self.least = counts, floors, least
        self.rows, self.columns = len(counts), len(counts[0]) if counts else 0

    def first_unsafe(self, small: Sequence[Place], hidden: Collection[Place]) -> Place | None:
        return next((place for place in small if not self._is_safe(place, set(hidden))), None)

    def _is_safe(self, place: Place, hidden: set[Place]) -> bool:
        """Whether it could be `least` or more, and any of more than `least` numbers."""
        row, column = place
        count, least = self.counts[row][column], self.least
        up = self._flow(self.rows + column, row, place, hidden, least)
        if count + up < least:
            return False
        if up >= least:
            return True
        room = min(count - self.floors[row][column], least - up)
        return up + self._flow(row, self.rows + column, place, hidden, room) >= least

    def _flow(self, start: int, end: int, place: Place, hidden: set[Place], most: int) -> int:
        """The greatest flow from one node to another, up to `most`; rows come before columns."""
        spare: dict[Place, int] = {}
        near: dict[int, list[int]] = {}
        for row, column in hidden:
            if (row, column) == place:
                continue
            node = self.rows + column
            spare[row, node] = most
            spare[node, row] = self.counts[row][column] - self.floors[row][column]
            near.setdefault(row, []).append(node)
            near.setdefault(node, []).append(row)
        total = 0
        while total < most:
            way = self._way(start, end, spare, near)
            if not way:
                break
            step = min(most - total, *(spare[one] for one in way))
            for one, other in way:
                spare[one, other] -= step
                spare[other, one] += step
            total += step
        return total

    @staticmethod
    def _way(
        start: int, end: int, spare: Mapping[Place, int], near: Mapping[int, Sequence[int]]
    ) -> list[Place]:
        came: dict[int, int] = {start: start}
        waiting = deque([start])
        while waiting and end not in came:
            node = waiting.popleft()
            for other in near.get(node, ()):
                if other not in came and spare[node, other] > 0:
                    came[other] = node
                    waiting.append(other)
        if end not in came:
            return []
        way, node = [], end
        while node != start:
            way.append((came[node], node))
            node = came[node]
        return way[::-1]
