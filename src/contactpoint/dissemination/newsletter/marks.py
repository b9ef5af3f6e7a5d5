"""What tells one state of a draft from another, so that nobody sends or writes over words that they
did not see. A digest of what editors write: it needs no column, and changing something back gives
the same mark again."""

import hashlib
import json

from contactpoint.dissemination.models import Issue


def mark_of(issue: Issue) -> str:
    """Of an issue as it was just read from the database, 32 signs."""
    told = [issue.titles, issue.introductions, str(issue.since), list(issue.sections.raw_data)]
    written = json.dumps(told, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:32]
