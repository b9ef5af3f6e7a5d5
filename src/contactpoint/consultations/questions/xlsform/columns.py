"""Headings of columns: which text they hold, in which language."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from contactpoint.consultations.questions.carrying import LONGEST_TEXT, InstrumentError
from contactpoint.consultations.questions.xlsform.sheets import Row, Sheet

LANGUAGES: Final[dict[str, str]] = {
    "bg": "Български", "cs": "Čeština", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά",
    "en": "English", "es": "Español", "et": "Eesti", "fi": "Suomi", "fr": "Français",
    "ga": "Gaeilge", "hr": "Hrvatski", "hu": "Magyar", "it": "Italiano", "lt": "Lietuvių",
    "lv": "Latviešu", "mt": "Malti", "nb": "Norsk", "nl": "Nederlands", "pl": "Polski",
    "pt": "Português", "ro": "Română", "sk": "Slovenčina", "sl": "Slovenščina", "sv": "Svenska",
    "ka": "ქართული", "uk": "Українська", "hy": "Հայերեն", "ar": "العربية", "fa": "فارسی",
    "ps": "پښتو", "ti": "ትግርኛ", "so": "Soomaali", "ru": "Русский", "sq": "Shqip", "tr": "Türkçe",
}  # fmt: skip
_ENGLISH: Final[dict[str, str]] = {
    "english": "en", "french": "fr", "dutch": "nl", "german": "de", "spanish": "es",
    "arabic": "ar", "italian": "it", "polish": "pl", "portuguese": "pt", "russian": "ru",
    "turkish": "tr", "ukrainian": "uk", "persian": "fa", "pashto": "ps", "somali": "so",
    "tigrinya": "ti", "albanian": "sq", "greek": "el", "swedish": "sv", "finnish": "fi",
}  # fmt: skip
_NAMES: Final = {name.casefold(): code for code, name in LANGUAGES.items()} | _ENGLISH
_CODED: Final = re.compile(r".*\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\s*\)", re.ASCII)
_BARE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?", re.ASCII)
_ALIASES: Final = {
    "caption": "label",
    "relevance": "relevant",
    "calculate": "calculation",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "list name": "list_name",
    "value": "name",
    "command": "type",
    "tag": "name",
    "title": "form_title",
    "translated_title": "form_title",
    "set_form_title": "form_title",
    "id_string": "form_id",
    "set_form_id": "form_id",
}
_TEXTS: Final = frozenset(
    {"label", "hint", "constraint_message", "required_message", "form_title", "introduction"}
)


def named(language: str) -> str:
    """A heading's language, such as `Nederlands (nl)`."""
    return f"{LANGUAGES[language]} ({language})" if language in LANGUAGES else f"({language})"


def language_of(text: str, place: str) -> str:
    """`Nederlands (nl)`, `nl`, `Nederlands` or `Dutch` → nl."""
    match = _CODED.fullmatch(text)
    code = match[1] if match else _NAMES.get(text.casefold(), "")
    if not code and _BARE.fullmatch(text):
        code = text
    if not code:
        raise InstrumentError(
            place, f'Which language is "{text}"? Add its code, such as label::Nederlands (nl).'
        )
    return code.lower()


def split(heading: str) -> tuple[str, str]:
    """A heading as the name that we know it by, and the language that it names or ""."""
    name, _mark, language = heading.partition("::")
    if not language and name.count(":") == 1 and not name.startswith("jr:"):
        name, _mark, language = name.partition(":")
    plain = name.strip().lower()
    return _ALIASES.get(plain, plain), language.strip()


class Columns:
    """The headings of one sheet; `default` is the language of texts whose heading names none."""

    def __init__(self, sheet: Sheet, default: str) -> None:
        self.sheet, self.default = sheet, default
        self.texts: dict[str, tuple[str, str]] = {}
        self.plain: dict[str, str] = {}
        for heading, letter in sheet.columns.items():
            name, language = split(heading)
            if name in _TEXTS:
                code = language_of(language, f"{sheet.name}!{letter}1") if language else default
                self.texts[heading] = (name, code)
            else:
                self.plain.setdefault(name, heading)

    def languages(self) -> list[str]:
        """Those that columns name, in their order."""
        return list(dict.fromkeys(code for _name, code in self.texts.values()))

    def heading(self, name: str) -> str:
        """The heading that is written for a name."""
        return self.plain.get(name, name)

    def get(self, row: Row, name: str) -> str:
        """A cell."""
        return row.cells.get(self.heading(name), "")

    def place(self, row: Row, name: str) -> str:
        """Where it stands."""
        return row.place(self.heading(name))

    def in_languages(self, row: Row, name: str) -> Mapping[str, str]:
        """A text in all its languages."""
        found: dict[str, str] = {}
        for heading, (text_name, language) in self.texts.items():
            text = row.cells.get(heading, "")
            if text_name != name or not text:
                continue
            if len(text) > LONGEST_TEXT:
                raise InstrumentError(
                    row.place(heading), f"The text is longer than {LONGEST_TEXT:,} characters."
                )
            found[language] = text
        return found

    def others(self, known: Iterable[str]) -> dict[str, str]:
        """Name → heading of the columns that aren't known."""
        names = set(known)
        return {name: heading for name, heading in self.plain.items() if name not in names}
