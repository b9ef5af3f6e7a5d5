"""Words that are written together in a question and stand in texts one by one.

The dictionary of compounds (`analysis/compounds.py`) has few words. Where nothing else is known of
a word, texts tell of what it may be made: *vreemdelingenwet* of `vreemdelingen` and `wet`.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from contactpoint.search.analysis import forms
from contactpoint.search.asking.small_words import is_small
from contactpoint.search.asking.syntax import Item
from contactpoint.search.asking.understanding import Question
from contactpoint.search.engines.base import Engine
from contactpoint.vocabulary.inflection import inflections

SHORTEST: Final = 8
SHORTEST_FIRST: Final = 4
SHORTEST_LAST: Final = 3


class _Parts(NamedTuple):
    """Two words of a language."""

    language: str
    first: str
    last: str


def apart(engine: Engine, item: Item, question: Question) -> tuple[str, list[str]] | None:
    """A language of the question and two words of it of which a word is made; None where no text
    has both. Of several pairs the one of which the rarer word stands in most texts."""
    word = item.words[0]
    if item.joined or len(word) < SHORTEST:
        return None
    tried = [pair for language in question.written_in for pair in _pairs(word, language)]
    words = sorted({(one.language, part) for one in tried for part in (one.first, one.last)})
    terms = [
        [
            ("surface", part),
            *(
                (f"{field}_{language}", form)
                for form in forms(part, language)
                for field in ("title", "text")
            ),
        ]
        for language, part in words
    ]
    told = iter(engine.frequencies([term for some in terms for term in some]) if terms else [])
    standing = {}
    for one, some in zip(words, terms, strict=True):
        written, *others = [next(told) for _term in some]
        # A stem alone is that of any word, and a word as it stands may be one of any language.
        standing[one] = min(written, sum(others))
    best = max(tried, key=lambda one: _told(one, standing), default=None)
    if best is None or not _told(best, standing)[0]:
        return None
    return best.language, [best.first, best.last]


def _told(one: _Parts, standing: dict[tuple[str, str], int]) -> tuple[int, int]:
    count = min(standing[one.language, one.first], standing[one.language, one.last])
    return count, len(one.first)


def _pairs(word: str, language: str) -> Iterator[_Parts]:
    """Both words of every place where there may be a joint; the first with its link and without."""
    known = inflections().get(language)
    links = known.compounds if known is not None else ()
    if not links:
        return
    for end in range(SHORTEST_FIRST, len(word) - SHORTEST_LAST + 1):
        linked, last = word[:end], word[end:]
        bare = {linked.removesuffix(link) for link in links}
        for first in sorted({linked, *bare}):
            if len(first) >= SHORTEST_FIRST and not (
                is_small(first, [language]) or is_small(last, [language])
            ):
                yield _Parts(language, first, last)
