"""Pages of themes, concepts and the whole glossary; what uses them is told by whoever uses them."""

from contactpoint.glossary.views.browse import find, glossary, hierarchy
from contactpoint.glossary.views.concept import concept
from contactpoint.glossary.views.themes import nodes, theme, theme_index

__all__ = [
    "concept",
    "find",
    "glossary",
    "hierarchy",
    "nodes",
    "theme",
    "theme_index",
]
