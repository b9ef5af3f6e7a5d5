"""A document as a PDF that says what is what: tagged, after PDF/UA-1 (ISO 14289-1).

    printed(document)          Printed(pdf=b"%PDF-1.7…", pages=4)
    printed_sheet(sheet)       always one page
    printed_facing(facing)     two languages side by side, one sheet of two sides at most

Typst sets it in a process of its own that can open nothing. What is printed comes in as data, never
as markup, so nothing that anybody wrote can act; limits hold for what is only long.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final

import segno

from contactpoint.kit.composing.document import (
    Block,
    Cell,
    Document,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    is_rightward,
)
from contactpoint.kit.composing.facing import MOST_PAGES, Facing, Section
from contactpoint.kit.composing.places import with_sound_places
from contactpoint.kit.composing.sheet import MOST_ENTRIES, Entry, Sheet
from contactpoint.vocabulary.apart import CrashedError, GivenUpError, run_apart

FONTS: Final = Path(__file__).parent / "fonts"
MOST_SECONDS: Final = 20
"""Of CPU. A thousand pages take about eight."""
MOST_MEMORY: Final = 1536 * 1024**2
LARGEST: Final = 32 * 1024**2
_MOST_WAITING: Final = 2 * MOST_SECONDS
_CHILD: Final = "contactpoint.kit.composing.typesetter"
_LONGEST_WORD: Final = 36
# Lines are broken after a stroke by themselves, so addresses stay as they are.
_LONG_WORD: Final = re.compile(rf"[^\s/-]{{{_LONGEST_WORD}}}(?=[^\s/-])")
_LONGEST_CODE: Final = 300
"""Bytes. A longer one is too fine to be read from paper."""
_MAY_BREAK: Final = "\u200b"
_UNKNOWN: Final = "?"
# They have no shape of their own: joiners, and marks of direction.
_SHAPELESS: Final = frozenset("\n\u00ad\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")


class UnprintableError(Exception):
    """It could not be set."""


class TooLongError(UnprintableError):
    """It takes more time or memory, or makes more pages, than one document may."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and how many pages it has."""

    pdf: bytes
    pages: int


def printed(document: Document) -> Printed:
    """The PDF of a document; the same for the same.

    Raises `UnprintableError`, of which `TooLongError` is one; `OSError` where no process starts.
    """
    return _set("document", int(document.made_at.timestamp()), _as_data(document))


def printed_sheet(sheet: Sheet) -> Printed:
    """The PDF of a sheet, as `printed` makes one. `TooLongError` where it isn't one page."""
    made = _set("sheet", int(sheet.made_at.timestamp()), _sheet_as_data(sheet))
    if made.pages != 1:
        raise TooLongError(f"the sheet has {made.pages} pages")
    return made


def printed_facing(facing: Facing) -> Printed:
    """The PDF of a sheet in two languages. `TooLongError` where it has more than two sides."""
    made = _set("facing", int(facing.made_at.timestamp()), _facing_as_data(facing))
    if made.pages > MOST_PAGES:
        raise TooLongError(f"the sheet has {made.pages} pages")
    return made


def _set(template: str, moment: int, data: dict[str, Any]) -> Printed:
    arguments = [template, str(MOST_SECONDS), str(MOST_MEMORY), str(moment)]
    with TemporaryFile() as file:
        file.write(json.dumps(data).encode())
        file.seek(0)
        try:
            said = run_apart(_CHILD, arguments, file, waiting=_MOST_WAITING, most=LARGEST)
        except GivenUpError:
            raise TooLongError("it is too long to be set in one piece") from None
        except CrashedError:
            raise UnprintableError("the process that sets it failed") from None
    head, _line, pdf = said.partition(b"\n")
    if not (head.isdigit() and pdf.startswith(b"%PDF-")):
        raise UnprintableError("what came back is no PDF")
    return Printed(pdf, int(head))


def _as_data(document: Document) -> dict[str, Any]:
    """As `document.typ` reads it."""
    return {
        "language": _language(document.language) or "en",
        "direction": document.direction,
        "title": _shown(document.title) or "–",
        "authors": [shown for name in document.authors if (shown := _shown(name))],
        "summary": _shown(document.summary),
        "kicker": _shown(document.kicker),
        "publisher": _shown(document.publisher),
        "foot": _shown(document.foot),
        "facts": [
            {"label": _shown(fact.label), "runs": _runs(fact.runs)} for fact in document.facts
        ],
        "blocks": list(_blocks(with_sound_places(document.blocks))),
        "closing": _runs(document.closing),
        "code": _code(document.address) if document.closing else "",
    }


def _sheet_as_data(sheet: Sheet) -> dict[str, Any]:
    """As `sheet.typ` reads it."""
    said = ("title", "publisher", "summary", "kicker", "notice")
    return {
        **{name: _shown(getattr(sheet, name)) for name in said},
        "language": _language(sheet.language) or "en",
        "entries": [_entry(one) for one in sheet.entries[:MOST_ENTRIES]],
        "closing": [_runs(line) for line in sheet.closing],
        "code": _code(sheet.address),
    }


def _facing_as_data(facing: Facing) -> dict[str, Any]:
    """As `facing.typ` reads it."""
    return {
        **{name: _shown(getattr(facing, name)) for name in ("title", "publisher", "dated")},
        "languages": [_language(code) or "en" for code in facing.languages],
        "directions": ["rtl" if is_rightward(code) else "ltr" for code in facing.languages],
        "names": [_shown(name) for name in facing.names],
        "foots": [_shown(line) for line in facing.foot],
        "sections": [_section(one) for one in facing.sections],
    }


def _section(one: Section) -> dict[str, Any]:
    return {
        "titles": [_shown(title) or "–" for title in one.titles],
        "rows": [
            {
                "sides": [list(_blocks(side, inside=True)) for side in (row.first, row.second)],
                "marked": row.marked,
            }
            for row in one.rows
        ],
        "closing": [_shown(line) for line in one.closing],
        "code": _code(one.address),
        "address": f"\u2066{_shown(one.address)}\u2069",
    }


def _entry(one: Entry) -> dict[str, Any]:
    made: dict[str, Any] = {
        "label": _shown(one.label) or "–",
        "definition": _shown(one.definition),
        "readings": [
            {
                "place": _shown(each.place),
                "value": _shown(each.value),
                "when": _shown(each.when),
                "notes": [_shown(note) for note in each.notes],
            }
            for each in one.readings
        ],
    }
    course = one.course
    if course is not None and course.can_be_drawn:
        made["course"] = {
            "values": list(course.values),
            **{name: _shown(getattr(course, name)) for name in ("told", "first", "last")},
        }
    return made


def _code(url: str) -> str:
    """An address as a QR code, drawn as SVG, for whoever holds the paper."""
    if not 0 < len(url.encode()) <= _LONGEST_CODE:
        return ""
    drawing = io.BytesIO()
    segno.make_qr(url, error="m").save(
        drawing, kind="svg", border=0, dark="#16202b", xmldecl=False, omitsize=True
    )
    return drawing.getvalue().decode()


def _blocks(blocks: Iterable[Block], *, inside: bool = False) -> Iterable[dict[str, Any]]:
    """No level of headings is left out on the way down, as the standard asks; there are three."""
    level = 0
    for block in blocks:
        if isinstance(block, Heading) and not inside:
            level = min(block.level, level + 1, 3)
            yield {"what": "heading", "level": level, "runs": _runs(block.runs)}
        elif isinstance(block, Heading | Paragraph):
            stays = isinstance(block, Paragraph) and block.stays
            yield {"what": "paragraph", "runs": _runs(block.runs), "stays": stays}
        elif isinstance(block, Quote):
            yield {"what": "quote", "runs": _runs(block.runs), "source": _shown(block.source)}
        elif isinstance(block, Listing):
            items = [list(_blocks(item, inside=True)) for item in block.items]
            yield {
                "what": "list", "ordered": block.ordered, "first": block.first, "items": items,
            }  # fmt: skip
        else:
            yield {
                "what": "table",
                "caption": _shown(block.caption),
                "columns": len(block.head),
                "numbers": sorted(block.numbers),
                "centred": sorted(block.centred),
                "head": [_cell(cell) for cell in block.head],
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
            }


def _cell(cell: Cell) -> str | list[dict[str, Any]]:
    return _shown(cell) if isinstance(cell, str) else _runs(cell)


def _runs(runs: Sequence[Run]) -> list[dict[str, Any]]:
    return [
        asdict(run) | {"text": _run(run), "language": _language(run.language)}
        for run in runs
        if run.text
    ]


def _run(run: Run) -> str:
    """An address is read from left to right, whatever the words around it."""
    shown = _shown(run.text)
    return f"\u2066{shown}\u2069" if run.url and run.url == run.text else shown


def _language(code: str) -> str:
    """The part of a language code that a typesetter knows."""
    first = code.partition("-")[0].lower()
    return first if first.isascii() and first.isalpha() and len(first) in (2, 3) else ""


def _shown(text: str) -> str:
    """What our fonts have letters for; very long words may be broken anywhere."""
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(letter if letter in _SHAPELESS else _printable(letter) for letter in composed)
    return _LONG_WORD.sub(lambda found: found[0] + _MAY_BREAK, shown)


def _printable(letter: str) -> str:
    """A space for another space, nothing for what is not seen, a sign for what is not known."""
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in ("Cc", "Cf", "Cs"):
        return ""
    return letter if ord(letter) in _letters() else _UNKNOWN


@cache
def _letters() -> frozenset[int]:
    lines = (FONTS / "letters.txt").read_text(encoding="ascii").split()
    stretches = (line.split("-") for line in lines)
    return frozenset(
        letter for first, last in stretches for letter in range(int(first, 16), int(last, 16) + 1)
    )
