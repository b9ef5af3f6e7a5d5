"""Reads and writes a text as a file of blocks: plain text that a translator can edit anywhere.

    title: The personal interview
    summary: What the reader will know afterwards, in one sentence.

    --- about
    You tell your story. Nobody else may hear it.

    --- bring list role=bring for=alone,family
    Your letter of invitation.

Each mistake is told with the file, the line and the mend; all at once, so that nobody mends a file
ten times.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from contactpoint.guidance.pictograms import names
from contactpoint.guidance.texts.blocks import BLOCK_ID, KINDS, ROLES, Block
from contactpoint.guidance.variants import VARIANTS

HEADS: Final = ("title", "summary")
_MARK: Final = re.compile(r"---\s+(?P<rest>.*\S)\s*")
_TAG: Final = re.compile(r"<[a-zA-Z/!]")
LONGEST: Final = 100_000
"""Characters in a file: a long page has some two thousand."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a line, and how it is mended."""

    file: str
    line: int
    said: str

    def __str__(self) -> str:
        return _("%(file)s, line %(line)s: %(said)s") % {
            "file": self.file,
            "line": self.line,
            "said": self.said,
        }


class ReadingError(ValueError):
    """A file can't be taken as it is; `problems` has each reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file says."""

    title: str
    summary: str
    blocks: list[Block]


def read(text: str, file: str) -> Draft:
    """The draft in a file of blocks; a `ReadingError` names every line that is wrong."""
    if len(text) > LONGEST:
        raise ReadingError(
            [
                Problem(
                    file,
                    1,
                    _("longer than %(most)s characters; cut it in two.") % {"most": LONGEST},
                )
            ]
        )
    reader = _Reader(file)
    heads, start = reader.heads(text.splitlines())
    blocks = reader.blocks(text.splitlines(), start)
    if reader.problems:
        raise ReadingError(reader.problems)
    return Draft(heads["title"], heads["summary"], blocks)


def read_blocks(text: str, file: str) -> list[Block]:
    """Blocks alone, without title and summary, as a form of the admin has them."""
    reader = _Reader(file)
    blocks = reader.blocks(text[:LONGEST].splitlines(), 0)
    if reader.problems:
        raise ReadingError(reader.problems)
    return blocks


def written(blocks: Iterable[Block]) -> str:
    """The blocks as a file has them; `read_blocks` gives them back as they were."""
    parts = []
    for block in blocks:
        marks = [block.id, *([block.kind] if block.kind != "paragraph" else [])]
        values = (
            ("role", block.role),
            ("for", ",".join(block.variants)),
            ("place", block.place),
            ("icon", block.icon),
        )
        marks += [f"{name}={value}" for name, value in values if value]
        parts.append(f"--- {' '.join(marks)}\n{block.text}".rstrip())
    return "\n\n".join(parts) + "\n" if parts else ""


class _Reader:
    """Goes through the lines of one file and notes what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def wrong(self, number: int, said: str) -> None:
        self.problems.append(Problem(self.file, number, said))

    def heads(self, lines: list[str]) -> tuple[dict[str, str], int]:
        """Title and summary, and the index of the first line after them."""
        found: dict[str, str] = {}
        end = next((n for n, line in enumerate(lines) if line.startswith("---")), len(lines))
        for number, line in enumerate(lines[:end], start=1):
            if not line.strip() or line.startswith("#"):
                continue
            name, colon, value = (part.strip() for part in line.partition(":"))
            if not colon or name not in HEADS:
                self.wrong(
                    number, _("above the first block stand “title: …” and “summary: …” only.")
                )
            elif name in found:
                self.wrong(
                    number, _("“%(name)s:” stands here twice; leave one out.") % {"name": name}
                )
            else:
                found[name] = value
        for name in HEADS:
            if not found.get(name):
                self.wrong(
                    1,
                    _("begin the file with “%(name)s: …”; it is missing or empty.")
                    % {"name": name},
                )
        return found, end

    def blocks(self, lines: list[str], start: int) -> list[Block]:
        found: list[Block] = []
        seen: dict[str, int] = {}
        for number, mark, body in self._parts(lines, start):
            block = self._block(number, mark, body)
            if block is None:
                continue
            if block.id in seen:
                self.wrong(
                    number,
                    _("“%(id)s” stands in line %(line)s too; ids are unique.")
                    % {"id": block.id, "line": seen[block.id]},
                )
            seen.setdefault(block.id, number)
            found.append(block)
        if not found and not self.problems:
            self.wrong(len(lines) or 1, _("no block is here; begin one with “--- id”."))
        return found

    def _parts(self, lines: list[str], start: int) -> Iterator[tuple[int, str, list[str]]]:
        """Line number, mark and body of each block."""
        number, mark, body = 0, "", list[str]()
        for at, line in enumerate(lines[start:], start=start + 1):
            if not line.startswith("---"):
                if not mark and line.strip():
                    self.wrong(at, _("words before the first block; begin one with “--- id”."))
                body.append(line.rstrip())
                continue
            if mark:
                yield number, mark, body
            found = _MARK.fullmatch(line)
            if found is None:
                self.wrong(
                    at, _("a block begins with “--- ”, an id, and perhaps a kind and marks.")
                )
            number, mark, body = at, found["rest"] if found else "", []
        if mark:
            yield number, mark, body

    def _block(self, number: int, mark: str, body: list[str]) -> Block | None:
        id_, *rest = mark.split()
        if not BLOCK_ID.fullmatch(id_):
            self.wrong(
                number,
                _("“%(id)s” is no id; use small letters a–z, digits and -, such as do-list.")
                % {"id": id_},
            )
            return None
        kind, marks = "paragraph", dict[str, str]()
        for word in rest:
            name, equals, value = word.partition("=")
            if not equals and word in KINDS:
                kind = word
            elif not equals:
                self.wrong(
                    number,
                    _("“%(word)s” is no kind; use one of %(known)s.")
                    % {"word": word, "known": ", ".join(KINDS)},
                )
            elif name not in ("role", "for", "place", "icon"):
                self.wrong(
                    number,
                    _("“%(name)s=” is not known; use role=, for=, place= or icon=.")
                    % {"name": name},
                )
            else:
                marks[name] = value
        variants = tuple(filter(None, marks.get("for", "").split(",")))
        self._check(number, "role", marks.get("role", ""), ROLES)
        self._check(number, "icon", marks.get("icon", ""), names())
        for variant in variants:
            self._check(number, "for", variant, VARIANTS)
        block = Block(
            id=id_,
            kind=kind,
            text=self._text(number, kind, body),
            role=marks.get("role", ""),
            variants=variants,
            place=marks.get("place", ""),
            icon=marks.get("icon", ""),
        )
        self._check_words(number, block, body)
        return block

    def _text(self, number: int, kind: str, body: list[str]) -> str:
        for at, line in enumerate(body, start=number + 1):
            if _TAG.search(line):
                self.wrong(at, _("no HTML here; only **strong** marks words."))
            if line.count("**") % 2:
                self.wrong(at, _("** opens or closes alone; write **strong** on one line."))
        if kind in ("list", "steps"):
            return "\n".join(line.strip() for line in body if line.strip())
        return re.sub(r"\n{2,}", "\n\n", "\n".join(line.strip() for line in body)).strip()

    def _check(self, number: int, name: str, value: str, known: Iterable[str]) -> None:
        if value and value not in known:
            self.wrong(
                number,
                _("“%(mark)s” is not known; use one of %(known)s.")
                % {"mark": f"{name}={value}", "known": ", ".join(known)},
            )

    def _check_words(self, number: int, block: Block, body: list[str]) -> None:
        """What is wrong with a line is told with that line, not with that of the mark above."""
        filled = [at for at, line in enumerate(body, start=number + 1) if line.strip()]
        if not block.text and not block.place:
            self.wrong(
                number, _("“%(id)s” has no words; write them under this line.") % {"id": block.id}
            )
        if block.kind == "word" and not all(block.word):
            at = filled[0] if filled else number
            self.wrong(at, _("a hard word is written “word: its plain meaning”."))
        if block.kind == "heading" and "\n" in block.text:
            self.wrong(filled[1], _("a heading is one line."))
        items = zip(filled, block.items, strict=True) if block.kind == "steps" else ()
        for at, item in items:
            if item.icon and item.icon not in names():
                self.wrong(
                    at,
                    _("“(%(name)s)” is no pictogram; use one of %(known)s.")
                    % {"name": item.icon, "known": ", ".join(names())},
                )
