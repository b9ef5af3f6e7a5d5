"""What the cluster knows of words: how frequent they are, how they begin, which are alike."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from rapidfuzz.distance import OSA

from contactpoint.search.engines.base import EngineError
from contactpoint.search.engines.opensearch.asking import Clause
from contactpoint.search.engines.opensearch.client import lines
from contactpoint.search.engines.opensearch.mapping import cut, text_field
from contactpoint.search.engines.queries import LONGEST, PHRASED

AT_ONCE: Final = 500
CANDIDATES: Final = 100
"""Words that the cluster proposes, from its counts; those of few are then counted exactly."""
_PLAIN: Final = re.compile(r"\w", re.UNICODE)
COUNTED: Final = "responses.hits.total.value,responses.status,responses.error.type"


def counting(
    terms: Iterable[tuple[str, str]], excluded: Clause | None = None
) -> Iterator[tuple[list[tuple[str, str]], bytes]]:
    """Pieces of terms, each with the body of a multiple request that counts their documents.

    `excluded`: without those. Only for a few terms, for it makes the cluster look at each document.
    """
    waiting = iter(terms)
    while piece := list(itertools.islice(waiting, AT_ONCE)):
        parts: list[Any] = []
        for field, token in piece:
            query: Clause = {"term": {f"texts.{text_field(field)}": {"value": cut(token)}}}
            if excluded is not None:
                query = {"bool": {"filter": [query], "must_not": [excluded]}}
            parts += [{}, {"size": 0, "track_total_hits": True, "query": query}]
        yield piece, lines(parts)


def beginning_so(name: str, start: str, limit: int, excluded: Clause) -> Clause | None:
    """The tokens of a field that begin so, counted; None where there can't be any."""
    if name not in PHRASED:
        raise EngineError(f"Beginnings are kept of {' and '.join(PHRASED)} only, not of {name}.")
    if limit <= 0 or len(start) > LONGEST:
        return None
    values = {
        "field": f"words.{name}",
        "size": limit,
        "include": f"{_literal(start)}.*",
        "order": [{"_count": "desc"}, {"_key": "asc"}],
    }
    return {
        "size": 0,
        "track_total_hits": False,
        "query": {
            "bool": {
                "filter": [{"prefix": {f"texts.{name}": {"value": start}}}],
                "must_not": [excluded],
            }
        },
        "aggs": {"words": {"terms": values}},
    }


def _literal(text: str) -> str:
    """The text as a regular expression of Lucene's: what is no letter or digit loses its sense."""
    return "".join(sign if _PLAIN.match(sign) else f"\\{sign}" for sign in text)


def alike(name: str, token: str) -> Clause:
    """The tokens of a field that are one slip away, or two from six letters on."""
    term = {
        "field": f"texts.{text_field(name)}",
        "analyzer": "keyword",
        "suggest_mode": "always",
        "size": CANDIDATES,
        "max_edits": slips(token),
        "prefix_length": 0,
        "min_word_length": 1,
        "max_term_freq": 2_000_000_000,
        "string_distance": "internal",
        "accuracy": 0.01,
    }
    return {"size": 0, "suggest": {"alike": {"text": token, "term": term}}}


def slips(token: str) -> int:
    """How many letters may be wrong, missing, too many, or a pair of them exchanged."""
    return 1 if len(token) <= 5 else 2


def nearest(token: str, options: Iterable[Clause]) -> list[str]:
    """What was suggested that is near enough, the nearest first, then the most frequent."""
    ranked = sorted(
        (OSA.distance(token, option["text"]), -int(option["freq"]), str(option["text"]))
        for option in options
    )
    return [text for distance, _frequency, text in ranked if 0 < distance <= slips(token)]


def ordered(token: str, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Words with their counts, the nearest first, then the most frequent, then by letters."""
    return sorted(
        ((text, count) for text, count in counts.items() if count),
        key=lambda pair: (OSA.distance(token, pair[0]), -pair[1], pair[0]),
    )
