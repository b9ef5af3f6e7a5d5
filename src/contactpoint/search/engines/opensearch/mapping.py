"""How an index is laid out, and a document as the cluster takes it."""

from collections.abc import Mapping
from typing import Any, Final

from contactpoint.search.documents import FACETS, Prepared

DEEPEST: Final = 10_000
"""How many results can be paged through: each page reads all that stand before it."""
LISTED: Final = ("surface_title", "surface")
"""Fields whose tokens are also kept as a list, for beginnings of words."""
_SPACES: Final[Mapping[str, Any]] = {"type": "text", "analyzer": "whitespace"}
_COUNTED: Final[Mapping[str, Any]] = {**_SPACES, "index_options": "freqs"}
_KEYWORD: Final[Mapping[str, Any]] = {"type": "keyword", "ignore_above": 8000}


def layout(name: str, replicas: int, major: int) -> dict[str, Any]:
    """The settings and mappings of an index; `major` is the version of the cluster.

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
            "_meta": {"contactpoint": name},
            "_source": {"includes": ["stored"]},
            "dynamic": "strict",
            "date_detection": False,
            "dynamic_templates": [
                {"words": {"path_match": "texts.*", "mapping": dict(_SPACES)}},
            ],
            "properties": {
                "key": {"type": "keyword"},
                "languages": {"type": "keyword"},
                "day": {"type": "integer"},
                "until": {"type": "long"},
                "stored": {"type": "object", "enabled": False},
                "facets": {"properties": {facet: dict(_KEYWORD) for facet in FACETS}},
                "words": {"properties": {field: {**_KEYWORD, "index": False} for field in LISTED}},
                "texts": {
                    "dynamic": True,
                    "properties": {
                        **{field: dict(_SPACES) for field in LISTED},
                        **{field: dict(_COUNTED) for field in ("about", "under")},
                    },
                },
            },
        },
    }


def laid_out(document: Prepared) -> dict[str, Any]:
    """The document as one JSON object."""
    texts = {name: text for name, text in document.texts.items() if text}
    body: dict[str, Any] = {
        "key": document.key,
        "languages": list(document.languages),
        "texts": texts,
        "words": {name: sorted(set(texts[name].split())) for name in LISTED if name in texts},
        "facets": {name: list(values) for name, values in document.facets.items()},
        "stored": document.stored,
    }
    if document.day is not None:
        body["day"] = document.day
    if document.until is not None:
        body["until"] = document.until
    return body
