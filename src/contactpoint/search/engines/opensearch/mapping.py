"""How an index is laid out, and a document as the cluster takes it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from contactpoint.search.documents import FACETS, Prepared
from contactpoint.search.engines.base import EngineError
from contactpoint.search.engines.queries import LONGEST, PHRASED, TEXTS

DEEPEST: Final = 10_000
"""How many results can be paged through: each page reads all that stand before it."""
LONGEST_KEY: Final = 512
MEANT: Final = ("about", "under")
_TEXTS: Final = frozenset(TEXTS)
_TOO_LONG: Final = re.compile(rf"[^ \n]{{{LONGEST + 1},}}")
_SPACES: Final[Mapping[str, Any]] = {"type": "text", "analyzer": "whitespace"}
_COUNTED: Final[Mapping[str, Any]] = {**_SPACES, "index_options": "freqs"}
_KEYWORD: Final[Mapping[str, Any]] = {"type": "keyword", "ignore_above": 8000}


def layout(meant_for: str, replicas: int, major: int) -> dict[str, Any]:
    """The settings and mappings of an index.

    `meant_for` is the name by which we know our own, `major` the version of the cluster.

    One shard, so that scores, totals and counts are exact. Nothing is seen before we say so. What
    was deleted is remembered for an hour, so that a late write does not bring it back. Fields of
    languages come with the first document that has them.
    """
    settings: dict[str, Any] = {
        "number_of_shards": 1,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "gc_deletes": "1h",
        "max_result_window": DEEPEST,
    }
    if major >= 3:
        # Version 3 left out a constant factor; ours are the scores with it, as everywhere else.
        settings["similarity"] = {"default": {"type": "LegacyBM25"}}
    return {
        "settings": {"index": settings},
        "mappings": {
            "_meta": {"contactpoint": meant_for},
            "_source": {"includes": ["stored"]},
            "dynamic": "strict",
            "date_detection": False,
            "dynamic_templates": [
                {"words": {"path_match": "texts.*", "mapping": dict(_COUNTED)}},
            ],
            "properties": {
                "key": {"type": "keyword"},
                "languages": {"type": "keyword"},
                "day": {"type": "integer"},
                "until": {"type": "long"},
                "stored": {"type": "object", "enabled": False},
                "facets": {"properties": {name: dict(_KEYWORD) for name in FACETS}},
                "words": {"properties": {field: {**_KEYWORD, "index": False} for field in PHRASED}},
                "texts": {
                    "dynamic": True,
                    "properties": {
                        **{field: dict(_SPACES) for field in PHRASED},
                        **{field: dict(_COUNTED) for field in MEANT},
                    },
                },
            },
        },
    }


def text_field(name: str) -> str:
    """The name of a text field; `EngineError` where there is no such field."""
    if name not in _TEXTS:
        raise EngineError(f"There is no text field {name}.")
    return name


def facet(name: str) -> str:
    """The name of a facet; `EngineError` where there is no such facet."""
    if name not in FACETS:
        raise EngineError(f"There is no facet {name}.")
    return name


def cut(token: str) -> str:
    """The token as it is indexed; the cluster would cut a very long one into pieces."""
    return token[:LONGEST]


def laid_out(document: Prepared) -> dict[str, Any]:
    """The document as one JSON object; `EngineError` where the cluster would refuse it."""
    if len(document.key.encode()) > LONGEST_KEY:
        raise EngineError(f"The key {document.key[:40]}… is longer than {LONGEST_KEY} bytes.")
    texts = {text_field(name): _lines(text) for name, text in document.texts.items() if text}
    body: dict[str, Any] = {
        "key": document.key,
        "languages": list(document.languages),
        "texts": texts,
        "words": {name: _listed(texts[name]) for name in PHRASED if name in texts},
        "facets": {facet(name): list(values) for name, values in document.facets.items()},
        "stored": document.stored,
    }
    if document.day is not None:
        body["day"] = document.day
    if document.until is not None:
        body["until"] = document.until
    return body


def _lines(text: str) -> list[str]:
    """Between lines the cluster leaves a gap of positions, which no phrase reaches over."""
    return _TOO_LONG.sub(lambda token: cut(token[0]), text).split("\n")


def _listed(texts: list[str]) -> list[str]:
    return sorted({token for line in texts for token in line.split(" ") if token})
