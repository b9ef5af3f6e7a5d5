"""The search as readers meet it: the page, suggestions while they type, and lists to take along.

No term is written anywhere: not to a log, not to a cookie, not to a cache.
"""

from contactpoint.search.views.describing import description
from contactpoint.search.views.page import search
from contactpoint.search.views.suggestions import completions, suggestions
from contactpoint.search.views.taking import citations, feed, found_json, table

__all__ = [
    "citations",
    "completions",
    "description",
    "feed",
    "found_json",
    "search",
    "suggestions",
    "table",
]
