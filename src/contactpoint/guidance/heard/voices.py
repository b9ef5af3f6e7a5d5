"""In which languages the computer speaks: where it has a voice, and the contact point wants it."""

from typing import Final

from django.conf import settings

from contactpoint.guidance.heard import programs
from contactpoint.guidance.heard.reading_out import FOLDER

VOICES: Final = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))
"""Languages with a voice in espeak-ng whose words are written out as it needs them."""


def is_wanted(language: str) -> bool:
    """Whether the contact point has switched the computer's voice on for the language."""
    return language in settings.GUIDANCE_COMPUTER_VOICE


def lacking() -> str:
    """Why a voice that is wanted can't speak, with the mend; empty where all is well."""
    missing = programs.missing() if settings.GUIDANCE_COMPUTER_VOICE else []
    if not missing:
        return ""
    packages = " ".join(programs.PACKAGES[name] for name in missing)
    return (
        f"The computer's voice is switched on, but {' and '.join(missing)} is not installed: "
        f"apt-get install {packages}"
    )
