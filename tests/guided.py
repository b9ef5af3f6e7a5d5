"""Guidance for tests: four guides, three places, in English, one in Arabic and one in French."""

from pathlib import Path

from contactpoint.guidance.demonstration import load_guidance
from contactpoint.guidance.models import GuideText

FOLDER = Path(__file__).parent / "data" / "guidance"


def load() -> None:
    """All that is in the folder."""
    load_guidance(FOLDER)


def text(guide: str, language: str = "en") -> GuideText:
    """The text of a guide."""
    return GuideText.objects.get(guide__code=guide, language=language)
