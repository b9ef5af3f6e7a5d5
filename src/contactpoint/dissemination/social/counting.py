"""How networks count a text: by graphemes, by weights, with links of a fixed length.

A grapheme is what a reader takes for one letter: a base with its marks, a syllable of Hangul, a
flag, a family of emoji (Unicode's annex 29, without its rules for Indic clusters).
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

LINK: Final = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")
TAG: Final = re.compile(r"(?<![\w/&#])#(?=\w*[^\W\d])\w+")
_LINK_LENGTH: Final = 23
_JOINER, _NON_JOINER = "\u200d", "\u200c"
# Ranges of code points that X counts once: https://docs.x.com/fundamentals/counting-characters
_LIGHT: Final = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_PICTURES: Final = (
    (0x1F000, 0x1F1E5), (0x1F200, 0x1F3FA), (0x1F400, 0x1FAFF), (0x2190, 0x21FF),
    (0x231A, 0x23FF), (0x25AA, 0x25FE), (0x2600, 0x27BF), (0x2934, 0x2935), (0x2B05, 0x2B55),
)  # fmt: skip
_ALONE: Final = frozenset(
    {0xA9, 0xAE, 0x203C, 0x2049, 0x2122, 0x2139, 0x3030, 0x303D, 0x3297, 0x3299}
)


def graphemes(text: str) -> Iterator[str]:
    """The text in pieces that must not be cut."""
    start = 0
    for at in range(1, len(text)):
        if not _goes_on(text, start, at):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def letters(text: str) -> int:
    """As Bluesky counts."""
    return sum(1 for _one in graphemes(text))


def with_links(text: str) -> int:
    """As Mastodon counts: a link is 23, however long."""
    rest, links = LINK.subn("", text)
    return letters(rest) + links * _LINK_LENGTH


def weighted(text: str) -> int:
    """As X counts: a link is 23, an emoji 2, letters of some scripts 2."""
    rest, links = LINK.subn("", unicodedata.normalize("NFC", text))
    return links * _LINK_LENGTH + sum(
        2 if _is_emoji(one) else sum(1 if _is_in(ord(each), _LIGHT) else 2 for each in one)
        for one in graphemes(rest)
    )


def units(text: str) -> int:
    """Code units of UTF-16, as programs in browsers count."""
    return len(text.encode("utf-16-le")) // 2


def _goes_on(text: str, start: int, at: int) -> bool:
    """Whether what begins at `start` takes the character at `at` in."""
    before, here = text[at - 1], text[at]
    if before == "\r" and here == "\n":
        return True
    if before in "\r\n" or here in "\r\n" or _is_control(before) or _is_control(here):
        return False
    if _extends(here):
        return True
    if before == _JOINER and _is_picture(here):
        return _is_picture(text[start : at - 1].rstrip(_JOINER).rstrip("\ufe0f") and text[start])
    if _is_region(here) and _is_region(before):
        return (at - start) % 2 == 1
    return _is_hangul(before, here)


def _extends(one: str) -> bool:
    code = ord(one)
    return (
        unicodedata.category(one) in ("Mn", "Me", "Mc")
        or one in (_JOINER, _NON_JOINER, "\uff9e", "\uff9f")
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )


def _is_control(one: str) -> bool:
    if one in (_JOINER, _NON_JOINER) or 0xE0020 <= ord(one) <= 0xE007F:
        return False
    return (
        unicodedata.category(one) in ("Cc", "Zl", "Zp") or one in "\u200b\u200e\u200f\u2060\ufeff"
    )


def _is_region(one: str) -> bool:
    return 0x1F1E6 <= ord(one) <= 0x1F1FF


def _is_picture(one: str) -> bool:
    return bool(one) and (_is_in(ord(one), _PICTURES) or ord(one) in _ALONE)


def _is_emoji(one: str) -> bool:
    if _is_region(one[0]):
        return True
    if not _is_picture(one[0]):
        return "\u20e3" in one  # a digit in a key
    return ord(one[0]) >= 0x1F000 or "\ufe0f" in one or unicodedata.east_asian_width(one[0]) == "W"


def _is_hangul(before: str, here: str) -> bool:
    left, right = _hangul(before), _hangul(here)
    return (
        (left == "L" and right in ("L", "V", "LV", "LVT"))
        or (left in ("LV", "V") and right in ("V", "T"))
        or (left in ("LVT", "T") and right == "T")
    )


def _hangul(one: str) -> str:
    code = ord(one)
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "T"
    if 0xAC00 <= code <= 0xD7A3:
        return "LV" if (code - 0xAC00) % 28 == 0 else "LVT"
    return ""


def _is_in(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
