"""What a keyword may mean: the steps from certain to bold, the first that finds something decides.

Which of several candidates is meant, and whether a bold one is believed, is settled by the language
of the item and of its other keywords; see `harmonise`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from re import compile as pattern
from typing import Final

from contactpoint.vocabulary.entries import Entry
from contactpoint.vocabulary.index import LabelIndex
from contactpoint.vocabulary.language import function_words
from contactpoint.vocabulary.matching import accents_fit, in_capitals, reason_of
from contactpoint.vocabulary.normalise import APOSTROPHES, Token, tokenise
from contactpoint.vocabulary.reasons import confidence_of
from contactpoint.vocabulary.slips import SlipFinder

_SHORTEST_INFLECTED: Final = 4
_SHORTEST_SMALL_ABBREVIATION: Final = 4
_LONGEST_FOLDED_FREELY: Final = 3
# Letters that another language's label must have: as it stands, and of a bold likeness by reason.
_SHORTEST_FOREIGN: Final = 4
_FOREIGN: Final = {"inflected": 7, "typo": 10}
_MEMO_LIMIT: Final = 20_000
_BRACKETS: Final = pattern(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label that a keyword may be, and why. `inflected_in` holds the languages in which it is an
    inflected form; `raw` is the part of the keyword that was compared; `accents_differ` tells that
    it has an accent where the label has none, or another; in `false_in` it means something else."""

    entry: Entry
    reason: str
    raw: str
    inflected_in: frozenset[str] | None = None
    accents_differ: bool = False
    false_in: frozenset[str] = frozenset()

    @property
    def confidence(self) -> float:
        return confidence_of(self.reason)

    def is_believed(self, home: frozenset[str]) -> bool:
        """Whether the likeness is enough, given the languages that the item is at home in.

        Labels of other languages are welcome as they stand, but the bolder the step, the longer
        the word must be: `indium` in an English item is not Dutch for "of India".
        """
        entry = self.entry
        if not in_capitals(entry, self.raw):
            return entry.language in home and len(self.raw) >= _SHORTEST_SMALL_ABBREVIATION
        if entry.language in home:
            return not self.accents_differ
        if not home:
            return True
        lost_its_capital = self.raw.islower() and entry.label.text[0].isupper()
        shortest = 0 if entry.capitals else _FOREIGN.get(self.reason, _SHORTEST_FOREIGN)
        is_odd = lost_its_capital or self.accents_differ or bool(self.false_in & home)
        return len(self.raw) >= shortest and not is_odd


class CandidateFinder:
    """Finds candidates; holds only a memo that can be thrown away, so readers may share it."""

    def __init__(self, index: LabelIndex, slips: SlipFinder) -> None:
        self._index = index
        self._slips = slips
        self._memo: dict[str, tuple[Candidate, ...]] = {}

    def find(self, keyword: str) -> tuple[Candidate, ...]:
        """Candidates of all languages and schemes; none where nothing comes near."""
        known = self._memo.get(keyword)
        if known is None:
            if len(self._memo) >= _MEMO_LIMIT:
                self._memo = {}
            known = self._memo[keyword] = tuple(self._look(keyword))
        return known

    def _look(self, keyword: str) -> list[Candidate]:
        tokens = tokenise(keyword)
        if not tokens:
            return []
        false_in = self._false_friend_in(tokens)
        if false_in:
            return [replace(found, false_in=false_in) for found in self._labels(keyword)]
        steps: tuple[Callable[[str], Iterable[Candidate]], ...] = (
            self._labels,
            self._without_article,
            self._joined,
            self._without_brackets,
            self._turned_round,
            self._with_slip,
        )
        return next((found for step in steps if (found := list(step(keyword)))), [])

    def _labels(self, keyword: str) -> Iterator[Candidate]:
        """The words are a label's, as they stand or inflected; as they stand goes before."""
        tokens = tokenise(keyword)
        raw = keyword[tokens[0].start : tokens[-1].end] if tokens else ""
        for languages in (frozenset[str](), self._index.languages):
            found = list(self._whole(tokens, raw, languages))
            if found:
                yield from found
                return

    def _whole(
        self, tokens: Sequence[Token], raw: str, languages: frozenset[str]
    ) -> Iterator[Candidate]:
        forms = [self._index.forms(token.folded, languages) for token in tokens]
        for end, entries, inflected_in in self._index.walk(forms, 0):
            if end < len(tokens):
                continue
            for entry in entries:
                if entry.concept is None:
                    continue
                if inflected_in is not None and not _inflects(entry, raw, inflected_in):
                    continue
                if not in_capitals(entry, raw) and tokens[0].folded in self._index.only_as_written:
                    continue
                has_none = len(tokens) > 1 and all(word.plain == word.folded for word in tokens)
                differ = inflected_in is None and not (has_none or accents_fit(entry, tokens))
                if differ and len(raw) <= _LONGEST_FOLDED_FREELY:
                    continue
                reason = reason_of(entry, raw, tokens, inflected_in)
                yield Candidate(entry, reason, raw, inflected_in, differ)

    def _false_friend_in(self, tokens: Sequence[Token]) -> frozenset[str]:
        """The languages in which these words are an expression for something else."""
        forms = [self._index.forms(token.folded, self._index.languages) for token in tokens]
        return frozenset(
            entry.language
            for found in self._index.walk(forms, 0)
            if found.end == len(tokens)
            for entry in found.entries
            if entry.concept is None
        )

    def _again(self, keyword: str, reason: str) -> Iterator[Candidate]:
        """Labels for a mended keyword; of its reason and theirs the bolder one is told."""
        for candidate in self._labels(keyword):
            yield replace(candidate, reason=min(candidate.reason, reason, key=confidence_of))

    def _without_article(self, keyword: str) -> Iterator[Candidate]:
        tokens = tokenise(keyword)
        if len(tokens) < 2:
            return
        article, gap = tokens[0], keyword[tokens[0].end : tokens[1].start]
        spoken = function_words().get(article.plain, frozenset())
        written = keyword[article.start : article.end]
        if len(written) > 1 and written.isupper() and not keyword.isupper():
            return
        for candidate in self._again(keyword[tokens[1].start :], "article"):
            language = candidate.entry.language
            if language in spoken and (gap in {" ", *APOSTROPHES} or language == "mt"):
                yield candidate

    def _joined(self, keyword: str) -> Iterator[Candidate]:
        """Written as one word where the label is several, or the other way round."""
        tokens = tokenise(keyword)
        compact = "".join(token.folded for token in tokens)
        if len(compact) < _SHORTEST_INFLECTED:
            return
        for entry in self._index.compact(compact):
            if len(entry.folded) != len(tokens):
                yield Candidate(entry, "hyphen", keyword)
        if len(tokens) > 1:
            yield from self._again(compact, "hyphen")

    def _without_brackets(self, keyword: str) -> Iterator[Candidate]:
        bare = " ".join(_BRACKETS.sub(" ", keyword).split())
        if bare and bare != keyword:
            yield from self._again(bare, "qualifier")

    def _turned_round(self, keyword: str) -> Iterator[Candidate]:
        parts = [part.strip() for part in keyword.split(",")]
        if len(parts) == 2 and all(parts):
            yield from self._again(f"{parts[1]} {parts[0]}", "order")

    def _with_slip(self, keyword: str) -> Iterator[Candidate]:
        for entry in self._slips.slips(tokenise(keyword)):
            yield Candidate(entry, "typo", keyword)


def _inflects(entry: Entry, raw: str, inflected_in: frozenset[str]) -> bool:
    """Whether the words are a form of this entry; of an abbreviation only the ending may change."""
    if entry.language not in inflected_in or len(raw) < _SHORTEST_INFLECTED:
        return False
    return raw[: entry.capitals] == entry.label.text[: entry.capitals]
