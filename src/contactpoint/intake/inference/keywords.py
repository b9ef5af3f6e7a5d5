"""What the keywords of an item mean: a concept, a kind of output, a place, or nothing known."""

from collections.abc import Sequence
from typing import Final, TypedDict

from contactpoint.intake.inference.terms import Terms
from contactpoint.vocabulary import Annotation, Harmonised
from contactpoint.vocabulary.reasons import confidence_of

_RESOLVES: Final = {"glossary": "concept", "kinds": "type", "places": "place"}
_MOST_SUGGESTED: Final = 5


class Keyword(TypedDict):
    """A keyword as found and what it was taken for; `concept` is an id in the scheme it is of."""

    source: str
    language: str | None
    resolves_to: str
    concept: str | None
    label: str
    confidence: float
    reason: str


class Suggested(TypedDict):
    """A concept that the text names though no keyword does."""

    concept: str
    label: str
    confidence: float
    reason: str
    text: str


def resolve(keywords: Sequence[str], language: str, terms: Terms) -> list[Keyword]:
    """One for each string, in order; none is dropped."""
    if not keywords:
        return []
    return [keyword(found) for found in terms.vocabulary.harmonise_all(keywords, language)]


def keyword(found: Harmonised) -> Keyword:
    """The shape that the report and the review list use."""
    return Keyword(
        source=found.source,
        language=found.language,
        resolves_to=_RESOLVES.get(found.scheme or "", "unknown"),
        concept=found.concept,
        label=found.label,
        confidence=round(found.confidence, 3),
        reason=found.reason,
    )


def suggested(
    annotations: Sequence[Annotation], keywords: Sequence[Keyword], terms: Terms
) -> list[Suggested]:
    """Concepts in the text that no keyword names, the most often met first, at most five."""
    known = {keyword["concept"] for keyword in keywords}
    met: dict[str, list[Annotation]] = {}
    for found in annotations:
        if found.scheme == "glossary" and found.concept not in known:
            met.setdefault(found.concept, []).append(found)
    ordered = sorted(met.values(), key=lambda group: (-len(group), group[0].start))
    return [
        Suggested(
            concept=group[0].concept,
            label=terms.vocabulary.label(group[0].concept, "en", "glossary"),
            confidence=round(confidence_of(group[0].reason) * 0.8, 3),
            reason=group[0].reason,
            text=group[0].text,
        )
        for group in ordered[:_MOST_SUGGESTED]
    ]
