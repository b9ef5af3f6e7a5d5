"""Blocks that know no domain; each app composes its own palette from them."""

from contactpoint.kit.blocks.heading import HeadingBlock
from contactpoint.kit.blocks.paragraph import ParagraphBlock
from contactpoint.kit.blocks.picture import PictureBlock
from contactpoint.kit.blocks.quote import QuoteBlock

__all__ = ["HeadingBlock", "ParagraphBlock", "PictureBlock", "QuoteBlock", "text_blocks"]


def text_blocks() -> list[tuple[str, object]]:
    """The palette of running text: paragraph, heading, quote, picture."""
    return [
        ("paragraph", ParagraphBlock()),
        ("heading", HeadingBlock()),
        ("quote", QuoteBlock()),
        ("picture", PictureBlock()),
    ]
