"""Forms of one word: from closed sets of endings per language, prepared when labels are compiled.

A general stemmer also joins words that mean different things (Snowball's English one: integration
and integrity, residence and resident), so only inflection is undone here. The endings are in
`data/endings.toml`.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from contactpoint.vocabulary.normalise import fold

_SHORTEST_AFTER_INITIAL: Final = 3
_Rule = tuple[str, str]


def read_data(name: str) -> dict[str, Any]:
    """One of this library's own tables, `data/<name>.toml`."""
    source = files("contactpoint.vocabulary") / "data" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Inflection:
    """How one language inflects; see `data/endings.toml` for the meaning of each field."""

    minimum: int
    paradigms: tuple[frozenset[str], ...]
    by_ending: dict[str, tuple[int, ...]]
    initial: tuple[_Rule, ...]
    final: tuple[_Rule, ...]
    compounds: tuple[str, ...]
    longest: int

    def beginnings(self, word: str) -> Iterator[str]:
        """The word, and what it is without an article or a mutation at its beginning."""
        yield word
        for changed, plain in self.initial:
            if word.startswith(changed) and len(word) - len(changed) >= _SHORTEST_AFTER_INITIAL:
                yield plain + word[len(changed) :]

    def stems(self, word: str) -> Iterator[tuple[str, int]]:
        """Every (stem, paradigm) that the word can be taken apart into."""
        for begun in self.beginnings(word):
            for length in range(min(self.longest, len(begun) - self.minimum) + 1):
                cut = len(begun) - length
                paradigms = self.by_ending.get(begun[cut:])
                if paradigms is None:
                    continue
                for stem in self._finals(begun[:cut]):
                    for paradigm in paradigms:
                        yield stem, paradigm

    def _finals(self, stem: str) -> Iterator[str]:
        yield stem
        for one, other in self.final:
            if stem.endswith(one):
                yield stem[: -len(one)] + other


@cache
def inflections() -> dict[str, Inflection]:
    """All languages' inflection, by language tag. Read once."""
    return {tag: _inflection(table) for tag, table in read_data("endings").items()}


def _pairs(rules: list[str]) -> tuple[_Rule, ...]:
    return tuple((fold(one), fold(other)) for one, _, other in (r.partition(">") for r in rules))


def _inflection(table: dict[str, Any]) -> Inflection:
    paradigms = tuple(
        frozenset("" if ending == "-" else fold(ending) for ending in line.split())
        for line in table["paradigms"]
    )
    by_ending: dict[str, list[int]] = defaultdict(list)
    for number, paradigm in enumerate(paradigms):
        for ending in paradigm:
            by_ending[ending].append(number)
    return Inflection(
        minimum=table["minimum"],
        paradigms=paradigms,
        by_ending={ending: tuple(numbers) for ending, numbers in by_ending.items()},
        initial=_pairs(table.get("initial", [])),
        final=_pairs(table.get("final", [])),
        compounds=tuple("" if link == "-" else link for link in table.get("compounds", [])),
        longest=max(map(len, by_ending)),
    )


class WordForms:
    """Which words of the labels a word can be a form of. Filled once, then only read."""

    def __init__(self) -> None:
        # stem: (language, paradigm, word of a label)
        self._stems: dict[str, list[tuple[str, int, str]]] = {}
        self._words: set[tuple[str, str]] = set()
        self._longest = 0
        self._finals: dict[str, set[_Rule]] = {}
        self._initials: set[_Rule] = set()

    def add(self, word: str, language: str) -> None:
        """Record a folded word of a label."""
        rules = inflections().get(language)
        if rules is None or (word, language) in self._words:
            return
        self._words.add((word, language))
        self._longest = max(self._longest, rules.longest)
        for rule in rules.final:
            self._finals.setdefault(rule[0][-1], set()).add(rule)
        self._initials.update(rules.initial)
        for stem, paradigm in set(rules.stems(word)):
            self._stems.setdefault(stem, []).append((language, paradigm, word))

    def find(self, word: str, languages: frozenset[str]) -> dict[str, frozenset[str]]:
        """Label words that the folded `word` is a form of, each with the languages it is one in.

        One pass for all languages: most words share no stem with any label.
        """
        found: dict[str, set[str]] = {}
        if not languages:
            return {}
        alone = inflections().get(next(iter(languages))) if len(languages) == 1 else None
        longest = alone.longest if alone else self._longest
        for begun, initial in self._begun(word, alone.initial if alone else self._initials):
            last = len(begun)
            for cut in range(last, max(1, last - longest - 1), -1):
                for stem, final in self._stems_of(begun[:cut]):
                    for language, paradigm, form in self._stems[stem]:
                        if language not in languages or form == word:
                            continue
                        rules = inflections()[language]
                        if (
                            cut >= rules.minimum
                            and begun[cut:] in rules.paradigms[paradigm]
                            and (initial is None or initial in rules.initial)
                            and (final is None or final in rules.final)
                        ):
                            found.setdefault(form, set()).add(language)
        return {form: frozenset(tags) for form, tags in found.items()}

    @staticmethod
    def _begun(word: str, rules: Iterable[_Rule]) -> Iterator[tuple[str, _Rule | None]]:
        yield word, None
        for rule in rules:
            if word.startswith(rule[0]) and len(word) - len(rule[0]) >= _SHORTEST_AFTER_INITIAL:
                yield rule[1] + word[len(rule[0]) :], rule

    def _stems_of(self, stem: str) -> list[tuple[str, _Rule | None]]:
        """The stem and what changed last letters make of it, as far as labels have them."""
        found: list[tuple[str, _Rule | None]] = [(stem, None)] if stem in self._stems else []
        for rule in self._finals.get(stem[-1], ()):
            if stem.endswith(rule[0]):
                changed = stem[: -len(rule[0])] + rule[1]
                if changed in self._stems:
                    found.append((changed, rule))
        return found
