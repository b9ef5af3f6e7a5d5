"""Sources of definitions in the reader's language.

A source is recorded once, in English: "Regulation (EU) 2024/1348, Article 42; before it Directive
2013/32/EU, Article 31(8)". Its words are few and always the same, so they are put into the other
languages one by one; where one is not known, the whole stays English.
"""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from contactpoint.kit.labels import FALLBACK_LANGUAGE

LANGUAGES: Final = ("fr", "nl", "de")
_FILE: Final = Path(__file__).parent / "data" / "sources.toml"
_OF: Final = {"fr": "du", "nl": "van", "de": "vom"}
_NUMBER: Final = (
    r"(?:\((?P<union>EU|EC)\) )?(?P<no>No )?(?P<number>\d+/\d+)(?:/(?P<suffix>EU|EC|JHA))?"
)
_DATE: Final = r"(?P<of>of )?(?P<day>\d{1,2}) (?P<month>MONTHS) (?P<year>\d{4})"
_PLACE: Final = (
    r"COM\(\d{4}\) \d+|\d+(?:/\d+)?[A-Z]?(?:bis|ter)?(?:\(\w{1,2}\))*|\(\w{1,2}\)|[IVX]+\b|[,;() ]"
)
"""Numbers of articles and documents, and what stands between words: the same in each language."""


class Said(NamedTuple):
    """A source and the language that it is in now."""

    text: str
    language: str


@lru_cache(maxsize=4096)
def in_language(source: str, language: str) -> Said:
    """The source in `language` if all of its words are known, else as it was recorded."""
    if language not in LANGUAGES or not source:
        return Said(source, FALLBACK_LANGUAGE)
    known, said, at = _pattern(), "", 0
    while at < len(source):
        match = known.match(source, at)
        if match is None:
            return Said(source, FALLBACK_LANGUAGE)
        said += _said(match, language)
        at = match.end()
    return Said(said[:1].upper() + said[1:], language)


def _said(match: re.Match[str], language: str) -> str:
    if match["act"]:
        return _act(match, language)
    if match["day"]:
        day = {"fr": "1er" if match["day"] == "1" else "", "de": f"{match['day']}."}.get(language)
        month = _word("months", match["month"], language)
        date = f"{day or match['day']} {month} {match['year']}"
        return f"{_OF[language]} {date}" if match["of"] else date
    if match["phrase"]:
        return _word("phrases", match["phrase"], language)
    return "\N{NO-BREAK SPACE};" if match[0] == ";" and language == "fr" else match[0]


def _act(match: re.Match[str], language: str) -> str:
    """ "Council Directive 2001/40/EC" as "Richtlinie 2001/40/EG des Rates"."""
    is_old = match["act"] == "Decision" and match["suffix"] == "EC"
    parts = [_word("decisions_until_2009" if is_old else "acts", match["act"], language)]
    if match["union"]:
        parts.append(f"({_word('communities', match['union'], language)})")
    if match["no"]:
        parts.append(_word("phrases", "No", language))
    suffix = _word("communities", match["suffix"], language) if match["suffix"] else ""
    parts.append("/".join(filter(None, (match["number"], suffix))))
    if match["maker"]:
        parts.append(_word("makers", match["maker"], language))
    return " ".join(parts)


def _word(table: str, english: str, language: str) -> str:
    return _words()[table][english][LANGUAGES.index(language)]


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def _pattern() -> re.Pattern[str]:
    """One piece of a source; of two expressions the longer one is tried first."""
    words = {name: _either(table) for name, table in _words().items()}
    act = rf"(?:(?P<maker>{words['makers']}) )?(?P<act>{words['acts']}) {_NUMBER}"
    date = _DATE.replace("MONTHS", words["months"])
    phrase = rf"\b(?P<phrase>{words['phrases']})(?!\w)"
    return re.compile("|".join((act, date, phrase, _PLACE)))


def _either(table: dict[str, list[str]]) -> str:
    return "|".join(re.escape(one) for one in sorted(table, key=len, reverse=True))
