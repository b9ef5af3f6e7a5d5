"""What stands in one cell of a table: texts with a language, alternatives, and escapes.

The layout follows the EMN's glossary: `EN: asylum seeker / applicant for asylum ; AT: Asylwerber`.
A tag is the code of a language in capitals, as the EMN writes them; any other language stands in
brackets (`[sr-latn]:`). A mark says whose usage or which context it is: `EN (EU acquis):`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

LANGUAGES: Final = {
    code.upper(): code
    for code in (
        *("bg", "cs", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv"),
        *("mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv", "ka", "uk", "hy", "da", "is", "mk", "sr"),
        *("ar", "fa", "ps", "ti", "so", "ru", "sq", "tr"),
    )
}
COUNTRIES: Final = {"CZ": "cs", "EE": "et", "GR": "el", "SE": "sv", "SI": "sl", "NO": "nb"}
"""Countries' codes that the EMN has used for languages. UK is none of them: it is Ukrainian."""
MISTAKEN: Final = {
    "DK": "DA for Danish", "UA": "UK for Ukrainian", "GE": "KA for Georgian",
    "AM": "HY for Armenian", "AL": "SQ for Albanian", "IE": "GA for Irish or EN (IE) for English",
    "BE": "FR (BE), NL (BE) or DE (BE)", "LU": "FR (LU) or DE (LU)",
    "CH": "DE (CH), FR (CH) or IT (CH)", "CY": "EL (CY)", "LI": "DE (LI)", "EU": "EN (EU acquis)",
}  # fmt: skip
_MARKS: Final = re.compile(r"(?<=\S)\s+\((EU acquis|AT|BE|CH|CY|DE|FR|IE|LU|NL|UK)\)$")
_TAG: Final = re.compile(
    r"(?:(?P<word>[a-z]+) )?(?:(?P<code>[A-Z]{2})|\[(?P<tag>[A-Za-z0-9-]+)\]|(?P<none>\*))"
    r"(?: ?\((?P<mark>(?:[^()\\]|\\.)*)\))?:(?=\s|$)"
)
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", "s": " "}
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text, its language (None where the cell says none), its mark and, of a note, its kind."""

    text: str
    language: str | None = None
    mark: str = ""
    word: str = ""


class CellError(ValueError):
    """What is wrong in a cell; whoever knows the row says where."""


def safe(cell: str) -> str:
    """The cell as a spreadsheet may open it: a formula becomes text by an apostrophe before it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unsafe(cell: str) -> str:
    """The cell that `safe` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def escape(text: str, *, in_list: bool = False) -> str:
    """The text without line ends; `in_list` also without anything that separates texts."""
    text = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    if in_list:
        text = re.sub(r";|(?<!\S)/|/(?!\S)", lambda match: f"\\{match[0]}", text)
        text = _MARKS.sub(lambda match: match[0].replace("(", "\\("), text)
    if text[:1] in {" ", "\t"}:
        text = f"\\{'s' if text[0] == ' ' else 't'}{text[1:]}"
    if text[-1:] in {" ", "\t"} and not text.endswith("\\"):
        text = f"{text[:-1]}\\{'s' if text[-1] == ' ' else 't'}"
    return text


def unescape(text: str) -> str:
    """The text that `escape` was given; what stands before and after it in the cell is dropped."""
    return re.sub(
        r"\\(.)", lambda match: _ESCAPED.get(match[1], match[1]), text.strip(" \t"), flags=re.DOTALL
    )


def tag(language: str, mark: str = "", word: str = "") -> str:
    """`EN`, `NO (b)`, `AT`, `EN (EU acquis)`, `[sr-latn]`, `scope EN`, `*` for no language."""
    lead = f"{word} " if word else ""
    if not mark and language in {"nb", "nn"}:
        return f"{lead}NO ({language[1]})"
    if (language, mark) == ("de", "AT"):
        return f"{lead}AT"
    code = "*" if not language else f"[{language}]"
    if LANGUAGES.get(language.upper()) == language:
        code = language.upper()
    if not mark:
        return lead + code
    shown = re.sub(r"[();/]", lambda match: f"\\{match[0]}", escape(mark))
    return f"{lead}{code} ({shown})"


def lines(cell: str) -> Iterator[Tagged]:
    """One text a line; a line without a tag has no language."""
    for line in cell.replace("\r\n", "\n").split("\n"):
        if line.strip(" \t"):
            yield _tagged(line)


def alternatives(cell: str, default: str | None) -> Iterator[list[Tagged]]:
    """The texts between two semicolons (or line ends), each with its alternatives.

    A text without a tag is in the language `default`; without one it is a `CellError`.
    """
    for piece in split(cell.replace("\r\n", "\n"), r";|\n"):
        first = _tagged(piece)
        language = default if first.language is None else first.language
        if language is None:
            raise CellError(
                f"{piece.strip()!r} does not say its language. Write it before, as in FR: asile"
            )
        found = []
        for text in split(first.text, r"(?<!\S)/(?!\S)"):
            plain, mark = (text, first.mark) if first.mark else without_mark(text)
            found.append(Tagged(unescape(plain), language, mark))
        yield found


def without_mark(text: str) -> tuple[str, str]:
    """A term and whose usage it is, if it ends with that: `asylum (EU acquis)`."""
    match = _MARKS.search(text)
    return (text[: match.start()], match[1]) if match else (text, "")


def split(cell: str, separators: str) -> list[str]:
    """The non-empty parts between separators (a pattern); one after a backslash is none."""
    hidden = re.sub(r"\\.", lambda match: "x" * len(match[0]), cell, flags=re.DOTALL)
    parts, start = [], 0
    for match in re.finditer(separators, hidden):
        parts.append(cell[start : match.start()])
        start = match.end()
    parts.append(cell[start:])
    return [part.strip(" \t") for part in parts if part.strip(" \t")]


def joined(texts: Iterable[Tagged]) -> str:
    """`EN: asylum seeker / applicant ; AT: Asylwerber`, the reverse of `alternatives`."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in texts:
        found = groups.setdefault((one.language or "", one.mark), [])
        found.append(escape(one.text, in_list=True))
    in_order = sorted(groups.items(), key=lambda group: (tag(group[0][0]), group[0][1]))
    return " ; ".join(f"{tag(*key)}: {' / '.join(found)}" for key, found in in_order)


def _tagged(text: str) -> Tagged:
    text = text.strip(" \t")
    match = _TAG.match(text)
    if match is None:
        return Tagged(text)
    rest = text[match.end() :]
    mark, word = unescape(match["mark"] or ""), match["word"] or ""
    code = match["code"]
    if match["none"] or match["tag"]:
        return Tagged(rest, (match["tag"] or "").lower(), mark, word)
    if code == "AT" and not mark:
        return Tagged(rest, "de", "AT", word)
    if code == "NO" and mark in {"b", "n"}:
        return Tagged(rest, f"n{mark}", "", word)
    language = LANGUAGES.get(code) or COUNTRIES.get(code)
    if language is None and code in MISTAKEN:
        raise CellError(f"{code} is no code of a language. Write {MISTAKEN[code]}")
    return Tagged(text) if language is None else Tagged(rest, language, mark, word)
