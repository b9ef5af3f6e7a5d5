"""Loads the demo's guides and places: true in general, marked as examples to be checked."""

from pathlib import Path
from typing import Final

from contactpoint.guidance.loading import load

FOLDER: Final = Path(__file__).parent / "demo"


def load_guidance(folder: Path = FOLDER, *, examples: bool = True) -> int:
    """Load it; what was changed on the site stays. Returns how many texts are new."""
    report = load(folder, examples=examples)
    return sum(line.endswith(".txt") for line in report.made)
