"""Which of several kinds of an answer a client wants, by its Accept header (RFC 9110)."""

from collections.abc import Sequence
from typing import Final

from django.http.request import MediaType

_MOST: Final = 50
"""Of the kinds that a client names; browsers name about eight."""


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The kind in `offered` that the header wants most; None where it wants none of them.

    A kind has the quality of the most specific range that matches it, and 0 refuses it, also where
    a wider range would take it. Among equals the first in `offered` is chosen, as without a header,
    and as with one that names nothing.
    """
    named = [one for one in (accept or "").split(",") if one.strip(" \t;")]
    if not named:
        return offered[0]
    ranges = [MediaType(one) for one in named[:_MOST]]
    best: tuple[float, str | None] = (0.0, None)
    for kind in offered:
        matching = [(one.specificity, one.quality) for one in ranges if one.match(kind)]
        quality = max(matching, default=(0, 0.0))[1]
        if quality > best[0]:
            best = (quality, kind)
    return best[1]
