"""A text is a row of blocks. The id of a block is the same in every language and stays over
versions, so that translations, recordings and sheets of two languages know what belongs together.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, Final

KINDS: Final = ("paragraph", "heading", "list", "steps", "warning", "word")
ROLES: Final = ("happens", "do", "deadline", "ask", "bring")
"""The five questions that the page of a step answers, in their order."""
BLOCK_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ITEM: Final = re.compile(r"\((?P<icon>[a-z]+(?:-[a-z]+)*)\)\s+")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list, or a step with its pictogram."""

    text: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `text` has a line an item in lists and steps; a place alone has none."""

    id: str
    kind: str = "paragraph"
    text: str = ""
    role: str = ""
    variants: tuple[str, ...] = ()
    place: str = ""
    icon: str = ""

    @property
    def items(self) -> list[Item]:
        """The lines of a list; of steps, each with the pictogram that it names."""
        lines = [line.strip() for line in self.text.splitlines() if line.strip()]
        return [_step(line) if self.kind == "steps" else Item(line) for line in lines]

    @property
    def word(self) -> tuple[str, str]:
        """A hard word and its plain meaning."""
        word, _colon, meaning = self.text.partition(":")
        return word.strip(), meaning.strip()

    @property
    def digest(self) -> str:
        """Tells this wording from any other: 16 hexadecimal digits of what is read and heard.

        Pictograms and marks of strength are not heard, so they don't change it.
        """
        return blake2b(spoken(self).encode(), digest_size=8).hexdigest()

    def is_for(self, variant: str) -> bool:
        """Whether a reader who chose `variant` is shown it; who chose none is shown all."""
        return not variant or not self.variants or variant in self.variants


def spoken(block: Block) -> str:
    """The words of a block as they are read aloud, an item or a paragraph a line."""
    if block.kind in ("list", "steps"):
        lines = [item.text for item in block.items]
    else:
        lines = [part for part in block.text.split("\n\n") if part.strip()]
    return "\n".join(" ".join(line.replace("**", "").split()) for line in lines)


def stored(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks as the database keeps them: only what is said."""
    rows = []
    for block in blocks:
        row: dict[str, Any] = {"id": block.id, "kind": block.kind, "text": block.text}
        row |= {key: value for key in ("role", "place", "icon") if (value := getattr(block, key))}
        if block.variants:
            row["for"] = list(block.variants)
        rows.append(row)
    return rows


def restored(rows: Iterable[dict[str, Any]]) -> list[Block]:
    """Blocks from what the database kept."""
    return [
        Block(
            id=row["id"],
            kind=row.get("kind", "paragraph"),
            text=row.get("text", ""),
            role=row.get("role", ""),
            variants=tuple(row.get("for", ())),
            place=row.get("place", ""),
            icon=row.get("icon", ""),
        )
        for row in rows
    ]


def arranged(own: Sequence[Block], source: Sequence[Block]) -> list[Block]:
    """A translation's words in the order and with the marks of its source.

    Blocks that the source has no longer stand at the end of what is before them; blocks that the
    translation lacks are left out, except a place alone, which needs no words.
    """
    words = {block.id: block for block in own}
    known = {block.id for block in source}
    made = [
        replace(block, text=words[block.id].text if block.id in words else "")
        for block in source
        if block.id in words or (block.place and not block.text)
    ]
    for before, block in zip([None, *own], own, strict=False):
        if block.id not in known:
            place = next((n for n, one in enumerate(made, 1) if before and one.id == before.id), 0)
            made.insert(place, block)
    return made


def behind(own: Sequence[Block], source: Sequence[Block], seen: dict[str, str]) -> list[str]:
    """Ids of blocks whose source has changed since they were translated, or which are missing.

    `seen` are the digests of the source's blocks at that time.
    """
    there = {block.id for block in own}
    return [
        block.id
        for block in source
        if block.text
        and (block.id not in there or seen.get(block.id, block.digest) != block.digest)
    ]


def _step(line: str) -> Item:
    found = _ITEM.match(line)
    return Item(line[found.end() :], found["icon"]) if found else Item(line)
