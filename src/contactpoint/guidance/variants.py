"""Who the reader is, as far as texts differ by it. Kept in the address of the page and nowhere."""

from typing import Final

VARIANTS: Final = ("alone", "family", "minor", "vulnerable", "protected")
PARAMETER: Final = "as"


def chosen(value: str | None) -> str:
    """The variant that an address names; empty where it names none, or none of ours."""
    return value if value in VARIANTS else ""
