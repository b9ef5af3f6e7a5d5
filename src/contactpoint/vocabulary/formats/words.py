"""What the three states of a concept are called elsewhere."""

from __future__ import annotations

from typing import Final

from contactpoint.vocabulary.model import Status

STATUSES: Final[dict[str, Status]] = {
    "proposed": "proposed", "candidate": "proposed", "draft": "proposed", "unstable": "proposed",
    "testing": "proposed", "underdevelopment": "proposed",
    "approved": "approved", "accepted": "approved", "published": "approved",
    "completed": "approved", "valid": "approved", "stable": "approved", "current": "approved",
    "deprecated": "deprecated", "archaic": "deprecated", "withdrawn": "deprecated",
    "retired": "deprecated",
}  # fmt: skip
"""What other vocabularies call the three states (ADMS, SemWeb status, ISO 25964, BIBO)."""
