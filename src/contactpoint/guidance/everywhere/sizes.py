"""How large something is, in the words of a language, before anybody asks for it."""

from typing import Final

from babel.units import format_unit

_KILO: Final = 1000
_MARK: Final = 7
"""Any number that is written the same alone and in a sentence."""


def told(size: int, language: str) -> str:
    """Bytes in words: whole kilobytes, from a million on megabytes with one digit behind."""
    kilobytes = max(1, round(size / _KILO))
    if kilobytes < _KILO:
        return format_unit(kilobytes, "digital-kilobyte", "short", locale=language)
    return format_unit(
        round(kilobytes / _KILO, 1), "digital-megabyte", "short", format="#,##0.#", locale=language
    )


def patterns(language: str) -> dict[str, str]:
    """The same with `{n}` in the number's place, for a script that counts by itself."""
    made = {
        "kilo": format_unit(_MARK, "digital-kilobyte", "short", locale=language),
        "mega": format_unit(_MARK, "digital-megabyte", "short", locale=language),
    }
    return {name: words.replace(str(_MARK), "{n}") for name, words in made.items()}
