"""The text that an editor begins with: title, teaser, link and hashtags, within a network's limit.

What must be there comes first: title and link. Hashtags that fit follow, and the teaser gets the
room that is left. No word is cut.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from contactpoint.dissemination.social.items import Shared
from contactpoint.dissemination.social.limits import Limits

_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_LONGEST_TAG: Final = 40
_LEAST_TEASER: Final = 40
"""Of fewer letters nobody learns anything."""


def composed(item: Shared, limits: Limits, most: int = 0) -> str:
    """Within `most`, or the usual limit of the network."""

    def fits(*parts: str) -> bool:
        return limits.fits(_joined(parts), most)

    title = item.title
    if not fits(title, "", item.url, ""):
        title = shortened(title, lambda text: fits(text, "", item.url, ""))
    tags: list[str] = []
    for tag in hashtags(item.labels)[: limits.tags]:
        if fits(title, "", item.url, " ".join([*tags, tag])):
            tags.append(tag)
    line = " ".join(tags)
    teaser = item.teaser
    if not fits(title, teaser, item.url, line):
        teaser = shortened(teaser, lambda text: fits(title, text, item.url, line))
        teaser = teaser if len(teaser) >= _LEAST_TEASER else ""
    return _joined((title, teaser, item.url, line))


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """As many whole words as fit, with an ellipsis; nothing where not one does."""
    words = text.split()
    low, high = 0, len(words)
    while low < high:  # what fits with more words fits with fewer
        middle = (low + high + 1) // 2
        if fits(_cut(words[:middle])):
            low = middle
        else:
            high = middle - 1
    return _cut(words[:low]) if low else ""


def hashtags(labels: Iterable[str]) -> list[str]:
    """Labels as tags in camel case, which screen readers tell as words, each once."""
    found: dict[str, str] = {}
    for label in labels:
        words = _WORD.findall(label.partition("(")[0])
        tag = "".join(word[:1].upper() + word[1:] for word in words)
        if tag and not tag.isdecimal() and len(tag) <= _LONGEST_TAG:
            found.setdefault(tag.casefold(), f"#{tag}")
    return list(found.values())


def _cut(words: Sequence[str]) -> str:
    return f"{' '.join(words).rstrip(' ,;:.–—-')}…"


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)
