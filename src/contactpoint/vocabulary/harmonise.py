"""A messy keyword to a concept, or an honest "unknown" with what is nearest.

The language of the item is a hint and not a wall: keywords of one item vote for the language that
they share, and that settles which candidate is meant and how bold a likeness is believed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from contactpoint.vocabulary.candidates import Candidate, CandidateFinder
from contactpoint.vocabulary.entries import primary
from contactpoint.vocabulary.index import LabelIndex
from contactpoint.vocabulary.language import LanguageDetector, settle
from contactpoint.vocabulary.matching import Schemes, in_capitals, rank
from contactpoint.vocabulary.normalise import cut, tokenise
from contactpoint.vocabulary.slips import Nearest, SlipFinder

# How much the likeness of the words counts beside the language that the keywords share.
_SURE: Final = 4.0
_HINT: Final = 0.35
_FUNCTION_WORDS: Final = 0.3
_AMBIGUOUS: Final = 0.7
_CLOSE: Final = 0.03
_MEMO_LIMIT: Final = 20_000
_NEAREST: Final = 3
_LONGEST_KEYWORD: Final = 200
_LATIN: Final = re.compile(r"[a-zA-Z]")

_Votes = Mapping[str, float]


class _Languages(NamedTuple):
    """What the keywords of an item say of their language: to all, and to one of them."""

    votes: _Votes
    hint: str | None
    home: frozenset[str]


@dataclass(frozen=True, slots=True)
class Harmonised:
    """What a keyword means. `scheme` and `concept` are `None` where it is unknown; `label` is the
    concept's English one, `matched_label` the one that matched, `language` that label's (of an
    unknown keyword: its words', else the item's, else its neighbours', or `None`); `confidence` is
    0 to 1."""

    source: str
    scheme: str | None
    concept: str | None
    label: str
    matched_label: str
    language: str | None
    confidence: float
    reason: str
    nearest: tuple[Nearest, ...] = ()


class Harmoniser:
    """Resolves keywords; holds only memos that can be thrown away, so readers may share it."""

    def __init__(self, index: LabelIndex, detector: LanguageDetector) -> None:
        self._index = index
        self._detector = detector
        self._slips = SlipFinder(index)
        self._finder = CandidateFinder(index, self._slips)
        self._nearest_memo: dict[tuple[str, frozenset[str] | None], tuple[Nearest, ...]] = {}

    def harmonise_all(
        self, keywords: Iterable[str], language: str | None = None, schemes: Schemes = None
    ) -> list[Harmonised]:
        """One answer a keyword, in order; see `Vocabulary.harmonise_all`."""
        sources = list(keywords)
        allowed = None if schemes is None else frozenset(schemes)
        options = []
        for source in sources:
            found = self._finder.find(source[:_LONGEST_KEYWORD].strip())
            options.append([c for c in found if allowed is None or c.entry.scheme in allowed])
        votes = [self._votes(*pair) for pair in zip(sources, options, strict=True)]
        hint = primary(language) if language else None
        return [
            self._answer(source, options[place], _languages(votes, hint, place), allowed)
            for place, source in enumerate(sources)
        ]

    def _votes(self, source: str, candidates: Sequence[Candidate]) -> _Votes:
        """The languages that a keyword speaks for; one vote in all."""
        languages = {c.entry.language for c in candidates if in_capitals(c.entry, c.raw)}
        if languages:
            return dict.fromkeys(languages, 1 / len(languages))
        spoken = self._detector.detect(cut(source[:_LONGEST_KEYWORD]).raws)
        return {spoken: _FUNCTION_WORDS} if spoken else {}

    def _answer(
        self,
        source: str,
        candidates: Sequence[Candidate],
        languages: _Languages,
        schemes: frozenset[str] | None,
    ) -> Harmonised:
        votes = languages.votes
        usable = [candidate for candidate in candidates if candidate.is_believed(languages.home)]
        if not usable:
            return self._unknown(source, languages.hint or settle(votes), schemes)
        ordered = sorted(usable, key=lambda candidate: self._order(candidate, votes))
        best = ordered[0]
        concept = self._index.successor(best.entry)
        others = [
            other
            for other in ordered
            if (other.entry.scheme, self._index.successor(other.entry))
            != (best.entry.scheme, concept)
            and other.confidence > best.confidence - _CLOSE
            and votes.get(other.entry.language, 0) >= votes.get(best.entry.language, 0)
        ]
        return Harmonised(
            source=source,
            scheme=best.entry.scheme,
            concept=concept,
            label=self._index.label(best.entry.scheme, concept),
            matched_label=best.entry.label.text,
            language=best.entry.language,
            confidence=round(best.confidence * (_AMBIGUOUS if others else 1.0), 3),
            reason=best.reason,
            nearest=self._as_nearest(others),
        )

    def _order(self, candidate: Candidate, votes: _Votes) -> tuple[object, ...]:
        entry = candidate.entry
        share = votes.get(entry.language, 0) / (sum(votes.values()) or 1)
        return (
            -round(share + _SURE * candidate.confidence, 3),
            *rank(entry, candidate.inflected_in, entry.language),
            self._index.scheme_order[entry.scheme],
        )

    def _unknown(
        self, source: str, spoken: str | None, schemes: frozenset[str] | None
    ) -> Harmonised:
        tokens = tokenise(source[:_LONGEST_KEYWORD])
        is_latin = bool(_LATIN.search(source))
        # One Latin word tells no language by itself; another script does.
        tells = not is_latin or len(tokens) > 1
        words = cut(source[:_LONGEST_KEYWORD]).raws
        detected = self._detector.detect_all(words) if tells else None
        language = detected or (spoken if is_latin else None)
        key = (source, schemes)
        nearest = self._nearest_memo.get(key)
        if nearest is None:
            if len(self._nearest_memo) >= _MEMO_LIMIT:
                self._nearest_memo = {}
            nearest = tuple(self._slips.nearest(tokens, schemes, _NEAREST)) if tokens else ()
            self._nearest_memo[key] = nearest
        return Harmonised(source, None, None, "", "", language, 0.0, "unknown", nearest)

    def _as_nearest(self, others: Iterable[Candidate]) -> tuple[Nearest, ...]:
        found: dict[str, Nearest] = {}
        for other in others:
            entry = other.entry
            if entry.concept is not None:
                concept = self._index.successor(entry)
                near = Nearest(concept, entry.scheme, entry.label.text, other.confidence)
                found.setdefault(near.concept, near)
        return tuple(found.values())[:_NEAREST]


def _languages(votes: Sequence[_Votes], hint: str | None, place: int) -> _Languages:
    """For the keyword at `place`: all votes, and the item's home by hint and the other keywords."""
    totals: defaultdict[str, float] = defaultdict(float)
    if hint:
        totals[hint] = _HINT
    for number, each in enumerate(votes):
        for language, weight in each.items() if number != place else ():
            totals[language] += weight
    home = frozenset(tag for tag in (hint, settle(totals)) if tag)
    for language, weight in votes[place].items():
        totals[language] += weight
    return _Languages(totals, hint, home)
