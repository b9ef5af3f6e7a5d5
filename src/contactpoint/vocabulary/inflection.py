"""Forms of one word: from closed sets of endings per language, prepared when labels are compiled.

A general stemmer also joins words that mean different things (Snowball's English one: integration
and integrity, residence and resident), so only inflection is undone here. The endings are in
`data/endings.toml`.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

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
    by_ending: dict[str, frozenset[int]]
    initial: tuple[_Rule, ...]
    final: tuple[_Rule, ...]
    finals: frozenset[_Rule]
    compounds: tuple[str, ...]
    longest: int

    def share_paradigm(self, one: str, other: str) -> bool:
        """Whether both endings stand in one paradigm."""
        paradigms = self.by_ending.get(other)
        return paradigms is not None and not paradigms.isdisjoint(self.by_ending.get(one, ()))

    def beginnings(self, word: str) -> Iterator[str]:
        """The word, and what it is without an article or a mutation at its beginning."""
        yield word
        for changed, plain in self.initial:
            if word.startswith(changed) and len(word) - len(changed) >= _SHORTEST_AFTER_INITIAL:
                yield plain + word[len(changed) :]


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
    by_ending: defaultdict[str, set[int]] = defaultdict(set)
    for number, paradigm in enumerate(paradigms):
        for ending in paradigm:
            by_ending[ending].add(number)
    final = _pairs(table.get("final", []))
    return Inflection(
        minimum=table["minimum"],
        by_ending={ending: frozenset(numbers) for ending, numbers in by_ending.items()},
        initial=_pairs(table.get("initial", [])),
        final=final,
        finals=frozenset(final),
        compounds=tuple("" if link == "-" else link for link in table.get("compounds", [])),
        longest=max(map(len, by_ending)),
    )


class _Plan(NamedTuple):
    """What a search in certain languages may do.

    `endings` are those of any of the languages, each with the languages that have it; `reach` says
    how many of a stem's last letters may differ from the label's.
    """

    languages: frozenset[str]
    minimum: int
    longest: int
    reach: int
    initials: tuple[_Rule, ...]
    finals: tuple[_Rule, ...]
    endings: dict[str, tuple[str, ...]]
    sets: tuple[tuple[str, ...], ...]


class WordForms:
    """Which words of the labels a word can be a form of.

    Nothing is prepared but a sorted list of the words: what can be the same stem stands together.
    """

    def __init__(
        self,
        words: Sequence[str],
        keys: Sequence[str],
        key_word: Sequence[int],
        key_languages: Sequence[int],
        sets: Sequence[Collection[str]],
    ) -> None:
        """`keys` are sorted: words of labels, whole and without what may stand at the beginning;
        `key_word` and `key_languages` say which of `words` each belongs to, and in which of `sets`
        of languages."""
        self._words, self._keys = words, keys
        self._key_word, self._key_languages = key_word, key_languages
        self._sets = sets
        self._plans: dict[frozenset[str], _Plan | None] = {}

    def find(self, word: str, languages: frozenset[str]) -> dict[int, frozenset[str]]:
        """Numbers of the label words that the folded `word` is a form of, each with the languages
        it is one in.

        One pass for all languages: most words share no beginning with any label.
        """
        if languages not in self._plans:
            self._plans[languages] = self._plan(languages)
        plan = self._plans[languages]
        if plan is None:
            return {}
        found: dict[int, set[str]] = {}
        for begun, initial in _begun(word, plan.initials):
            size = len(begun)
            low = max(plan.minimum, 2, size - plan.longest)
            if low > size:
                continue
            high = min(size, self._common(begun, low - plan.reach) + plan.reach)
            for cut in range(high, low - 1, -1):
                if begun[cut:] in plan.endings:
                    for form, tag in self._with_stem(begun, cut, initial, plan):
                        found.setdefault(form, set()).add(tag)
        return {form: frozenset(tags) for form, tags in found.items() if self._words[form] != word}

    def _plan(self, languages: frozenset[str]) -> _Plan | None:
        rules = {tag: inflections()[tag] for tag in sorted(languages) if tag in inflections()}
        if not rules:
            return None
        endings: defaultdict[str, list[str]] = defaultdict(list)
        for tag, rule in rules.items():
            for ending in rule.by_ending:
                endings[ending].append(tag)
        finals = tuple(dict.fromkeys(pair for rule in rules.values() for pair in rule.final))
        return _Plan(
            languages,
            min(rule.minimum for rule in rules.values()),
            max(rule.longest for rule in rules.values()),
            max((len(side) for pair in finals for side in pair), default=0),
            tuple(dict.fromkeys(pair for rule in rules.values() for pair in rule.initial)),
            finals,
            {ending: tuple(tags) for ending, tags in endings.items()},
            tuple(tuple(tag for tag in members if tag in rules) for members in self._sets),
        )

    def _common(self, word: str, least: int) -> int:
        """How many letters the word shares with the key that begins most like it; -1 where they
        are fewer than `least`, as for most words of a text."""
        place = bisect_left(self._keys, word)
        opening = word[: max(least, 0)]
        return max(
            (
                _shared(word, key)
                for key in self._keys[max(place - 1, 0) : place + 1]
                if key.startswith(opening)
            ),
            default=-1,
        )

    def _with_stem(
        self, begun: str, cut: int, initial: _Rule | None, plan: _Plan
    ) -> Iterator[tuple[int, str]]:
        """Words of labels that have the stem `begun[:cut]`, as it is or changed; with languages."""
        ending = begun[cut:]
        has_ending = plan.endings[ending]
        for stem, used in _stems(begun[:cut], plan.finals):
            place = bisect_left(self._keys, stem)
            while place < len(self._keys) and self._keys[place].startswith(stem):
                tags = plan.sets[self._key_languages[place]]
                other = self._keys[place][len(stem) :]
                for tag in tags if len(other) <= plan.longest else ():
                    rules = inflections()[tag]
                    if (
                        tag in has_ending
                        and min(cut, len(stem)) >= rules.minimum
                        and rules.share_paradigm(ending, other)
                        and (initial is None or initial in rules.initial)
                        and used <= rules.finals
                    ):
                        yield self._key_word[place], tag
                place += 1


def _shared(one: str, other: str) -> int:
    size = min(len(one), len(other))
    if one[:size] == other[:size]:
        return size
    return next(place for place in range(size) if one[place] != other[place])


def _begun(word: str, rules: Iterable[_Rule]) -> Iterator[tuple[str, _Rule | None]]:
    """The word, and what it is without what may stand at its beginning."""
    yield word, None
    for rule in rules:
        if word.startswith(rule[0]) and len(word) - len(rule[0]) >= _SHORTEST_AFTER_INITIAL:
            yield rule[1] + word[len(rule[0]) :], rule


def _stems(stem: str, rules: Iterable[_Rule]) -> Iterator[tuple[str, frozenset[_Rule]]]:
    """The stem and what it may be in a label, with the changes of last letters made on the way.

    Either side may have changed: a word's `k` that became `c` meets a label's `c`, or its `k`.
    """
    yield stem, frozenset()
    changed = [(stem, frozenset[_Rule]())]
    for rule in rules:
        if stem.endswith(rule[0]):
            one = stem[: -len(rule[0])] + rule[1]
            changed.append((one, frozenset([rule])))
            yield changed[-1]
    for one, used in changed:
        for rule in rules:
            if one.endswith(rule[1]):
                back = one[: len(one) - len(rule[1])] + rule[0]
                if back != stem:
                    yield back, used | {rule}
