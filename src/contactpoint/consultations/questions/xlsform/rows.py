"""A row of the sheet of questions as a question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from contactpoint.consultations.questions.carrying import CODE, InstrumentError
from contactpoint.consultations.questions.definition import Kind, Question
from contactpoint.consultations.questions.xlsform.columns import Columns
from contactpoint.consultations.questions.xlsform.sheets import Row

KNOWN: Final = (
    "type", "name", "required", "relevant", "constraint", "calculation", "choice_filter",
    "appearance", "longest", "disabled",
)  # fmt: skip
_KINDS: Final[dict[str, Kind]] = {
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "integer": Kind.INTEGER,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "note": Kind.NOTE,
    "calculate": Kind.CALCULATED,
    "file": Kind.FILE,
    "image": Kind.FILE,
    "photo": Kind.FILE,
    "audio": Kind.FILE,
    "video": Kind.FILE,
}
_SELECTS: Final[dict[str, Kind]] = {
    "select_one": Kind.ONE,
    "select one": Kind.ONE,
    "select one from": Kind.ONE,
    "select1": Kind.ONE,
    "select_multiple": Kind.MANY,
    "select multiple": Kind.MANY,
    "select all that apply": Kind.MANY,
    "select all that apply from": Kind.MANY,
    "rank": Kind.RANKING,
}
_SELECT: Final = re.compile(
    f"({'|'.join(sorted(map(re.escape, _SELECTS), key=len, reverse=True))})"
    r"\s+(\S+)(\s+(?:or_other|or specify other|or other))?",
    re.IGNORECASE,
)
_BY_APPEARANCE: Final[dict[str, Kind]] = {
    "country": Kind.COUNTRY,
    "countries": Kind.COUNTRY,
    "concept": Kind.CONCEPT,
    "concepts": Kind.CONCEPT,
    "multiline": Kind.LONG_TEXT,
    "rich-text": Kind.RICH_TEXT,
}
LISTS: Final[dict[str, Kind]] = {"countries": Kind.COUNTRY, "concepts": Kind.CONCEPT}
"""Lists that the portal has: `select_one countries` needs no sheet of them."""
PASSED: Final = frozenset({
    "start", "end", "today", "deviceid", "imei", "simserial", "subscriberid", "phonenumber",
    "username", "email", "audit", "start-geopoint", "background-audio", "background-geopoint",
    "xml-external", "csv-external",
})  # fmt: skip
"""What other tools note of the device or the moment: nothing of it is kept here."""
_YES: Final = {
    "yes": "true()",
    "true": "true()",
    "no": "",
    "false": "",
    "false()": "",
    "1": "true()",
}


OF_A_KIND: Final = frozenset({"image", "photo", "audio", "video"})
"""Asked for as files, of whichever kind."""


class Said(NamedTuple):
    """An expression, and where it stands."""

    field: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The type of a row: its kind, and the set of choices that it names."""

    kind: Kind
    choices: str = ""


def typed(columns: Columns, row: Row) -> Typed:
    """What the type and the appearance of a row say."""
    written = " ".join(columns.get(row, "type").split())
    place = columns.place(row, "type")
    looks = columns.get(row, "appearance").lower().split()
    special = next((_BY_APPEARANCE[one] for one in looks if one in _BY_APPEARANCE), None)
    match = _SELECT.fullmatch(written)
    if match:
        if match[3]:
            raise InstrumentError(
                place,
                f'"{match[3].strip()}" isn\'t read. Add a choice, and a question of type text.',
            )
        if special in {Kind.COUNTRY, Kind.CONCEPT}:
            return Typed(special)
        return Typed(_SELECTS[match[1].lower()], match[2])
    kind = _KINDS.get(written.lower())
    if kind is None:
        raise InstrumentError(
            place,
            f'Nothing of the type "{written}" is asked here. Use text, integer, decimal, date, '
            "select_one, select_multiple, rank, file, note, calculate or a group.",
        )
    return Typed(special if kind is Kind.TEXT and special else kind)


def code_of(columns: Columns, row: Row) -> str:
    """The name of a row."""
    code, place = columns.get(row, "name"), columns.place(row, "name")
    if not code:
        raise InstrumentError(place, "There is no name. Give the row a short one, such as q1.")
    if not CODE.fullmatch(code):
        raise InstrumentError(
            place,
            f'"{code}" is no name. Begin with a letter, then use letters, digits, ".", "-", "_"; '
            "64 characters at most.",
        )
    return code


def expressions(columns: Columns, row: Row) -> list[Said]:
    """The expressions of a row that aren't empty."""
    found = []
    for field in ("required", "relevant", "constraint", "calculation", "choice_filter"):
        text = columns.get(row, field)
        if field == "required":
            text = _YES.get(text.lower(), text)
        if text:
            found.append(Said(field, text, columns.place(row, field)))
    return found


def question(
    columns: Columns, row: Row, known: Typed, said: Mapping[str, str], code: str
) -> Question:
    """A row as a question; `said` are its expressions, by their field."""
    longest = columns.get(row, "longest")
    if longest and not (longest.isdecimal() and len(longest) < 8):
        raise InstrumentError(columns.place(row, "longest"), "Write a number of characters.")
    return Question(
        code=code,
        kind=known.kind,
        labels=columns.in_languages(row, "label"),
        hints=columns.in_languages(row, "hint"),
        required=said.get("required", ""),
        required_messages=columns.in_languages(row, "required_message"),
        relevant=said.get("relevant", ""),
        constraint=said.get("constraint", ""),
        constraint_messages=columns.in_languages(row, "constraint_message"),
        calculation=said.get("calculation", ""),
        choices=known.choices,
        choice_filter=said.get("choice_filter", ""),
        longest=int(longest or 0),
    )
