"""A messy keyword to a concept, or an honest "unknown" with what is nearest.

The steps go from certain to bold, and the first that finds something decides. The language of the
item is a hint and not a wall: keywords of one item vote for the language they share.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from contactpoint.vocabulary.compounds import CompoundSplitter
from contactpoint.vocabulary.index import Entry, LabelIndex, primary
from contactpoint.vocabulary.language import LanguageDetector, function_words, settle
from contactpoint.vocabulary.matching import Schemes, accents_fit, in_capitals, rank, reason_of
from contactpoint.vocabulary.normalise import Token, tokenise
from contactpoint.vocabulary.reasons import confidence_of
from contactpoint.vocabulary.slips import Nearest, SlipFinder

# How much the likeness of the words counts beside the language that the keywords share.
_SURE: Final = 4.0
_HINT: Final = 0.35
_AMBIGUOUS: Final = 0.7
_CLOSE: Final = 0.03
_MEMO_LIMIT: Final = 20_000
_NEAREST: Final = 3
_LONGEST_KEYWORD: Final = 200
_SHORTEST_INFLECTED: Final = 4
_LATIN: Final = re.compile(r"[a-zA-Z]")
_BRACKETS: Final = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")


@dataclass(frozen=True, slots=True)
class Harmonised:
    """What a keyword means. `scheme` and `concept` are `None` where it is unknown; `label` is the
    concept's English one, `matched_label` the one that matched, `language` that label's (of an
    unknown keyword: what its neighbours say, or `None`); `confidence` is 0 to 1."""

    source: str
    scheme: str | None
    concept: str | None
    label: str
    matched_label: str
    language: str | None
    confidence: float
    reason: str
    nearest: tuple[Nearest, ...] = ()


class _Candidate(NamedTuple):
    entry: Entry
    reason: str
    inflected_in: frozenset[str] | None

    @property
    def confidence(self) -> float:
        return confidence_of(self.reason)


class Harmoniser:
    """Resolves keywords; holds only a memo that can be thrown away, so readers may share it."""

    def __init__(self, index: LabelIndex, detector: LanguageDetector) -> None:
        self._index = index
        self._detector = detector
        self._slips = SlipFinder(index)
        self._compounds = CompoundSplitter(index)
        self._memo: dict[str, tuple[_Candidate, ...]] = {}
        self._nearest_memo: dict[tuple[str, frozenset[str] | None], tuple[Nearest, ...]] = {}

    def harmonise_all(
        self, keywords: Iterable[str], language: str | None = None, schemes: Schemes = None
    ) -> list[Harmonised]:
        """One answer a keyword, in order; see `Vocabulary.harmonise_all`."""
        sources = list(keywords)
        allowed = None if schemes is None else frozenset(schemes)
        options = [
            [c for c in self._candidates(source) if allowed is None or c.entry.scheme in allowed]
            for source in sources
        ]
        votes = self._votes(sources, options)
        if language:
            votes[primary(language)] += _HINT
        return [
            self._answer(source, candidates, votes, language, allowed)
            for source, candidates in zip(sources, options, strict=True)
        ]

    def _votes(
        self, sources: Sequence[str], options: Sequence[Sequence[_Candidate]]
    ) -> defaultdict[str, float]:
        votes: defaultdict[str, float] = defaultdict(float)
        for source, candidates in zip(sources, options, strict=True):
            languages = {
                c.entry.language for c in candidates if in_capitals(c.entry, source.strip())
            }
            if not languages:
                spoken = self._detector.detect(tokenise(source[:_LONGEST_KEYWORD]))
                if spoken:
                    votes[spoken] += 0.3
            for tag in languages:
                votes[tag] += 1 / len(languages)
        return votes

    def _answer(
        self,
        source: str,
        candidates: Sequence[_Candidate],
        votes: defaultdict[str, float],
        hint: str | None,
        schemes: frozenset[str] | None,
    ) -> Harmonised:
        # An abbreviation in small letters is a word of some other language unless this is its own.
        settled = settle(votes) or (primary(hint) if hint else None)
        usable = [
            candidate
            for candidate in candidates
            if in_capitals(candidate.entry, source.strip()) or candidate.entry.language == settled
        ]
        if not usable:
            nearest = self._nearest(source, schemes)
            own = self._detector.detect(tokenise(source[:_LONGEST_KEYWORD]))
            if not _LATIN.search(source):
                settled = None
            return Harmonised(source, None, None, "", "", own or settled, 0.0, "unknown", nearest)
        ordered = sorted(usable, key=lambda c: self._order(c, votes))
        best = ordered[0]
        concept = best.entry.concept
        assert concept is not None  # noqa: S101  (false friends are no candidates)
        others = [
            c
            for c in ordered
            if c.entry.concept is not concept
            and c.confidence > best.confidence - _CLOSE
            and votes[c.entry.language] >= votes[best.entry.language]
        ]
        resolved = self._index.successor(best.entry.scheme, concept)
        return Harmonised(
            source=source,
            scheme=best.entry.scheme,
            concept=resolved.id,
            label=resolved.label("en"),
            matched_label=best.entry.label.text,
            language=best.entry.language,
            confidence=round(best.confidence * (_AMBIGUOUS if others else 1.0), 3),
            reason=best.reason,
            nearest=_as_nearest(others),
        )

    def _order(self, candidate: _Candidate, votes: defaultdict[str, float]) -> tuple[object, ...]:
        entry = candidate.entry
        share = votes[entry.language] / (sum(votes.values()) or 1)
        return (
            -round(share + _SURE * candidate.confidence, 3),
            *rank(entry, candidate.inflected_in, entry.language),
            self._index.scheme_order[entry.scheme],
        )

    def _candidates(self, source: str) -> tuple[_Candidate, ...]:
        known = self._memo.get(source)
        if known is None:
            if len(self._memo) >= _MEMO_LIMIT:
                self._memo = {}
            known = self._memo[source] = tuple(self._look(source[:_LONGEST_KEYWORD].strip()))
        return known

    def _look(self, keyword: str) -> list[_Candidate]:
        steps: tuple[Callable[[str], Iterable[_Candidate]], ...] = (
            self._labels,
            self._without_article,
            self._joined,
            self._without_brackets,
            self._turned_round,
            self._with_slip,
            self._compound,
        )
        tokens = tokenise(keyword)
        if not tokens:
            return []
        if self._is_false_friend(tokens):
            return list(self._labels(keyword))
        return next((found for step in steps if (found := list(step(keyword)))), [])

    def _labels(self, keyword: str) -> Iterator[_Candidate]:
        """The words are a label's, as they stand or inflected; as they stand goes before."""
        tokens = tokenise(keyword)
        raw = keyword[tokens[0].start : tokens[-1].end] if tokens else ""
        for only_exact in (True, False):
            found = list(self._full(tokens, raw, only_exact=only_exact))
            if found:
                yield from found
                return

    def _full(self, tokens: Sequence[Token], raw: str, *, only_exact: bool) -> Iterator[_Candidate]:
        languages = frozenset() if only_exact else self._index.languages
        forms = [self._index.forms(token.folded, languages) for token in tokens]
        for end, entries, inflected_in in self._index.walk(forms, 0):
            if end < len(tokens):
                continue
            for entry in entries:
                if entry.concept is None:
                    continue
                if inflected_in is not None and (
                    entry.language not in inflected_in
                    or len(raw) < _SHORTEST_INFLECTED
                    or (entry.capitals and not in_capitals(entry, raw))
                ):
                    continue
                if not in_capitals(entry, raw) and tokens[0].folded in self._index.only_as_written:
                    continue
                if inflected_in is None and len(raw) < 4 and not accents_fit(entry, tokens):
                    continue
                yield _Candidate(entry, reason_of(entry, raw, tokens, inflected_in), inflected_in)

    def _is_false_friend(self, tokens: Sequence[Token]) -> bool:
        forms = [self._index.forms(token.folded, self._index.languages) for token in tokens]
        return any(
            found.end == len(tokens) and any(entry.concept is None for entry in found.entries)
            for found in self._index.walk(forms, 0)
        )

    def _again(self, keyword: str, reason: str) -> Iterator[_Candidate]:
        for candidate in self._labels(keyword):
            if candidate.confidence >= confidence_of("inflected"):
                bolder = min(candidate.reason, reason, key=confidence_of)
                yield candidate._replace(reason=bolder)

    def _without_article(self, keyword: str) -> Iterator[_Candidate]:
        tokens = tokenise(keyword)
        if len(tokens) > 1 and (tokens[0].plain in function_words() or len(tokens[0].plain) == 1):
            for candidate in self._again(keyword[tokens[1].start :], "article"):
                words = function_words().get(tokens[0].plain)
                if words is None or candidate.entry.language in words:
                    yield candidate

    def _joined(self, keyword: str) -> Iterator[_Candidate]:
        """Written as one word where the label is several, or the other way round."""
        tokens = tokenise(keyword)
        compact = "".join(token.folded for token in tokens)
        if len(compact) < _SHORTEST_INFLECTED:
            return
        for entry in self._index.compact.get(compact, ()):
            if len(entry.folded) != len(tokens):
                yield _Candidate(entry, "hyphen", None)
        if len(tokens) > 1:
            yield from self._again(compact, "hyphen")

    def _without_brackets(self, keyword: str) -> Iterator[_Candidate]:
        bare = " ".join(_BRACKETS.sub(" ", keyword).split())
        if bare and bare != keyword:
            yield from self._again(bare, "qualifier")

    def _turned_round(self, keyword: str) -> Iterator[_Candidate]:
        parts = [part.strip() for part in keyword.split(",")]
        if len(parts) == 2 and all(parts):
            yield from self._again(f"{parts[1]} {parts[0]}", "order")

    def _with_slip(self, keyword: str) -> Iterator[_Candidate]:
        for entry in self._slips.slips(tokenise(keyword)):
            yield _Candidate(entry, "typo", None)

    def _compound(self, keyword: str) -> Iterator[_Candidate]:
        """Only the last part says what a compound is; a first part is left to `nearest`."""
        tokens = tokenise(keyword)
        if len(tokens) != 1:
            return
        for language in sorted(self._index.languages):
            part = self._compounds.split(tokens[0].folded, language)
            if part is not None and part.is_head:
                for entry in part.entries:
                    yield _Candidate(entry, "compound", None)

    def _nearest(self, source: str, schemes: frozenset[str] | None) -> tuple[Nearest, ...]:
        key = (source, schemes)
        found = self._nearest_memo.get(key)
        if found is None:
            if len(self._nearest_memo) >= _MEMO_LIMIT:
                self._nearest_memo = {}
            tokens = tokenise(source[:_LONGEST_KEYWORD])
            found = tuple(self._slips.nearest(tokens, schemes, _NEAREST)) if tokens else ()
            self._nearest_memo[key] = found
        return found


def _as_nearest(others: Iterable[_Candidate]) -> tuple[Nearest, ...]:
    found: dict[str, Nearest] = {}
    for entry, reason, _ in others:
        if entry.concept is not None:
            near = Nearest(entry.concept.id, entry.scheme, entry.label.text, confidence_of(reason))
            found.setdefault(near.concept, near)
    return tuple(found.values())[:_NEAREST]
