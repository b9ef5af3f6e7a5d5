"""Blocks that know no domain; each app composes its own palette from them."""

from contactpoint.kit.blocks.body import BodyBlock
from contactpoint.kit.blocks.heading import HeadingBlock, MinorHeadingBlock, SubheadingBlock
from contactpoint.kit.blocks.notes import NotesBlock
from contactpoint.kit.blocks.paragraph import ParagraphBlock
from contactpoint.kit.blocks.picture import PictureBlock
from contactpoint.kit.blocks.quote import QuoteBlock
from contactpoint.kit.blocks.table import TableBlock

__all__ = [
    "BodyBlock",
    "HeadingBlock",
    "MinorHeadingBlock",
    "NotesBlock",
    "ParagraphBlock",
    "PictureBlock",
    "QuoteBlock",
    "SubheadingBlock",
    "TableBlock",
    "long_text_blocks",
    "text_blocks",
]


def text_blocks() -> list[tuple[str, object]]:
    """The palette of running text: paragraph, heading, quote, picture."""
    return [
        ("paragraph", ParagraphBlock()),
        ("heading", HeadingBlock()),
        ("quote", QuoteBlock()),
        ("picture", PictureBlock()),
    ]


def long_text_blocks() -> list[tuple[str, object]]:
    """The palette of reports: headings below headings, tables and notes as well. It wants a
    `BodyBlock` around it."""
    return [
        ("paragraph", ParagraphBlock()),
        ("heading", HeadingBlock()),
        ("subheading", SubheadingBlock()),
        ("minor_heading", MinorHeadingBlock()),
        ("quote", QuoteBlock()),
        ("picture", PictureBlock()),
        ("table", TableBlock()),
        ("notes", NotesBlock()),
    ]
