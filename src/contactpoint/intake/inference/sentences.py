"""A cleaned text to sentences, for titles and teasers; a hole ends a sentence too."""

import re
from dataclasses import dataclass
from typing import Final

from contactpoint.intake.inference.holes import holes
from contactpoint.intake.phrases import phrases

_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“«(\[]?[^\W_a-z])")
_ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Sentence:
    """`torn` where it stops at a hole; `end` counts characters of the text it was cut from."""

    text: str
    torn: bool = False
    end: int = 0


def sentences(text: str, language: str) -> list[Sentence]:
    """All of them in order; nothing of a cleaned text is lost but the spaces between."""
    torn = {hole.position for hole in holes(text, language)}
    ends = torn | {
        match.end() for match in _END.finditer(text) if not _abbreviated(text, match, language)
    }
    found, start = [], 0
    for end in sorted({*ends, len(text)}):
        part = text[start:end].strip()
        stop = start + len(text[start:end].rstrip())
        if any(sign.isalnum() for sign in part):
            found.append(Sentence(part, end in torn and end < len(text), stop))
        elif found and part:
            found[-1] = Sentence(f"{found[-1].text} {part}", found[-1].torn, stop)
        start = end
    return found


def _abbreviated(text: str, match: re.Match[str], language: str) -> bool:
    if text[match.start()] != ".":
        return False
    word = text[: match.start()].rsplit(" ", 1)[-1].lstrip("(\"'“«")
    # German writes “am 1. Mai”.
    if language.startswith("de") and word.isdecimal() and len(word) < 3:
        return True
    return word in phrases(language).abbreviations or (len(word) == 1 and word.isupper())


def teaser(text: str, language: str, limit: int = 300) -> str:
    """The first whole sentences that fit; a first one that is longer ends at a word."""
    ends = [one.end for one in sentences(text, language) if one.end <= limit]
    return text[: ends[-1]] if ends else shorten(text, limit)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, never ending inside a word."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    if not text[limit - 1].isspace():
        cut = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return cut.rstrip(" ,;:–—-") + _ELLIPSIS
