"""Where the words and the concepts of a question stand in a text, in any of their forms."""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.search.analysis import Analysed, analysed, plain_words
from contactpoint.search.asking.loose import LooseWord, loose_words
from contactpoint.search.asking.meant import Meant
from contactpoint.search.asking.results import Piece
from contactpoint.search.asking.small_words import telling_forms
from contactpoint.search.asking.syntax import Item
from contactpoint.search.asking.understanding import Question
from contactpoint.vocabulary import fold

MOST_LOOKED_AT: Final = 6
LEAST_LOOKED_AT: Final = 2
"""A sentence is taken apart only if so many first letters of what is sought stand in it: stems
change their last letters, so two of them are not looked at. Dutch *raad* is *rad*."""
LOOSE: Final = 100
"""From here on parts are words of names of a concept, which are no part of its whole."""


class _Signs(dict[int, str]):
    """For `str.translate`: each sign folded by itself, a tenth of the work of folding a text. What
    is left of a text may differ where signs join; no letter of it does."""

    def __missing__(self, sign: int) -> str:
        self[sign] = fold(chr(sign))
        return self[sign]


_SIGNS: Final = _Signs()


class Found(NamedTuple):
    """A stretch of a text that answers a unit of the question, by number; `by_name` where it is a
    name of the unit's concept rather than the asker's own words.

    `part` is the number of the asker's word where a unit has several; -1 where it is all of them,
    `LOOSE` and more for a word of a name of the unit's concept.
    """

    start: int
    end: int
    unit: int
    by_name: bool
    part: int = -1


@dataclass
class Needles:
    """What to look for in texts of one language."""

    language: str
    stems: dict[str, tuple[int, int]] = field(default_factory=dict)
    starts: list[tuple[str, int]] = field(default_factory=list)
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    names: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    literally: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Words of another language that say something only as they are written."""
    tokens: frozenset[str] = frozenset()
    units: int = 0
    """How many parts of the question may stand in texts of this language."""
    parts: dict[int, frozenset[int]] = field(default_factory=dict)
    """Of units of several words, the numbers of those that say something."""
    loose: dict[int, LooseWord] = field(default_factory=dict)
    """By part, words of names of concepts, if those are sought."""
    glimpse: Callable[[str], bool] = lambda _text: False

    def take(
        self,
        item: Item,
        place: tuple[int, int],
        written_in: Sequence[str],
        is_at_home: Callable[[str], bool],
    ) -> None:
        """Look for a word of the question in all its spellings; `place` is its unit and part."""
        for word in {word for spelling in item.spellings for word in spelling}:
            found = telling_forms(word, self.language, written_in)
            if found and self.language not in written_in and is_at_home(word):
                self.literally[fold(word)] = place
            else:
                self.stems.update(dict.fromkeys(found, place))

    def find(self, text: str) -> list[Found]:
        """What stands in the text, in order and without overlap; names of concepts go first."""
        if not self.glimpse(text):
            return []
        words = analysed(text, self.language)
        found: list[Found] = []
        done = 0
        for place, word in enumerate(words):
            # Nearly all words are none that is sought.
            if place < done or (
                self.tokens.isdisjoint(word.stems)
                and word.surface not in self.phrases
                and word.surface not in self.literally
                and not self.starts
            ):
                continue
            size, one = self._at(words, place)
            if one is not None and self._is_meant(one, text):
                found.append(one)
            done = place + size
        return found

    def _at(self, words: Sequence[Analysed], place: int) -> tuple[int, Found | None]:
        word = words[place]
        for stem in word.stems:
            for sequence, unit in self.names.get(stem, ()):
                size = len(sequence)
                if all(
                    wanted in other.stems
                    for wanted, other in zip(sequence, words[place : place + size], strict=False)
                ) and place + size <= len(words):
                    by_name = not self._is_all_of(unit, words[place : place + size])
                    return size, Found(word.start, words[place + size - 1].end, unit, by_name)
        for sequence, unit in self.phrases.get(word.surface, ()):
            size = len(sequence)
            if sequence == tuple(other.surface for other in words[place : place + size]):
                return size, Found(word.start, words[place + size - 1].end, unit, False)
        own = self._own(word)
        if own is None:
            return 1, None
        return 1, Found(word.start, word.end, own[0], own[1] >= LOOSE, own[1])

    def _is_meant(self, one: Found, text: str) -> bool:
        """Whether a word that may be one of a name is that word, and not another of its stem."""
        loose = self.loose.get(one.part)
        return loose is None or loose.is_written("".join(plain_words(text[one.start : one.end])))

    def _is_all_of(self, unit: int, words: Iterable[Analysed]) -> bool:
        """Whether words are the asker's own of a unit, and all of them that say something."""
        owners = list(map(self._own, words))
        if not all(own and own[0] == unit and own[1] < LOOSE for own in owners):
            return False
        return self.parts.get(unit, frozenset()) <= {own[1] for own in owners if own}

    def _own(self, word: Analysed) -> tuple[int, int] | None:
        for stem in word.stems:
            if stem in self.stems:
                return self.stems[stem]
        if word.surface in self.literally:
            return self.literally[word.surface]
        for start, unit in self.starts:
            if word.surface.startswith(start):
                return unit, -1
        return None

    def answered(self, found: Iterable[Found]) -> dict[int, bool]:
        """The units that a stretch of text answers, and whether the asker's own words do it.

        One of several words answers nothing: `family` is no family reunification.
        """
        units: dict[int, bool] = {}
        parts: dict[int, set[int]] = defaultdict(set)
        for one in found:
            if one.part >= LOOSE:
                continue
            if one.part < 0 or one.unit not in self.parts:
                units[one.unit] = units.get(one.unit, False) or not one.by_name
            else:
                parts[one.unit].add(one.part)
        for unit, there in parts.items():
            if there >= self.parts[unit]:
                units[unit] = True
        return units


def needles(
    question: Question,
    language: str,
    words: PortalVocabulary,
    *,
    loosely: bool = False,
    common: Container[tuple[str, str]] = (),
    is_at_home: Callable[[str], bool] = lambda _word: False,
) -> Needles:
    """What to look for in a text of `language` to see a question answered.

    `loosely` also single words of the names of its concepts, which answer nothing, but for those
    that are `common`. A word that `is_at_home` in the question's language is looked for in others
    just as it is written.
    """
    made = Needles(language)
    phrases, names = defaultdict(list), defaultdict(list)
    for number, unit in enumerate(question.units):
        is_sought = unit.has_parts or len(unit.items) == 1 or not loosely
        telling = question.telling(unit) if is_sought else []
        if len(telling) > 1:
            made.parts[number] = frozenset(telling)
        for part, item in enumerate(unit.items):
            if item.kind == "word":
                if part in telling and question.languages_of(item, [language]):
                    made.take(item, (number, part), question.written_in, is_at_home)
            elif item.kind == "prefix":
                made.starts.append((item.words[0], number))
            else:
                phrases[item.words[0]].append((item.words, number))
        for meant in unit.concepts:
            for name in _names(words, meant, language):
                names[name[0]].append((name, number))
    if loosely:
        _add_loose(made, question, common)
    made.phrases = dict(phrases)
    made.names = {
        stem: sorted(found, key=lambda one: -len(one[0])) for stem, found in names.items()
    }
    firsts = {
        *made.stems,
        *made.literally,
        *(start for start, _unit in made.starts),
        *phrases,
        *names,
    }
    made.tokens = frozenset(made.stems) | frozenset(made.names)
    made.units = len(question.units)
    made.glimpse = _glimpse(frozenset(map(_first_letters, firsts)))
    return made


def _add_loose(made: Needles, question: Question, common: Container[tuple[str, str]]) -> None:
    for number, unit in enumerate(question.units):
        for word in loose_words(unit.names, made.language):
            part = LOOSE + len(made.loose)
            for form in word.forms:
                if (made.language, form) not in common and form not in made.stems:
                    made.stems[form] = (number, part)
                    made.loose[part] = word


def _names(words: PortalVocabulary, meant: Meant, language: str) -> Iterable[tuple[str, ...]]:
    for label in words.concept(meant.slug, meant.scheme).labels:
        if label.language == language:
            stems = tuple(word.stems[0] for word in analysed(label.text, language) if word.stems)
            if stems:
                yield stems


def _first_letters(stem: str) -> str:
    if stem.isdecimal():
        # The thousands of a number may stand apart: `580,800`.
        return stem[: len(stem) % 3 or 3]
    return stem[: min(MOST_LOOKED_AT, max(LEAST_LOOKED_AT, len(stem) - 2))]


@lru_cache(maxsize=256)
def _glimpse(starts: frozenset[str]) -> Callable[[str], bool]:
    """Whether any word of a text begins so: cheap, and sometimes wrongly yes."""
    if not starts:
        return lambda _text: False
    found = re.compile("|".join(map(re.escape, sorted(starts)))).search
    return lambda text: found(text.translate(_SIGNS)) is not None


def pieces(
    text: str, found: Iterable[Found], start: int = 0, end: int | None = None
) -> list[Piece]:
    """The text from `start` to `end` in pieces, of which those found are marked."""
    last = len(text) if end is None else end
    made: list[Piece] = []
    place = start
    for one in found:
        if one.start < place or one.end > last:
            continue
        if one.start > place:
            made.append(Piece(text[place : one.start], False))
        made.append(Piece(text[one.start : one.end], True))
        place = one.end
    if place < last:
        made.append(Piece(text[place:last], False))
    return made
