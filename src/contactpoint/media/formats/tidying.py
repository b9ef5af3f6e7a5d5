"""Text as it stands in files to text as it is read: lines joined, words whole, nothing unseen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# PDFium marks the hyphen of a divided word so, with or without the line's end.
_DIVIDED: Final = re.compile(r"[\ufffe\x02]\s*")
_LIGATURES: Final = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "ft", "\ufb06": "st",
}  # fmt: skip
_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys(map(chr, [*range(9), *range(14, 32), 127, *range(128, 160)]), " "),
        **dict.fromkeys(map(chr, range(0xD800, 0xE000)), " "),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff\uffff", ""),
        **_LIGATURES,
    }
)
_ENDS: Final = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES: Final = re.compile(r"[^\S\n]+")
_PARTED: Final = re.compile(r" ?\n(?: ?\n)+ ?")
_AFTER_SENTENCE: Final = re.compile(r"(?<=[.:;!?…]) ?\n ?")
_HYPHEN_AT_END: Final = re.compile(r"([^\W\d_]+)[-‐] ?\n ?([^\W\d_]+)")
_COMPOUND: Final = re.compile(r"[^\W\d_]+[-‐][^\W\d_]+")
_PARAGRAPH: Final = "\x00"
_SHORT: Final = 0.6


def tidy(text: str) -> str:
    """One line end between lines, one space between words; ligatures and unseen signs resolved."""
    text = _ENDS.sub("\n", _DIVIDED.sub("-\n", text)).translate(_SIGNS)
    return _SPACES.sub(" ", text).strip()


def joined(pages: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Pages of tidy text with divided words and lines joined; paragraphs stay, a line end each.

    A word that is divided at a line's end loses its hyphen, unless the next part begins with a
    capital or the file writes the word with a hyphen elsewhere. PDF has lines and no paragraphs: a
    line that ends a sentence, or is clearly shorter than the page's others, ends one.
    """
    compounds = {word.casefold() for _number, text in pages for word in _COMPOUND.findall(text)}

    def whole(match: re.Match[str]) -> str:
        first, rest = match[1], match[2]
        is_compound = f"{first}-{rest}".casefold() in compounds
        return f"{first}-{rest}" if is_compound or not rest[0].islower() else first + rest

    return [(number, _flowing(_HYPHEN_AT_END.sub(whole, text))) for number, text in pages]


def _flowing(text: str) -> str:
    text = _AFTER_SENTENCE.sub(_PARAGRAPH, _PARTED.sub(_PARAGRAPH, text))
    parts = [part.strip().split("\n") for part in text.split(_PARAGRAPH)]
    lengths = sorted(len(line) for lines in parts for line in lines if line)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    paragraphs: list[str] = []
    for lines in parts:
        ends_here = True
        for line in lines:
            if ends_here:
                paragraphs.append(line.strip())
            else:
                paragraphs[-1] += f" {line.strip()}"
            ends_here = len(line) < usual * _SHORT
    return "\n".join(filter(None, paragraphs))
