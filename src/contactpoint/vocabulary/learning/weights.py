"""What the signs of a label weigh where no documents teach it: found once by logistic regression.

On 20,000 titles each in English and in Swedish, which writes compounds as one word and finds labels
in their parts (`docs/decisions/0013-learning-to-suggest.md`). They are the library's own
constants: no document of the user's, and none of those that it is measured on, is in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from contactpoint.vocabulary.inflection import inflections
from contactpoint.vocabulary.learning.lexical import FEATURES
from contactpoint.vocabulary.learning.postings import Floats

_APART: Final[Mapping[str, float]] = {
    "matched": 2.69, "mass": 0.43, "covered": 1.67, "strength": 0.9, "forms": -0.72,
    "stems": -2.35, "words": -0.57, "exactly": 0.14, "preferred": 0.37, "qualified": -0.46,
    "place": -0.32, "together": 0.51, "opening": 0.0, "length": -0.4, "rivals": -0.31,
    "leads": 0.64, "sentences": 0.08, "whole": 0.15, "whole_word": -0.76, "share": 0.17,
}  # fmt: skip
_APART_BASE: Final = -9.71
_COMPOUND: Final[Mapping[str, float]] = {
    "matched": 2.04, "mass": 1.11, "covered": 2.24, "strength": 0.81, "forms": -0.68,
    "stems": -4.03, "words": -1.91, "exactly": -0.43, "preferred": -0.15, "qualified": -0.98,
    "place": -0.27, "together": -0.85, "opening": 0.08, "length": -0.45, "rivals": -0.66,
    "leads": 0.65, "sentences": -0.08, "whole": 1.89, "whole_word": -2.0, "share": -0.02,
}  # fmt: skip
_COMPOUND_BASE: Final = -6.82


def untrained(language: str) -> tuple[Floats, float]:
    """Weights in the order of `FEATURES`, and what is added to their sum."""
    rules = inflections().get(language)
    weights, base = (
        (_COMPOUND, _COMPOUND_BASE) if rules and rules.compounds else (_APART, _APART_BASE)
    )
    return np.array([weights[name] for name in FEATURES], np.float32), base
