"""An answer as JSON: the shape that the command line and `search.json` share and keep."""

from collections.abc import Callable
from typing import Any

from contactpoint.search.asking.results import Result, Results

Labels = Callable[[str, str], str]
"""From a facet and one of its values to what readers call it."""


def as_json(results: Results, base_url: str, label: Labels) -> dict[str, Any]:
    """`{"total", "results", "facets", "concepts", …}`; addresses are whole."""
    return {
        "query": results.question,
        "language": results.language,
        "total": results.total,
        "results": [_result(result, base_url) for result in results.results],
        "partial": [
            _result(result, base_url) | {"missing": list(result.missing)}
            for result in results.partial
        ],
        "facets": {
            name: [
                {"value": value, "label": label(name, value), "count": count}
                for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            ]
            for name, counts in results.facets.items()
        },
        "concepts": [
            {
                "concept": chip.token,
                "label": chip.label,
                "text": chip.text,
                "language": chip.language,
                "on": chip.on,
                "narrower": chip.narrower,
                "url": base_url + chip.url if chip.url else None,
            }
            for chip in results.chips
        ],
        "guesses": [{"text": one.text, "concepts": list(one.labels)} for one in results.guesses],
        "left_out": [{"text": one.text, "concepts": list(one.labels)} for one in results.left_out],
        "not_looked_for": list(results.unheard),
        "did_you_mean": [correction.text for correction in results.corrections],
    }


def _result(result: Result, base_url: str) -> dict[str, Any]:
    return {
        "title": result.title_text,
        "url": base_url + result.url,
        "language": result.language,
        "languages": list(result.alternates),
        "kind": result.kind,
        "type": result.type or None,
        "date": result.day.isoformat() if result.day else None,
        "themes": list(result.themes),
        "concepts": list(result.concepts),
        "highlights": [highlight.text for highlight in result.highlights],
        "files": [
            {"file": highlight.file, "url": base_url + highlight.url, "page": highlight.page}
            for highlight in result.highlights
            if highlight.file
        ],
        "reasons": list(result.reasons),
    }
