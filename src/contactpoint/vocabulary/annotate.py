"""Concepts in a running text, with the place of each.

Stricter than harmonising: a text is full of words that merely look like a label, so labels of the
text's own language match in all their forms, labels of other languages only as a whole expression
or an abbreviation in capitals, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from contactpoint.vocabulary.compounds import CompoundSplitter
from contactpoint.vocabulary.index import Entry, Forms, LabelIndex, compound_links, primary
from contactpoint.vocabulary.language import LanguageDetector
from contactpoint.vocabulary.matching import Schemes, is_meant, rank, reason_of
from contactpoint.vocabulary.model import VocabularyConcept
from contactpoint.vocabulary.normalise import Token, tokenise

_GAP_ENDS: Final = frozenset('.;:!?,()[]{}<>"«»“”„|•·…،؛؟。')
_LONGEST_GAP: Final = 3
_MEMO_LIMIT: Final = 50_000


@dataclass(frozen=True, slots=True)
class Annotation:
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


# An entry, and the languages in which the words are an inflected form of it (None: as they stand).
_Option = tuple[Entry, frozenset[str] | None]


class Match(NamedTuple):
    """A stretch of words and the entries it may mean, best first; none for a false friend.

    `is_part` says that it is a part of a compound word.
    """

    first: int
    last: int
    start: int
    end: int
    entries: tuple[_Option, ...]
    is_part: bool = False


class _Reading(NamedTuple):
    """A text with its words and what each may stand for, in one language."""

    text: str
    tokens: Sequence[Token]
    forms: Sequence[Forms]
    begins: Sequence[int]
    language: str | None
    schemes: Schemes


class Annotator:
    """Finds concepts; holds only memos that can be thrown away, so readers may share it."""

    def __init__(self, index: LabelIndex, detector: LanguageDetector) -> None:
        self._index = index
        self._detector = detector
        self._memos: dict[str | None, dict[str, tuple[Forms, bool]]] = {}
        self._compounds = CompoundSplitter(index)

    def annotate(
        self, text: str, language: str | None = None, schemes: Schemes = None
    ) -> list[Annotation]:
        """Annotations in the order of the text, without overlap; see `Vocabulary.annotate`."""
        reading = self._read(text, language, schemes)
        matches = self._longest(self._matches(reading))
        context = _context(matches)
        return [
            self._annotation(reading, match, *_settle(match, context))
            for match in sorted(matches, key=lambda match: match.first)
            if match.entries
        ]

    def _read(self, text: str, language: str | None, schemes: Schemes) -> _Reading:
        tokens = tokenise(text)
        known = primary(language) if language else self._detector.detect(tokens)
        memo = self._memos.setdefault(known, {})
        if len(memo) > _MEMO_LIMIT:
            memo = self._memos[known] = {}
        languages = frozenset({known}) if known else self._index.languages
        forms: list[Forms] = []
        begins: list[int] = []
        for position, token in enumerate(tokens):
            remembered = memo.get(token.folded)
            if remembered is None:
                candidates = self._index.forms(token.folded, languages)
                remembered = memo[token.folded] = (
                    candidates,
                    self._index.begins(candidates, known),
                )
            forms.append(remembered[0])
            if remembered[1]:
                begins.append(position)
        return _Reading(text, tokens, forms, begins, known, schemes)

    def _matches(self, reading: _Reading) -> list[Match]:
        found: list[Match] = []
        for first in reading.begins:
            found += self._from(reading, first)
        if reading.language and compound_links(reading.language):
            taken = {position for match in found for position in range(match.first, match.last)}
            for position in range(len(reading.tokens)):
                if position not in taken:
                    found += self._compound(reading, position)
        return found

    def _from(self, reading: _Reading, first: int) -> Iterable[Match]:
        """The matches that begin at word `first`."""
        text, tokens, forms, _, language, schemes = reading
        spans: dict[int, list[_Option]] = {}
        start = tokens[first].start
        for last, entries, languages in self._index.walk(forms, first):
            words = tokens[first:last]
            signs = _breaks(text, words)
            if signs is None:
                break
            raw = text[start : words[-1].end]
            for entry in entries:
                if languages is not None and entry.language not in languages:
                    continue
                if signs and not set(signs) <= set(entry.label.text):
                    continue
                if entry.concept is None:
                    if language in (None, entry.language):
                        spans.setdefault(last, [])
                elif (schemes is None or entry.scheme in schemes) and is_meant(
                    entry, raw, words, languages, language
                ):
                    spans.setdefault(last, []).append((entry, languages))
        for last, options in spans.items():
            if len(options) > 1:
                options.sort(key=lambda option: rank(option[0], option[1], language))
            end = tokens[last - 1].end
            is_open = text.count("(", start, end) > text.count(")", start, end)
            end += is_open and text[end : end + 1] == ")"
            yield Match(first, last, start, end, tuple(options))

    def _compound(self, reading: _Reading, position: int) -> Iterable[Match]:
        token, schemes = reading.tokens[position], reading.schemes
        part = self._compounds.split(token.folded, reading.language or "")
        if part is None:
            return
        entries = tuple(
            (entry, None)
            for entry in part.entries
            if (schemes is None or entry.scheme in schemes)
            and entry.plain[0] == token.plain[part.start : part.end]
            and not (reading.language == "de" and reading.text[token.start].islower())
        )
        if entries:
            same_length = token.end - token.start == len(token.folded)
            start = token.start + part.start if same_length else token.start
            end = token.start + part.end if same_length else token.end
            yield Match(position, position + 1, start, end, entries, is_part=True)

    @staticmethod
    def _longest(matches: Iterable[Match]) -> list[Match]:
        """Longest first, then leftmost; what overlaps a longer one is dropped."""
        kept: list[Match] = []
        taken: set[int] = set()
        for match in sorted(matches, key=lambda m: (m.first - m.last, m.first)):
            words = range(match.first, match.last)
            if taken.isdisjoint(words):
                kept.append(match)
                taken.update(words)
        return kept

    def _annotation(
        self, reading: _Reading, match: Match, entry: Entry, languages: frozenset[str] | None
    ) -> Annotation:
        raw = reading.text[match.start : match.end]
        words = reading.tokens[match.first : match.last]
        return Annotation(
            concept=self._index.successor(entry.scheme, _concept(entry)).id,
            scheme=entry.scheme,
            label=entry.label.text,
            start=match.start,
            end=match.end,
            text=raw,
            language=entry.language,
            reason="compound" if match.is_part else reason_of(entry, raw, words, languages),
        )


def _breaks(text: str, words: Sequence[Token]) -> str | None:
    """Signs between the words that only a label with the same signs may span; None: a new start."""
    signs = ""
    for one, next_one in pairwise(words):
        gap = text[one.end : next_one.start]
        if gap == " ":
            continue
        if len(gap) > _LONGEST_GAP or gap.count("\n") > 1:
            return None
        signs += "".join(sign for sign in gap if sign in _GAP_ENDS)
    return signs


def _concept(entry: Entry) -> VocabularyConcept:
    assert entry.concept is not None  # noqa: S101  (false friends never get this far)
    return entry.concept


def _context(matches: Iterable[Match]) -> frozenset[str]:
    """Ids of the concepts that are certain in the text, and of their neighbours."""
    found: set[str] = set()
    for match in matches:
        concepts = {_concept(entry).id: _concept(entry) for entry, _ in match.entries}
        if len(concepts) == 1:
            for concept in concepts.values():
                found.update((concept.id, *concept.broader, *concept.narrower, *concept.related))
    return frozenset(found)


def _settle(match: Match, context: frozenset[str]) -> _Option:
    """The best entry; where several concepts share the words, the one at home in this text."""
    best = match.entries[0]
    if _concept(best[0]).id not in context:
        for option in match.entries[1:]:
            if option[0].language == best[0].language and _concept(option[0]).id in context:
                return option
    return best
