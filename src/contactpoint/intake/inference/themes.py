"""The main themes of an item by the names that the listing gives them."""

from collections.abc import Sequence
from typing import Final

from contactpoint.intake.inference.terms import THEMES, Terms

# A theme is a drawer, not a topic: a name that merely contains one's words is another drawer.
_SURE: Final = 0.85


def resolve(names: Sequence[str], language: str, terms: Terms) -> tuple[list[str], list[str]]:
    """Slugs in the listing's order, each once, and the names that no theme has."""
    if not names:
        return [], []
    slugs, unknown = [], []
    for found in terms.names.harmonise_all(names, language, schemes=[THEMES]):
        if found.concept and found.confidence >= _SURE:
            slugs.append(found.concept)
        else:
            unknown.append(found.source)
    return list(dict.fromkeys(slugs)), unknown
