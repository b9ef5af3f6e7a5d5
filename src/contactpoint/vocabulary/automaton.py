"""The labels that count in texts of one language, as an automaton over words that builds itself.

To fold and inflect each word of a text is what costs. A word is looked into when it is first met;
what it can begin, and where it leads to from there, is kept under the word as it is written, so a
text of known words is read by plain look-ups. All that is kept can be thrown away at any time.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from contactpoint.vocabulary.compounds import SHORTEST_WHOLE, CompoundSplitter
from contactpoint.vocabulary.entries import Entry
from contactpoint.vocabulary.index import ROOT, Forms, LabelIndex, Standing, compound_links
from contactpoint.vocabulary.matching import is_meant, rank, reason_of
from contactpoint.vocabulary.normalise import Piece, Token, pieces, tokenise

# Between words, only a label with the same sign may span it.
_NOTHING: Final[tuple[Forms, tuple[Standing, ...]]] = ((), ())
_SIGNS: Final = frozenset('.;:!?,()[]{}<>"«»“”„|•·…،؛؟。')


class Option(NamedTuple):
    """A concept that words of a text may mean, by the entry that they match, and why."""

    entry: Entry
    successor: str
    reason: str


class Meaning(NamedTuple):
    """What words of a text mean: options, best first; `swallows` where a false friend is meant.

    Of a part of a compound, `start` and `end` say where in the word it stands."""

    options: tuple[Option, ...]
    swallows: bool = False
    start: int = 0
    end: int = 0


class State(dict[str, "State | None"]):
    """Where words have led to: the next word as written leads to the next state, or nowhere.

    `ends` tells that a label may end here, `goes_on` that one may go on."""

    __slots__ = ("_automaton", "ends", "goes_on", "standing")

    def __init__(self, automaton: Automaton, standing: tuple[Standing, ...]) -> None:
        super().__init__()
        index = automaton.index
        self._automaton, self.standing = automaton, standing
        self.ends = any(index.tables.leaves(node) for node, _ in standing)
        self.goes_on = index.goes_on(standing)

    def __missing__(self, raw: str) -> State | None:
        following = self[raw] = self._automaton.follow(self.standing, raw)
        return following


class Word(NamedTuple):
    """A word as written that some label has.

    `state` is where it leads to as the first of several words, `meaning` what it means alone, and
    `part` a label inside it, if it is a compound.
    """

    forms: Forms
    state: State | None
    meaning: Meaning | None
    part: Meaning | None


class Words(dict[str, "Word | None"]):
    """Every word as written that was met; `None` for one that has nothing to do with labels."""

    __slots__ = ("_automaton",)

    def __init__(self, automaton: Automaton) -> None:
        super().__init__()
        self._automaton = automaton

    def __missing__(self, raw: str) -> Word | None:
        found = self[raw] = self._automaton.look(raw)
        return found


class Automaton:
    """For texts in `language`; `None` stands for any language. `size` counts what is kept: words,
    ways from one to the next, and meanings."""

    def __init__(
        self, index: LabelIndex, compounds: CompoundSplitter, language: str | None
    ) -> None:
        self.index = index
        self._language = language
        self._compounds = compounds if language and compound_links(language) else None
        self._languages = frozenset({language}) if language else index.languages
        self._by_folded: dict[str, tuple[Forms, tuple[Standing, ...]]] = {}
        self._states: dict[tuple[Standing, ...], State] = {}
        self._meanings: dict[str, Meaning | None] = {}
        self.words = Words(self)
        self.size = 0

    def look(self, raw: str) -> Word | None:
        """What a word as written may be."""
        self.size += 1
        found = pieces(raw)
        if len(found) != 1 or not found[0].folded:
            return None
        forms, standing = self._look(found[0].folded)
        part = self._part(raw, found[0]) if len(raw) >= SHORTEST_WHOLE else None
        if not standing:
            return Word(forms, None, None, part) if forms or part else None
        state = self._state(standing)
        meaning = self._meaning(raw, standing) if state.ends else None
        return Word(forms, state if state.goes_on else None, meaning, part)

    def follow(self, standing: tuple[Standing, ...], raw: str) -> State | None:
        """Where a word as written leads to from there."""
        self.size += 1
        word = self.words[raw]
        following = self.index.step(standing, word.forms) if word else ()
        return self._state(following) if following else None

    def meaning(self, raw: str, state: State) -> Meaning | None:
        """What several words mean, written as `raw`, that have led to a state."""
        if raw not in self._meanings:
            self.size += 1
            self._meanings[raw] = self._meaning(raw, state.standing)
        return self._meanings[raw]

    def _look(self, folded: str) -> tuple[Forms, tuple[Standing, ...]]:
        found = self._by_folded.get(folded)
        if found is None:
            forms = self.index.forms(folded, self._languages)
            if not forms:
                return _NOTHING
            begins = self.index.begins(forms, self._language)
            found = self._by_folded[folded] = (
                forms,
                self.index.step(ROOT, forms) if begins else (),
            )
        return found

    def _state(self, standing: tuple[Standing, ...]) -> State:
        state = self._states.get(standing)
        if state is None:
            state = self._states[standing] = State(self, standing)
        return state

    def _meaning(self, raw: str, standing: tuple[Standing, ...]) -> Meaning | None:
        tokens = tokenise(raw)
        signs = {sign for sign in raw if sign in _SIGNS} if len(tokens) > 1 else set()
        options: list[tuple[Entry, frozenset[str] | None]] = []
        swallows = False
        for entry, languages in self.index.ending(standing, self._language, len(tokens)):
            if not signs <= set(entry.label.text):
                continue
            if entry.concept is None:
                swallows |= self._language in (None, entry.language)
            elif is_meant(entry, raw, tokens, languages, self._language):
                options.append((entry, languages))
        if not options and not swallows:
            return None
        options.sort(
            key=lambda option: (
                *rank(option[0], option[1], self._language),
                sum(map(_letters_apart, option[0].folded, tokens)),
            )
        )
        found = [
            self._option(entry, reason_of(entry, _closed(raw, entry), tokens, languages))
            for entry, languages in options
        ]
        return Meaning(tuple(found), swallows)

    def _option(self, entry: Entry, reason: str) -> Option:
        return Option(entry, self.index.successor(entry), reason)

    def _part(self, raw: str, token: Piece) -> Meaning | None:
        if self._compounds is None or (self._language == "de" and raw[0].islower()):
            return None
        part = self._compounds.split(token.folded, self._language or "")
        if part is None:
            return None
        options = tuple(
            self._option(entry, "compound")
            for entry in part.entries
            if entry.plain[0] == token.plain[part.start : part.end]
        )
        if not options:
            return None
        same_length = token.end - token.start == len(token.folded)
        start, end = (part.start, part.end) if same_length else (token.start, token.end)
        return Meaning(options, False, start, end)


def _closed(raw: str, entry: Entry) -> str:
    """Words whose label ends with a bracket, with the bracket that stands behind them."""
    is_open = raw.count("(") > raw.count(")") and entry.label.text.endswith(")")
    return raw + ")" if is_open else raw


def _letters_apart(word: str, token: Token) -> int:
    """How far a label's word and a form of it differ: nearer labels go before."""
    return abs(len(word) - len(token.folded)) + (word != token.folded)
