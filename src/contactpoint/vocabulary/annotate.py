"""Concepts in a running text, with the place of each.

Stricter than harmonising: a text is full of words that merely look like a label, so labels of the
text's own language match in all their forms, labels of other languages only as a whole expression
or an abbreviation in capitals, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from contactpoint.vocabulary.automaton import Automaton, Meaning, Option, State, Word
from contactpoint.vocabulary.compounds import CompoundSplitter
from contactpoint.vocabulary.entries import Entry, primary
from contactpoint.vocabulary.index import LabelIndex
from contactpoint.vocabulary.language import LanguageDetector
from contactpoint.vocabulary.matching import Schemes
from contactpoint.vocabulary.normalise import Cut, cut
from contactpoint.vocabulary.reasons import confidence_of

_LONGEST_GAP: Final = 3
# A form of a label is less likely than a label as it stands, whatever else the text is about.
_AS_LIKELY: Final = 0.05
_first: Final = itemgetter(0)
# Words, ways and meanings that the automata of all languages may keep together.
_MOST_KEPT: Final = 150_000


class Annotation(NamedTuple):
    """A concept met in a text. `text[start:end]` of the original is `text`; `label` is the label
    it was matched by and `language` that label's language."""

    concept: str
    scheme: str
    label: str
    start: int
    end: int
    text: str
    language: str
    reason: str


class Match(NamedTuple):
    """A stretch of words, from `first` up to `last`, and what it may mean, best first; nothing for
    a false friend. `part` is where in the word it stands, if it is a part of a compound."""

    first: int
    last: int
    options: Sequence[Option]
    part: tuple[int, int] | None = None


class Annotator:
    """Finds concepts; holds only automata that can be thrown away, so readers may share it."""

    def __init__(self, index: LabelIndex, detector: LanguageDetector) -> None:
        self._index = index
        self._detector = detector
        self._compounds = CompoundSplitter(index)
        self._automata: dict[str | None, Automaton] = {}

    def annotate(
        self,
        text: str,
        language: str | None = None,
        schemes: Schemes = None,
        words: Cut | None = None,
    ) -> list[Annotation]:
        """Annotations in the order of the text, without overlap; see `Vocabulary.annotate`."""
        words = cut(text) if words is None else words
        known = primary(language) if language else self._detector.detect(words.raws)
        matches = _matches(text, words, self._automaton(known), schemes)
        found: list[Annotation] = []
        certain: Collection[str | None] | None = None
        for match in matches:
            options = match.options
            if len(options) == 1:
                found.append(_annotation(text, words, match, options[0]))
            elif options:
                certain = _certain(matches) if certain is None else certain
                found.append(_annotation(text, words, match, self._settle(options, certain)))
        return found

    def _settle(self, options: Sequence[Option], certain: Collection[str | None]) -> Option:
        """The best one; where several concepts share the words and are as likely by them, the one
        at home in this text: it is certain elsewhere in it, or a neighbour of one that is."""
        best = options[0]
        least = confidence_of(best.reason) - _AS_LIKELY
        if not self._is_at_home(best.entry, certain):
            for option in options[1:]:
                if (
                    option.entry.language == best.entry.language
                    and confidence_of(option.reason) >= least
                    and self._is_at_home(option.entry, certain)
                ):
                    return option
        return best

    def _is_at_home(self, entry: Entry, certain: Collection[str | None]) -> bool:
        return entry.concept in certain or not self._index.neighbours(entry).isdisjoint(certain)

    def _automaton(self, language: str | None) -> Automaton:
        if sum([automaton.size for automaton in self._automata.values()]) > _MOST_KEPT:
            self._automata = {}
        automaton = self._automata.get(language)
        if automaton is None:
            automaton = Automaton(self._index, self._compounds, language)
            self._automata[language] = automaton
        return automaton


def _matches(text: str, words: Cut, automaton: Automaton, schemes: Schemes) -> list[Match]:
    """What stretches of words mean, without overlap, and parts of compounds that are in none."""
    known = list(map(automaton.words.__getitem__, words.raws))
    count = len(known)
    found: list[Match] = []
    compounds: list[tuple[int, Meaning]] = []
    for first, word in enumerate(known):
        if word is None:
            continue
        _, state, meaning, part = word
        if part is not None:
            compounds.append((first, part))
        if meaning is not None:
            _add(found, first, first + 1, meaning, schemes)
        if state is not None and first + 1 < count and known[first + 1] is not None:
            for last, longer in _onwards(text, words, known, (first, state), automaton):
                _add(found, first, last, longer, schemes)
    kept = _longest(found)
    if compounds:
        taken = {place for match in found for place in range(match.first, match.last)}
        for place, part in compounds:
            if place not in taken:
                _add(kept, place, place + 1, part, schemes)
        kept.sort(key=_first)
    return kept


def _onwards(
    text: str,
    words: Cut,
    known: Sequence[Word | None],
    begin: tuple[int, State],
    automaton: Automaton,
) -> list[tuple[int, Meaning]]:
    """What the words from one on mean together: up to which word, and what."""
    raws, starts, ends = words
    first, state = begin
    found = []
    last = first + 1
    while state.goes_on and last < len(known) and known[last] is not None:
        following = state[raws[last]]
        if following is None or _breaks(text[ends[last - 1] : starts[last]]):
            break
        state = following
        last += 1
        if state.ends:
            meaning = automaton.meaning(text[starts[first] : ends[last - 1]], state)
            if meaning is not None:
                found.append((last, meaning))
    return found


def _breaks(gap: str) -> bool:
    """Whether no label goes on across what stands between two words."""
    return gap != " " and (len(gap) > _LONGEST_GAP or gap.count("\n") > 1)


def _add(found: list[Match], first: int, last: int, meaning: Meaning, schemes: Schemes) -> None:
    options: Sequence[Option] = meaning.options
    if schemes is None and options and not meaning.end:
        found.append(Match(first, last, options))
        return
    if schemes is not None:
        options = [option for option in options if option.entry.scheme in schemes]
    if options or meaning.swallows:
        part = (meaning.start, meaning.end) if meaning.end else None
        found.append(Match(first, last, options, part))


def _longest(matches: Sequence[Match]) -> list[Match]:
    """Of those that overlap the longest, then the leftmost; in order of the text, as they come."""
    kept: list[Match] = []
    begin = reached = 0
    for place, match in enumerate(matches):
        if match.first >= reached:
            kept += _untangled(matches[begin:place])
            begin = place
        reached = max(reached, match.last)
    return [*kept, *_untangled(matches[begin:])]


def _untangled(matches: Sequence[Match]) -> Sequence[Match]:
    if len(matches) < 2:
        return matches
    kept: list[Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda m: (m.first - m.last, m.first)):
        words = range(match.first, match.last)
        if taken.isdisjoint(words):
            kept.append(match)
            taken.update(words)
    return sorted(kept, key=_first)


def _certain(matches: Iterable[Match]) -> set[str | None]:
    """Ids of the concepts that are meant somewhere without a doubt."""
    certain = set()
    for match in matches:
        concepts = {option.entry.concept for option in match.options}
        if len(concepts) == 1:
            certain |= concepts
    return certain


def _annotation(text: str, words: Cut, match: Match, option: Option) -> Annotation:
    start, end = words.starts[match.first], words.ends[match.last - 1]
    if match.part is not None:
        start, end = start + match.part[0], start + match.part[1]
    elif match.last - match.first > 1:
        is_open = text.count("(", start, end) > text.count(")", start, end)
        end += is_open and text[end : end + 1] == ")"
    entry = option.entry
    return Annotation(
        option.successor, entry.scheme, entry.label.text, start, end, text[start:end],
        entry.language, option.reason,
    )  # fmt: skip
