"""Why a string was taken for a concept: codes for machines, a sentence for people, a confidence.

A decision that can't be explained can't be corrected, so every match carries one of these codes.
"""

from __future__ import annotations

from typing import Final

# code: (confidence where nothing else lowers it, sentence)
REASONS: Final[dict[str, tuple[float, str]]] = {
    "exact": (1.0, "It is the preferred label."),
    "alternative": (0.98, "It is an alternative label."),
    "hidden": (0.97, "It is a spelling or synonym that was recorded for this concept."),
    "abbreviation": (0.95, "It is a recorded abbreviation."),
    "case": (0.98, "It is a label but for capital and small letters."),
    "apostrophe": (0.97, "It is a label but for the apostrophe."),
    "hyphen": (0.95, "It is a label but for a hyphen or a space."),
    "qualifier": (0.93, "It is a label but for the qualifier in brackets."),
    "spelling": (0.95, "It is a label in another accepted spelling."),
    "article": (0.93, "It is a label but for the article before it."),
    "accent": (0.92, "It is a label but for accents."),
    "inflected": (0.9, "It is an inflected form of a label, such as a plural or a case."),
    "order": (0.85, "It is a label with its words turned round at a comma."),
    "compound": (0.6, "It is a compound word that contains a label."),
    "typo": (0.75, "It is a label but for what looks like a slip of the keyboard."),
    "unknown": (0.0, "No label is the same or close enough."),
}


def describe(reason: str) -> str:
    """English sentence for a reason code; raises `KeyError` for a code that doesn't exist."""
    return REASONS[reason][1]


def confidence_of(reason: str) -> float:
    """Confidence, 0 to 1, that a match for this reason starts from."""
    return REASONS[reason][0]
