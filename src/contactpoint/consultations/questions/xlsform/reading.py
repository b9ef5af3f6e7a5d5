"""Rows → instrument. Groups are sections; groups within groups lend their condition to what is in
them; a group with the appearance `table-list` is a matrix."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from contactpoint.consultations.questions.carrying import (
    CHOICE_CODE,
    CODE,
    InstrumentError,
    ensure_sound,
)
from contactpoint.consultations.questions.definition import (
    Choice,
    Instrument,
    Kind,
    Question,
    Section,
    Texts,
)
from contactpoint.consultations.questions.walking import order
from contactpoint.consultations.questions.xlsform.choices import choice_sets
from contactpoint.consultations.questions.xlsform.columns import Columns, language_of
from contactpoint.consultations.questions.xlsform.conditions import Conditions, joined
from contactpoint.consultations.questions.xlsform.groups import Group, is_matrix, matrix_rows, tree
from contactpoint.consultations.questions.xlsform.rows import (
    KNOWN,
    LISTS,
    OF_A_KIND,
    PASSED,
    Typed,
    code_of,
    expressions,
    question,
    typed,
)
from contactpoint.consultations.questions.xlsform.sheets import Row, Sheet, sheets

_SETTINGS: Final = ("form_id", "default_language", "languages", "version", "style")
_NO_CODE: Final = re.compile(r"[^A-Za-z0-9_.-]+", re.ASCII)
NOT_FILLED: Final = "Answers are not put into texts here: ${…} is shown as it stands. Reword it."
_EMPTY: Final = Sheet("", {}, ())


class Remark(NamedTuple):
    """What was left out, and where it stands."""

    place: str
    message: str


class Reading(NamedTuple):
    """What an XLSForm says, and what of it isn't used here."""

    instrument: Instrument
    remarks: tuple[Remark, ...]


def read(name: str, data: bytes) -> Instrument:
    """An XLSForm (.xlsx, or CSV) as an instrument; an `InstrumentError` names sheet and cell."""
    return reading(name, data).instrument


def reading(name: str, data: bytes) -> Reading:
    """The same, with what wasn't used."""
    return _Reader(name, sheets(name, data)).whole()


@dataclass(slots=True)
class _Open:
    """A section that is being read."""

    code: str
    titles: Texts = field(default_factory=dict)
    introductions: Texts = field(default_factory=dict)
    relevant: str = ""
    questions: list[Question] = field(default_factory=list)

    def closed(self) -> Section:
        return Section(
            self.code, self.titles, self.introductions, self.relevant, tuple(self.questions)
        )


class _Reader:
    def __init__(self, name: str, found: Mapping[str, Sheet]) -> None:
        self.name = name
        self.remarks: list[Remark] = []
        plain = Columns(found.get("settings", _EMPTY), "en")
        self.setting = next(iter(plain.sheet.rows), None)
        default = self._get(plain, "default_language")
        place = self._place(plain, "default_language")
        self.default = language_of(default, place) if default else "en"
        self.settings = Columns(plain.sheet, self.default)
        self.survey = Columns(found["survey"], self.default)
        self.choices = Columns(found.get("choices", _EMPTY), self.default)
        self.conditions = Conditions()
        self.sections: list[_Open] = []
        self.places: dict[str, str] = {}
        self.is_loose = False

    def whole(self) -> Reading:
        for name in ("type", "name"):
            if name not in self.survey.plain:
                raise InstrumentError("survey!A1", f'There is no column "{name}". Add it.')
        self.sets = choice_sets(self.choices)
        for one in tree(self.survey, self.survey.sheet.rows):
            self._top(one)
        self._note_columns()
        codes = [one.code for section in self.sections for one in section.questions]
        self.conditions.ensure_known(codes)
        sections = tuple(self.conditions.mended(one.closed()) for one in self.sections)
        instrument = Instrument(
            code=self._code(),
            languages=self._languages(),
            titles=self._texts("form_title"),
            introductions=self._texts("introduction"),
            sections=sections,
            choice_sets=self.sets,
        )
        try:
            ensure_sound(instrument)
            order(instrument)
        except InstrumentError as error:
            raise InstrumentError(self._place_of(error.place), error.message) from None
        return Reading(instrument, tuple(self.remarks))

    def _get(self, columns: Columns, name: str) -> str:
        return columns.get(self.setting, name) if self.setting else ""

    def _place(self, columns: Columns, name: str) -> str:
        return columns.place(self.setting, name) if self.setting else "settings!A2"

    def _texts(self, name: str) -> Texts:
        return self.settings.in_languages(self.setting, name) if self.setting else {}

    def _code(self) -> str:
        written = self._get(self.settings, "form_id")
        if written:
            if not CODE.fullmatch(written):
                raise InstrumentError(
                    self._place(self.settings, "form_id"),
                    f'"{written}" is no code. Begin with a letter, then use letters, digits, ".", '
                    '"-", "_".',
                )
            return written
        made = _NO_CODE.sub("_", self.name.rpartition("/")[2].rsplit(".", 1)[0]).strip("_.-")[:60]
        return made if CODE.fullmatch(made) else "instrument"

    def _languages(self) -> tuple[str, ...]:
        written = self._get(self.settings, "languages").replace(",", " ").split()
        if written:
            place = self._place(self.settings, "languages")
            return tuple(dict.fromkeys(language_of(one, place) for one in written))
        found = [self.default] if self._is_used(self.default) else []
        found += self.survey.languages() or [self.default]
        return tuple(dict.fromkeys(found))

    def _is_used(self, language: str) -> bool:
        return language in self.survey.languages()

    def _place_of(self, place: str) -> str:
        """`question "x"` → the cell where it stands."""
        what, _mark, rest = place.rpartition(", ")[2].partition(' "')
        key = f"section {rest[:-1]}" if what == "section" else rest[:-1]
        return self.places.get(key, place or "survey")

    def _top(self, one: Row | Group) -> None:
        if isinstance(one, Group) and not is_matrix(self.survey, one):
            self.is_loose = False
            code = self._named(one.row, "section ")
            self.sections.append(
                _Open(
                    code,
                    self.survey.in_languages(one.row, "label"),
                    self.survey.in_languages(one.row, "hint"),
                    self._said(one.row, code, "relevant").get("relevant", ""),
                )
            )
            for inner in one.inner:
                self._within(inner, "")
            return
        if not self.is_loose:
            self.is_loose = True
            self.sections.append(_Open(self._free_code()))
        self._within(one, "")
        if not self.sections[-1].questions:
            self.sections.pop()
            self.is_loose = False

    def _free_code(self) -> str:
        number = len(self.sections) + 1
        while f"section section_{number}" in self.places:
            number += 1
        self.places[f"section section_{number}"] = "survey"
        return f"section_{number}"

    def _within(self, one: Row | Group, above: str) -> None:
        if isinstance(one, Row):
            self._row(one, above)
        elif is_matrix(self.survey, one):
            self._matrix(one, above)
        else:
            code = self._named(one.row)
            own = self._said(one.row, code, "relevant").get("relevant", "")
            condition = joined(above, own)
            labels = self.survey.in_languages(one.row, "label")
            if labels:
                hints = self.survey.in_languages(one.row, "hint")
                self._add(Question(code, Kind.NOTE, labels, hints, relevant=condition))
            for inner in one.inner:
                self._within(inner, condition)

    def _row(self, row: Row, above: str) -> None:
        kind = self.survey.get(row, "type").lower()
        if kind in PASSED:
            self.remarks.append(
                Remark(self.survey.place(row, "type"), f'"{kind}" is not kept here.')
            )
            return
        if kind in OF_A_KIND:
            said = f'"{kind}" is asked for as a file; files of other kinds are taken as well.'
            self.remarks.append(Remark(self.survey.place(row, "type"), said))
        known = typed(self.survey, row)
        if known.choices and known.choices not in self.sets:
            if known.choices not in LISTS:
                raise InstrumentError(
                    self.survey.place(row, "type"),
                    f'There is no list "{known.choices}" in the sheet "choices". Add it there.',
                )
            known = Typed(LISTS[known.choices])
        code = self._named(row)
        made = question(self.survey, row, known, self._said(row, code), code)
        self._add(replace(made, relevant=joined(above, made.relevant)))

    def _matrix(self, group: Group, above: str) -> None:
        code, columns = self._named(group.row), self.survey
        rows = matrix_rows(columns, group)
        said = self._said(group.row, code, "relevant", "constraint", "choice_filter")
        choices = {typed(columns, row).choices for row in rows}
        if len(choices) > 1 or not choices <= set(self.sets):
            raise InstrumentError(
                columns.place(rows[-1], "type"), "All rows of a table use one list of choices."
            )
        required, messages = "", dict[str, str]()
        made: list[Choice] = []
        for row in rows:
            name = self._named(row)
            short = name.removeprefix(f"{code}.")
            if short in {one.code for one in made} or not CHOICE_CODE.fullmatch(short):
                raise InstrumentError(
                    columns.place(row, "name"), f'"{name}" stands twice, or is no name of a row.'
                )
            for one in expressions(columns, row):
                if one.field != "required":
                    raise InstrumentError(
                        one.place, "A single row of a table has no condition. Give it to the group."
                    )
                required = required or self.conditions.add(code, one)
            messages = messages or dict(columns.in_languages(row, "required_message"))
            made.append(Choice(short, columns.in_languages(row, "label")))
            if short == name:
                self.conditions.rename(name, f"{code}.{name}")
        known = Typed(Kind.MATRIX, choices.pop())
        base = question(columns, group.row, known, said, code)
        self._add(
            replace(
                base,
                rows=tuple(made),
                required=required,
                required_messages=messages,
                relevant=joined(above, base.relevant),
            )
        )
        self.conditions.rows.update(f"{code}.{one.code}" for one in made)

    def _add(self, made: Question) -> None:
        self.sections[-1].questions.append(made)

    def _named(self, row: Row, of: str = "") -> str:
        code, place = code_of(self.survey, row), self.survey.place(row, "name")
        key = f"{of}{code}"
        if key in self.places:
            raise InstrumentError(
                place, f'The name "{code}" stands already in {self.places[key]}. Change one.'
            )
        self.places[key] = place
        return code

    def _said(self, row: Row, code: str, *only: str) -> dict[str, str]:
        return {
            one.field: self.conditions.add(code, one)
            for one in expressions(self.survey, row)
            if not only or one.field in only
        }

    def _note_columns(self) -> None:
        for columns in (self.survey, self.choices):
            for row in columns.sheet.rows:
                for heading in columns.texts:
                    if "${" in row.cells.get(heading, ""):
                        self.remarks.append(Remark(row.place(heading), NOT_FILLED))
        lists: Sequence[tuple[Columns, Sequence[str]]] = (
            (self.survey, KNOWN),
            (self.settings, _SETTINGS),
        )
        for columns, known in lists:
            for heading in columns.others(known).values():
                place = f"{columns.sheet.name}!{columns.sheet.columns[heading]}1"
                self.remarks.append(Remark(place, f'The column "{heading}" is not used here.'))
