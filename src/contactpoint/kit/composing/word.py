"""A document as a Word file (DOCX), as offices pass on: headings, lists and tables that Word knows
as such, so that its navigation and screen readers do.

    as_docx(document)          b"PK…"

All words go in as text by python-docx, which escapes them; what XML has no place for is left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from contactpoint.kit.composing.document import (
    Block,
    Document,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    as_runs,
)
from contactpoint.kit.composing.places import with_sound_places

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.text.paragraph import Paragraph as DocxParagraph

_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INK: Final = "16202B"
_FONT: Final = "Calibri"
_LINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_DEEPEST: Final = 3
_LONGEST_PROPERTY: Final = 255


def as_docx(document: Document) -> bytes:
    """The Word file of a document."""
    # It is needed for this alone, and takes its time to be loaded.
    import docx  # noqa: PLC0415

    file = docx.Document()
    _leave_out_picture(file)
    _prepare(file, document)
    if document.kicker:
        _fill(file.add_paragraph(style="Subtitle"), [Run(document.kicker)])
    _fill(file.add_paragraph(style="Title"), [Run(document.title)])
    for fact in document.facts:
        _fill(
            file.add_paragraph(),
            [Run(_labelled(fact.label, document.language), bold=True), *fact.runs],
        )
    if document.summary:
        _fill(file.add_paragraph(), [Run(document.summary)])
    _add(file, with_sound_places(document.blocks))
    if document.closing:
        _fill(file.add_paragraph(), document.closing)
    _foot(file, document.foot)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _leave_out_picture(file: Docx) -> None:
    """The template's own preview, a picture of nothing that stands here."""
    package = file.part.package
    for key, one in list(package.rels.items()):
        if one.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _prepare(file: Docx, document: Document) -> None:
    """Language, direction and properties; one face for all, which every office has."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    properties = file.core_properties
    properties.title = _clean(document.title)[:_LONGEST_PROPERTY]
    properties.author = _clean(", ".join(document.authors) or document.publisher)[:255]
    properties.last_modified_by = ""
    properties.comments = ""
    properties.language = document.language
    properties.created = properties.modified = document.made_at.replace(tzinfo=None)
    styles: Any = file.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    _language(normal.element.get_or_add_rPr(), document.language)
    for name in ("Title", "Subtitle", *(f"Heading {level}" for level in (1, 2, 3))):
        style = styles[name]
        style.font.name, style.font.color.rgb = _FONT, RGBColor.from_string(_INK)
        faces = style.element.rPr.find(qn("w:rFonts"))
        for attribute in list(faces.attrib):
            if attribute.endswith("Theme"):
                del faces.attrib[attribute]


def _add(file: Docx, blocks: Iterable[Block], depth: int = 0, *, ordered: bool = False) -> None:
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            # No level is left out on the way down, as readers who hear it expect.
            level = min(block.level, level + 1, _DEEPEST)
            _fill(file.add_heading(level=level), block.runs)
        elif isinstance(block, Paragraph):
            made = file.add_paragraph()
            made.paragraph_format.keep_with_next = block.stays or None
            _fill(made, block.runs)
        elif isinstance(block, Quote):
            source = [Run(f" ({block.source})")] if block.source else []
            _fill(file.add_paragraph(style="Quote"), [*block.runs, *source])
        elif isinstance(block, Listing):
            _list(file, block, depth)
        else:
            _table(file, block)


def _list(file: Docx, block: Listing, depth: int) -> None:
    """The number is written, not left to Word: it goes on counting through all lists of a kind."""
    name = "List" if block.ordered else "List Bullet"
    style = f"{name} {min(depth + 1, _DEEPEST)}" if depth else name
    for number, item in enumerate(block.items, block.first):
        for at, part in enumerate(item):
            if isinstance(part, Listing):
                _list(file, part, depth + 1)
            elif isinstance(part, Table):
                _table(file, part)
            else:
                sign = [Run(f"{number}. ")] if block.ordered and at == 0 else []
                kind = style if at == 0 else "List Continue"
                _fill(file.add_paragraph(style=kind), [*sign, *part.runs])


def _table(file: Docx, block: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    if block.caption:
        _fill(file.add_paragraph(style="Caption"), [Run(block.caption)])
    table = file.add_table(rows=1, cols=len(block.head), style="Table Grid")
    head = table.rows[0]
    standing = {
        **dict.fromkeys(block.numbers, WD_ALIGN_PARAGRAPH.RIGHT),
        **dict.fromkeys(block.centred, WD_ALIGN_PARAGRAPH.CENTER),
    }
    for at, (place, cell) in enumerate(zip(head.cells, block.head, strict=True)):
        _fill(place.paragraphs[0], [replace(one, bold=True) for one in as_runs(cell)])
        place.paragraphs[0].alignment = standing.get(at)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(repeated)
    for row in block.rows:
        for at, (place, cell) in enumerate(zip(table.add_row().cells, row, strict=True)):
            _fill(place.paragraphs[0], as_runs(cell))
            place.paragraphs[0].alignment = standing.get(at)
    file.add_paragraph()


def _fill(paragraph: DocxParagraph, runs: Iterable[Run]) -> None:
    for one in runs:
        if not one.text:
            continue
        made = paragraph.add_run(_clean(one.text))
        made.bold, made.italic = one.bold or None, one.italic or None
        made.font.superscript = one.raised == "super" or None
        made.font.subscript = one.raised == "sub" or None
        if one.language:
            _language(made._r.get_or_add_rPr(), one.language)
        if one.place:
            _name(made, one.place)
        if one.url:
            _link(paragraph, made, one.url)


def _name(made: Any, place: str) -> None:
    """A bookmark, by which the document leads here."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    # Word knows a bookmark by its number: places are named once, so their names make one.
    number = str(crc32(place.encode()) & 0x7FFFFFFF)
    for tag, put in (("w:bookmarkStart", made._r.addprevious), ("w:bookmarkEnd", made._r.addnext)):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), number)
        if tag.endswith("Start"):
            mark.set(qn("w:name"), _bookmark(place))
        put(mark)


def _bookmark(place: str) -> str:
    """Word takes letters, digits and low lines, forty at most."""
    return place.replace("-", "_")[:40]


def _link(paragraph: DocxParagraph, made: Any, url: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    made.font.underline = True
    link = OxmlElement("w:hyperlink")
    if url.startswith("#"):
        link.set(qn("w:anchor"), _bookmark(url[1:]))
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(url, _LINK, is_external=True))
    made._r.addprevious(link)
    link.append(made._r)


def _language(properties: Any, code: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), code)
    properties.append(language)


def _foot(file: Docx, words: str) -> None:
    _fill(file.sections[0].footer.paragraphs[0], [Run(words)])


def _labelled(label: str, language: str) -> str:
    """Before what it names; French has a space before the colon."""
    return f"{label}\u00a0: " if language.partition("-")[0] == "fr" else f"{label}: "


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
