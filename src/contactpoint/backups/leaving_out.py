"""What no backup holds, as it is made anew or ends with the process that made it."""

import re
from typing import Final

LEFT_OUT: Final = {
    "the search index, and what it still had to hear of": (
        r"search_(?:index|change|made|expiry)|wagtailsearch_\w+"
    ),
    "sessions: everybody signs in again": r"django_session",
    "who was refused at the door for now": r"axes_accessattempt(?:expiration)?",
    "the key under which the questions of a day are counted": r"search_daykey",
    "who is editing what at this moment": r"wagtailadmin_editingsession",
}
"""What it is, and the tables."""
_TABLES: Final = re.compile("|".join(f"(?:{pattern})" for pattern in LEFT_OUT.values()))


def is_left_out(table: str) -> bool:
    """Whether the rows of a table stay out of backups; after restoring it is empty."""
    return bool(_TABLES.fullmatch(table))
