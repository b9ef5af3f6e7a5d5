"""Places inside a document that its own words lead to: notes, and where the text refers to them.

Whoever sets a document asks here first: a name is given to one place alone, and nothing leads to a
name that no place has, which a typesetter would take for an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from contactpoint.kit.composing.document import Block, Cell, Listing, Run, Table

PLACE: Final = re.compile(r"[a-z][a-z0-9-]{0,60}")
"""What may be the name of one."""
Change = Callable[[Run], Run]


def with_sound_places(blocks: Sequence[Block], base: str | None = None) -> list[Block]:
    """The same blocks, in which each way within the document leads somewhere.

    `base` is for whoever keeps no places: the address of the text on the web, to which they lead
    instead; where it is empty, they lead nowhere and are words.
    """
    there = {run.place for run in runs_of(blocks)}
    met: set[str] = set()

    def sound(run: Run) -> Run:
        place, url = run.place, run.url
        if not PLACE.fullmatch(place) or place in met or base is not None:
            place = ""
        met.add(place)
        if url.startswith("#"):
            is_sound = url[1:] in there and PLACE.fullmatch(url[1:])
            url = f"{base or ''}{url}" if is_sound and base != "" else ""
        return run if (place, url) == (run.place, run.url) else replace(run, place=place, url=url)

    return [_changed(one, sound) for one in blocks]


def runs_of(blocks: Sequence[Block]) -> Iterator[Run]:
    """All runs of blocks, in their order."""
    for block in blocks:
        match block:
            case Listing():
                for item in block.items:
                    yield from runs_of(item)
            case Table():
                for row in block.lines:
                    for cell in row:
                        yield from cell
            case _:
                yield from block.runs


def _changed(block: Block, change: Change) -> Block:
    match block:
        case Listing():
            items = [[_changed(one, change) for one in item] for item in block.items]
            return replace(block, items=items)
        case Table():
            head = [_cell(one, change) for one in block.head]
            return replace(
                block, head=head, rows=[[_cell(c, change) for c in r] for r in block.rows]
            )
        case _:
            return replace(block, runs=[change(one) for one in block.runs])


def _cell(cell: Cell, change: Change) -> Cell:
    return cell if isinstance(cell, str) else [change(one) for one in cell]
