"""Texts and questions to tokens, the same for every engine. Pure functions: no Django, no index.

An engine only splits at spaces. For the index: `indexed(text, language)`, which is `surfaces(text)`
and `stems(plain_words(text), language)` in one pass; for questions: `forms(word, language)`; for
highlights and reasons: `analysed(text, language)`. See `docs/decisions/0020-analysis.md`.
"""

from contactpoint.search.analysis.cutting import Joined, joined, plain_words, surfaces
from contactpoint.search.analysis.languages import LANGUAGES
from contactpoint.search.analysis.stemming import Analysed, Indexed, analysed, forms, indexed, stems

__all__ = [
    "LANGUAGES",
    "Analysed",
    "Indexed",
    "Joined",
    "analysed",
    "forms",
    "indexed",
    "joined",
    "plain_words",
    "stems",
    "surfaces",
]
