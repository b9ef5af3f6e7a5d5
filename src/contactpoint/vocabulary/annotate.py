"""Concepts in a running text, with the place of each.

Stricter than harmonising: a text is full of words that merely look like a label, so labels of the
text's own language match in all their forms, labels of other languages only as a whole expression
or an abbreviation in capitals, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from contactpoint.vocabulary.compounds import CompoundSplitter
from contactpoint.vocabulary.index import Entry, Forms, LabelIndex, primary
from contactpoint.vocabulary.language import LanguageDetector, function_words
from contactpoint.vocabulary.matching import Schemes, accents_fit, in_capitals, rank, reason_of
from contactpoint.vocabulary.model import VocabularyConcept
from contactpoint.vocabulary.normalise import Token, tokenise

_GAP_ENDS: Final = frozenset('.;:!?,()[]{}<>"«»“”„|•·…،؛؟。')
_MEMO_LIMIT: Final = 50_000
_SHORTEST_FOREIGN: Final = 8
_SHORTEST_LABEL: Final = 3


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


class Match(NamedTuple):
    """A stretch of words and the entries it may mean, best first; no entries for a false friend."""

    first: int
    last: int
    start: int
    end: int
    entries: tuple[tuple[Entry, str], ...]


class Annotator:
    """Finds concepts; holds only memos that can be thrown away, so readers may share it."""

    def __init__(self, index: LabelIndex, detector: LanguageDetector) -> None:
        self._index = index
        self._detector = detector
        self._memos: dict[str | None, dict[str, Forms]] = {}
        self._compounds = CompoundSplitter(index)

    def annotate(
        self, text: str, language: str | None = None, schemes: Schemes = None
    ) -> list[Annotation]:
        """Annotations in the order of the text, without overlap; see `Vocabulary.annotate`."""
        tokens = tokenise(text)
        known = primary(language) if language else self._detector.detect(tokens)
        matches = self._longest(self._matches(text, tokens, known, schemes))
        context = _context(matches)
        return [
            self._annotation(text, match, *_settle(match, context))
            for match in sorted(matches)
            if match.entries
        ]

    def _matches(
        self, text: str, tokens: Sequence[Token], language: str | None, schemes: Schemes
    ) -> list[Match]:
        memo = self._memos.setdefault(language, {})
        if len(memo) > _MEMO_LIMIT:
            memo = self._memos[language] = {}
        languages = frozenset({language}) if language else self._index.languages
        forms: list[Forms] = []
        for token in tokens:
            known = memo.get(token.folded)
            if known is None:
                known = memo[token.folded] = self._index.forms(token.folded, languages)
            forms.append(known)
        found: list[Match] = []
        for first, candidates in enumerate(forms):
            before = len(found)
            if candidates:
                found += self._from(text, tokens, forms, first, language, schemes)
            if len(found) == before and language:
                found += self._compound(text, tokens[first], first, language, schemes)
        return found

    def _from(
        self,
        text: str,
        tokens: Sequence[Token],
        forms: Sequence[Forms],
        first: int,
        language: str | None,
        schemes: Schemes,
    ) -> Iterable[Match]:
        """The matches that begin at word `first`."""
        spans: dict[int, list[tuple[tuple[int, ...], Entry, str]]] = {}
        start = tokens[first].start
        for last, entries, languages in self._index.walk(forms, first):
            words = tokens[first:last]
            if last - first > 1 and not _unbroken(text, words):
                break
            raw = text[start : words[-1].end]
            for entry in entries:
                if languages is not None and entry.language not in languages:
                    continue
                if entry.concept is None:
                    if language in (None, entry.language):
                        spans.setdefault(last, [])
                elif (schemes is None or entry.scheme in schemes) and _meant(
                    entry, raw, words, languages, language
                ):
                    reason = reason_of(entry, raw, words, languages)
                    spans.setdefault(last, []).append(
                        (rank(entry, languages, language), entry, reason)
                    )
        for last, options in spans.items():
            options.sort(key=lambda option: option[0])
            ranked = tuple((entry, reason) for _, entry, reason in options)
            yield Match(first, last, start, tokens[last - 1].end, ranked)

    def _compound(
        self, text: str, token: Token, position: int, language: str, schemes: Schemes
    ) -> Iterable[Match]:
        part = self._compounds.split(token.folded, language)
        if part is None:
            return
        entries = tuple(
            (entry, "compound")
            for entry in part.entries
            if schemes is None or entry.scheme in schemes
        )
        if entries:
            same_length = token.end - token.start == len(token.folded)
            start = token.start + part.start if same_length else token.start
            end = token.start + part.end if same_length else token.end
            yield Match(position, position + 1, start, end, entries)

    @staticmethod
    def _longest(matches: Iterable[Match]) -> list[Match]:
        """Longest first, then leftmost; what overlaps a longer one is dropped."""
        kept: list[Match] = []
        for match in sorted(matches, key=lambda m: (m.first - m.last, m.first)):
            if all(match.last <= other.first or match.first >= other.last for other in kept):
                kept.append(match)
        return kept

    def _annotation(self, text: str, match: Match, entry: Entry, reason: str) -> Annotation:
        return Annotation(
            concept=self._index.successor(entry.scheme, _concept(entry)).id,
            scheme=entry.scheme,
            label=entry.label.text,
            start=match.start,
            end=match.end,
            text=text[match.start : match.end],
            language=entry.language,
            reason=reason,
        )


def _unbroken(text: str, words: Sequence[Token]) -> bool:
    """Whether only spaces, hyphens and the like stand between the last two words."""
    gap = text[words[-2].end : words[-1].start]
    return gap == " " or (
        len(gap) <= 3 and gap.count("\n") < 2 and not any(sign in _GAP_ENDS for sign in gap)
    )


def _meant(
    entry: Entry,
    raw: str,
    words: Sequence[Token],
    languages: frozenset[str] | None,
    language: str | None,
) -> bool:
    """Whether an entry whose words are all here may be meant in a text of this language."""
    if not in_capitals(entry, raw):
        return False
    if entry.capitals:
        return languages is None or entry.language == language
    if languages is None and not accents_fit(entry, words):
        return False
    if len(words) == 1 and (
        len(entry.plain[0]) < _SHORTEST_LABEL or words[0].plain in function_words()
    ):
        return False
    if language is None or entry.language == language:
        return True
    return languages is None and len(words) > 1 and len(raw) >= _SHORTEST_FOREIGN


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


def _settle(match: Match, context: frozenset[str]) -> tuple[Entry, str]:
    """The best entry; where several concepts share the words, the one at home in this text."""
    best, reason = match.entries[0]
    if _concept(best).id not in context:
        for entry, why in match.entries[1:]:
            if entry.language == best.language and _concept(entry).id in context:
                return entry, why
    return best, reason
