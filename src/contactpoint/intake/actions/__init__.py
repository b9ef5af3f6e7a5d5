"""The verbs of an import: read a source, accept, reject and mend what it holds, undo it all."""

from contactpoint.intake.actions.reading import Reading, read_source
from contactpoint.intake.actions.reviewing import (
    WAITING,
    accept,
    accept_all,
    is_edited,
    mend,
    reject,
)
from contactpoint.intake.actions.undoing import Undone, taken_elsewhere, undo, undo_later

__all__ = [
    "WAITING",
    "Reading",
    "Undone",
    "accept",
    "accept_all",
    "is_edited",
    "mend",
    "read_source",
    "reject",
    "taken_elsewhere",
    "undo",
    "undo_later",
]
