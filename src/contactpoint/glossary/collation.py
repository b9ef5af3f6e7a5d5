"""Alphabetical order as the readers of a language know it, and the letters that open it.

Unicode's default table knows every sign, but no language: it sorts the Czech `ch` under C and the
Swedish `å` under A. The alphabets in `data/alphabets.toml` say which letters a language has, and in
which order; everything else (accents, capitals, digits, signs, other scripts) keeps the default.
Words in another script stand behind those in the language's own.
"""

import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyuca import Collator

ALPHABETS_FILE: Final = Path(__file__).parent / "data" / "alphabets.toml"
DIGITS: Final = "0–9"
OTHER_SCRIPTS: Final = "…"
_ROOT: Final = "root"
_FIRST_SIGNS: Final = "aαаაաאءሀ"  # of each script, in the order of the default table
_APART: Final = 1 << 16  # room between two letters for those that the alphabet does not name
_FOREIGN: Final = 1 << 30
_OTHER_WRITING: Final = 0x200  # a second weight behind all accents
_CAPITAL: Final = 0x8
_SMALL: Final = 0x2

Element = tuple[int, int, int]
Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The order of one language, prepared for making keys.

    `letters` are the headings of an A–Z; `rare` ones are a heading only where a word needs them.
    """

    letters: tuple[str, ...]
    rare: frozenset[str]
    headings: Mapping[int, str]
    whole: Mapping[str, tuple[Element, ...]] = field(repr=False)
    longest: int
    natural: Mapping[int, int] = field(repr=False)
    anchors: tuple[int, ...] = field(repr=False)
    script: tuple[int, int]
    small: Mapping[int, str] = field(repr=False)

    def elements(self, text: str) -> Iterator[Element]:
        """Weights of each letter, accent and sign of `text`."""
        apart = unicodedata.normalize("NFD", text)
        lowered = unicodedata.normalize("NFD", _lower(text, self.small))
        if len(lowered) != len(apart):  # the rare sign whose small form is longer
            apart = lowered
        start = place = 0
        while place < len(apart):
            found = self._letter_at(lowered, place)
            if not found:
                place += 1
                continue
            yield from self._default(apart[start:place])
            is_capital = apart[place : place + len(found)] != found
            for first, second, _third in self.whole[found]:
                yield first, second, _CAPITAL if is_capital else _SMALL
            place += len(found)
            start = place
        yield from self._default(apart[start:])

    def heading(self, text: str) -> str:
        """The letter under which `text` stands; `DIGITS` and `OTHER_SCRIPTS` are letters too."""
        first_digit, first_letter = _bounds()[0], _bounds()[1]
        for weight, _second, _third in self.elements(text):
            if weight >= _FOREIGN:
                return OTHER_SCRIPTS
            if weight >= _APART:
                return self.headings[weight // _APART]
            if first_digit <= weight < first_letter:
                return DIGITS
        return OTHER_SCRIPTS

    def _letter_at(self, text: str, place: int) -> str:
        """The longest letter that the default table would take for something else."""
        for length in range(min(self.longest, len(text) - place), 0, -1):
            if text[place : place + length] in self.whole:
                return text[place : place + length]
        return ""

    def _default(self, text: str) -> Iterator[Element]:
        for first, second, third in _collator().collation_elements(text) if text else ():
            yield self._weight(first), second, third

    def _weight(self, default: int) -> int:
        """A weight of the default table, moved to where this alphabet has the letter."""
        low, high = self.script
        if default < _bounds()[1]:
            return default
        if not low <= default < high:
            return _FOREIGN + default
        nearest = self.anchors[max(bisect_right(self.anchors, default) - 1, 0)]
        return self.natural[nearest] * _APART + abs(default - nearest)


def alphabet(language: str) -> Alphabet:
    """The alphabet of a language; the 26 letters where we know no other."""
    base = language.split("-", maxsplit=1)[0]
    return _alphabet(base if base in _tables() else _ROOT)


def sort_key(text: str, language: str = _ROOT) -> Key:
    """The key by which a name is sorted in `language`: letters first, then accents, then case."""
    elements = list(alphabet(language).elements(text))
    key: list[int] = []
    for level in range(3):
        key.extend(element[level] for element in elements if element[level])
        key.append(0)
    return tuple(key)


def initial(text: str, language: str = _ROOT) -> str:
    """The letter under which a name stands in the A–Z of `language`."""
    return alphabet(language).heading(text)


@cache
def _alphabet(name: str) -> Alphabet:
    table = _tables()[name]
    rare_after: dict[str, str] = table.get("rare", {})
    order: list[str] = []
    for letter in table["letters"].split():
        order += [letter, *rare_after.get(letter, "").split()]
    places = {letter: number for number, letter in enumerate(order, start=1)}
    capitals = {pair[0]: pair[1] for pair in table.get("capitals", ())}
    natural: dict[int, int] = {}
    whole: dict[str, tuple[Element, ...]] = {}
    for letter, number in places.items():
        elements = _collator().collation_elements(_nfd(letter))
        is_plain = len(elements) == 1 and elements[0][0] not in natural
        if is_plain and letter not in capitals:
            natural[elements[0][0]] = number
        else:
            whole[_nfd(letter)] = ((number * _APART, 0x20, _SMALL),)
    for letter, writings in table.get("same", {}).items():
        for rank, writing in enumerate(writings.split(), start=1):
            element = (places[letter] * _APART, _OTHER_WRITING + rank, _SMALL)
            whole[_nfd(writing)] = (element,)
    for signs, parts in table.get("split", {}).items():
        whole[signs] = tuple((places[part] * _APART, 0x20, _SMALL) for part in parts.split())
    first = min(natural)
    starts = [*_bounds()[1:], _FOREIGN]
    segment = bisect_right(starts, first) - 1
    return Alphabet(
        letters=tuple(_heading(letter, capitals) for letter in order),
        rare=frozenset(
            _heading(letter, capitals) for some in rare_after.values() for letter in some.split()
        ),
        headings={number: _heading(letter, capitals) for letter, number in places.items()},
        whole=whole,
        longest=max(map(len, whole), default=0),
        natural=natural,
        anchors=tuple(sorted(natural)),
        script=(starts[segment], starts[segment + 1]),
        small={ord(capital): letter for letter, capital in capitals.items()},
    )


def _heading(letter: str, capitals: Mapping[str, str]) -> str:
    """The letter as a heading: "Ch", "İ"; Georgian has capitals, but no word begins with one."""
    first = letter[0]
    capital = capitals.get(first, first.upper())
    has_none = "ა" <= first <= "ჿ" or len(capital) > 1
    return letter if has_none else capital + letter[1:]


def _lower(text: str, small: Mapping[int, str]) -> str:
    return unicodedata.normalize("NFC", text).translate(small).lower() if small else text.lower()


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@cache
def _bounds() -> tuple[int, ...]:
    """The weights at which digits begin, then those at which each script does."""
    return tuple(_collator().collation_elements(sign)[0][0] for sign in f"0{_FIRST_SIGNS}")


@cache
def _tables() -> dict[str, dict[str, Any]]:
    with ALPHABETS_FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def _collator() -> Any:
    return Collator()
