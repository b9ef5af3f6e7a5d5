"""Words that stand in the index: how often, beginning so, or nearly written so."""

from collections.abc import Iterable
from typing import Final

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import OSA

from contactpoint.search.engines.embedded.querying import text_field, translated
from contactpoint.search.engines.embedded.reading import View
from contactpoint.search.engines.queries import LONGEST, Term

_SHORT: Final = 5
_ALPHABETS: Final = tuple(
    "".join(map(chr, range(ord(first), ord(last) + 1)))
    for first, last in ("az", "αώ", "аџ", "աֆ", "აჰ", "اي")
)


def frequencies(view: View, terms: Iterable[tuple[str, str]]) -> list[int]:
    """In how many documents each (field, token) stands, the deleted ones not yet taken off."""
    count = view.searcher.doc_freq
    return [count(text_field(name), token[:LONGEST]) for name, token in terms]


def beginning(view: View, name: str, start: str, limit: int, now: int) -> list[tuple[str, int]]:
    """The most frequent tokens that begin so."""
    found = view.searcher.terms_with_prefix(text_field(name), start[:LONGEST])
    return _findable(view, name, found, limit, now)


def similar(view: View, name: str, token: str, limit: int, now: int) -> list[tuple[str, int]]:
    """Tokens one or two slips away, nearest first, then the most frequent.

    A slip in the first letter is looked for only where the next two letters are right: then a small
    part of all words has to be compared.
    """
    most = 1 if len(token) <= _SHORT else 2
    size = len(token)
    counts = {
        word: count
        for start in _starts(token)
        for word, count in view.searcher.terms_with_prefix(text_field(name), start)
        if -most <= len(word) - size <= most and word != token
    }
    found = process.extract_iter(token, counts.keys(), scorer=OSA.distance, score_cutoff=most)
    near = {word: (slips, -counts[word]) for word, slips, _key in found}
    ranked = sorted(near, key=lambda word: (near[word], word))
    return _findable(view, name, [(word, -near[word][1]) for word in ranked], limit, now)


def _starts(token: str) -> list[str]:
    """Beginnings of all words that may be meant; none begins with another."""
    if len(token) < 2:
        return []
    first, second = token[0], token[1]
    letters = next((all_of for all_of in _ALPHABETS if first in all_of or second in all_of), "")
    starts = {
        token[1:4],  # the first is one too many
        second + first + token[2:3],  # swapped with the second
        *(letter + token[1:3] for letter in letters),  # the first is wrong
        *(letter + token[:2] for letter in letters),  # the first is missing
    }
    return [first, *(start for start in starts if not start.startswith(first))]


def _findable(
    view: View, name: str, found: list[tuple[str, int]], limit: int, now: int
) -> list[tuple[str, int]]:
    """The first few that stand in a document that may be found now."""
    gone = view.gone(now)
    expired = view.expired(now)
    told: list[tuple[str, int]] = []
    for word, count in found:
        if len(told) == limit:
            break
        if count > gone or view.counted(_visible(translated(Term(name, word)), expired)):
            told.append((word, count))
    return told


def _visible(query: tantivy.Query, expired: tantivy.Query | None) -> tantivy.Query:
    if expired is None:
        return query
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, query), (tantivy.Occur.MustNot, expired)]
    )
