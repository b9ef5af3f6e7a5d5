"""The languages whose texts are searched, and how the words of each are stemmed."""

from typing import Final

LANGUAGES: Final = (
    "en", "fr", "nl", "de", "ar", "bg", "cs", "da", "el", "es", "et", "fa", "fi", "ga", "hr", "hu",
    "hy", "it", "ka", "lt", "lv", "mk", "mt", "nb", "pl", "ps", "pt", "ro", "ru", "sk", "sl", "so",
    "sq", "sr", "sv", "ti", "tr", "uk",
)  # fmt: skip
"""Language codes with a `title_`, a `text_` and a `files_` field each."""

SNOWBALL: Final = {
    "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fr": "french", "hy": "armenian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "nl": "dutch", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish",
}  # fmt: skip
"""Languages that a stemmer of Snowball serves best; the others are reduced by tables of endings."""
