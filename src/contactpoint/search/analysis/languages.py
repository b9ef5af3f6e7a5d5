"""The languages whose texts are searched, each with fields of its own."""

from typing import Final

LANGUAGES: Final = (
    "en", "fr", "nl", "de", "ar", "bg", "cs", "da", "el", "es", "et", "fa", "fi", "ga", "hr", "hu",
    "hy", "it", "ka", "lt", "lv", "mk", "mt", "nb", "pl", "ps", "pt", "ro", "ru", "sk", "sl", "so",
    "sq", "sr", "sv", "ti", "tr", "uk",
)  # fmt: skip
"""Language codes with a `title_`, a `text_` and a `files_` field each."""
