"""What is wrong with a version, tried once and kept under the mark of what it asks: several pages
tell it, and trying a long questionnaire takes a while."""

from typing import Final

from django.core.cache import cache

from contactpoint.consultations.actions.versions import mark_of
from contactpoint.consultations.models import Version
from contactpoint.consultations.questions.findings import Finding, findings

SHAPE: Final = 1
"""One more whenever `findings` finds something else."""
_KEPT_SECONDS: Final = 7 * 86_400


def found_in(version: Version) -> list[Finding]:
    """The findings of a version; those of a version that was written over are others."""
    key = f"consultations.findings.{SHAPE}.{mark_of(version)}"
    kept: list[Finding] | None = cache.get(key)
    if kept is None:
        kept = findings(version.asked())
        cache.set(key, kept, _KEPT_SECONDS)
    return kept
