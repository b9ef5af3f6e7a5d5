"""Words that are written together, taken apart: `gezinshereniging` is *gezin* and *hereniging*.

A dictionary decides, `data/parts.toml`: only a word whose every part is known is taken apart, the
last part in any of its forms. So `Nordirland` is no part of anything, and what is not taken apart
is found by the whole word, by its beginning, and by the concept that it names.
"""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from contactpoint.search.analysis.reducing import reduced
from contactpoint.search.analysis.rules import rules
from contactpoint.vocabulary.inflection import inflections

_SHORTEST_PART: Final = 4
_SHORTEST: Final = 2 * _SHORTEST_PART
_MOST_PARTS: Final = 4
_LONGEST: Final = 60


_Known = dict[str, str]


@cache
def _tables() -> dict[str, Any]:
    source = files("contactpoint.search.analysis") / "data" / "parts.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _dictionary() -> dict[str, _Known]:
    """By language: words inside compounds, each with the word that it stands for."""
    return {
        language: {
            form: lemma or form
            for form, _, lemma in (word.partition("=") for word in words.split())
        }
        for language, words in _tables().items()
        if language != "whole"
    }


@cache
def _stems(language: str) -> frozenset[str]:
    """What a last part must be a form of. Where forms are joined by the stems that they could have,
    any stem that is shared will do; else the word itself must be one of its stems."""
    known = _dictionary()[language]
    if not rules(language).reduced:
        return frozenset(known)
    return frozenset(stem for word in known for stem in reduced(word, rules(language)))


@cache
def _whole() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _tables()["whole"].items()}


def parts(word: str, language: str) -> Sequence[str]:
    """The parts of a folded compound, without links between them; empty where it is none."""
    known = _dictionary().get(language)
    if known is None or not _SHORTEST <= len(word) <= _LONGEST:
        return ()
    if word in _whole().get(language, ()):
        return ()
    return _parts(word, language, known, _MOST_PARTS)


def _parts(word: str, language: str, known: _Known, most: int) -> tuple[str, ...]:
    """The shortest first part that leaves parts; links belong to it but are not told."""
    for end in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first = _first(word[:end], language, known)
        if first:
            rest = word[end:]
            if rest in known:
                return first, known[rest]
            if not _stems(language).isdisjoint(reduced(rest, rules(language))):
                return first, rest
            further = _parts(rest, language, known, most - 1) if most > 2 else ()
            if further:
                return first, *further
    return ()


def _first(beginning: str, language: str, known: _Known) -> str:
    """The known word that a beginning is, with or without a link behind it."""
    if beginning in known:
        return known[beginning]
    for link in inflections()[language].compounds:
        part = beginning.removesuffix(link)
        if link and part != beginning and part in known:
            return known[part]
    return ""
