"""A compilation as a page shows it: what `pages` includes for rounds that states answer.

`context` gives the public version, whoever asks: the page has one content for everybody, and who is
of the network follows a link that stands there for all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.consultations import reaching
from contactpoint.consultations.compilations.addresses import (
    anchor,
    comparison_url,
    file_url,
    network_url,
)
from contactpoint.consultations.compilations.choosing import Picked
from contactpoint.consultations.compilations.compilation import (
    Column,
    Compilation,
    Given,
    Option,
    Question,
    State,
)
from contactpoint.consultations.compilations.counting import Tally, tallies
from contactpoint.consultations.compilations.formats import FORMATS
from contactpoint.consultations.compilations.gathering import compiled
from contactpoint.consultations.compilations.wording import days, kind_label, number_of
from contactpoint.consultations.models import Round
from contactpoint.consultations.reaching import Circle
from contactpoint.figures.places import place
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link
from contactpoint.kit.picturing import Tile, for_page, signed_tiles

NONE: Final = "0"
"""The sign of a state that chose none of what was offered; the matrix has the same."""
TEMPLATE = "consultations/compilations/compilation.html"


@dataclass(frozen=True, slots=True)
class Counted:
    """An option, with how many states chose it, in words."""

    tally: Tally
    words: str


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A closed question, or a row of one: counts and a map."""

    column: Column
    counts: list[Counted]
    picture: SafeString


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What a state said, with its place in the page. `options` are those of a closed question."""

    given: Given
    id: str
    days: str
    is_said: bool
    """Whether its words aren't told by its options already."""
    options: list[tuple[str, Option]]
    html: SafeString
    """Of a chapter; its headings stand below that of the answer."""


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question with all that was answered to it."""

    question: Question
    columns: list[ShownColumn]
    answers: list[ShownAnswer]
    section: str
    """The title of its section, where that begins here."""

    @property
    def id(self) -> str:
        """Its place in the page."""
        return f"q-{self.question.code}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a state chose in one column; `id` leads to the answer, empty where there is none."""

    options: list[Option]
    id: str
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A state across all closed questions."""

    state: State
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Legend:
    """The options that columns share, and the numbers of these columns."""

    numbers: str
    options: Sequence[Option]


def context(round: Round, request: HttpRequest) -> dict[str, Any]:
    """The public version of a round, narrowed by the address, in six queries; nothing of one that
    isn’t public."""
    if not reaching.rounds(Circle.PUBLIC).filter(pk=round.pk).exists():
        return {}
    language = get_language() or FALLBACK_LANGUAGE
    made = shown(compiled(round, Circle.PUBLIC, language), request)
    return made | {"compare_url": _comparison(round, language)}


def _comparison(round: Round, language: str) -> str:
    """The comparator, with the subject chosen: the first concept of a round, else its theme."""
    for name, rows in (("concept", round.concepts), ("theme", round.themes)):
        slug = rows.order_by("pk").values_list("slug", flat=True).first()
        if slug:
            return f"{comparison_url(language)}?{urlencode({name: slug})}"
    return comparison_url(language)


def shown(whole: Compilation, request: HttpRequest) -> dict[str, Any]:
    """What the template needs of a compilation. No query."""
    picked = Picked.read(request.GET, whole)
    compilation = picked.of(whole)
    language = compilation.language
    columns = [
        (question, column) for question in compilation.questions for column in question.columns
    ]
    matrix = [_row(compilation, state, columns) for state in compilation.states]
    return {
        "whole": whole,
        "compilation": compilation,
        "compilation_kind": kind_label(whole.kind),
        "picked": picked,
        "columns": columns,
        "matrix": matrix,
        "has_past": any(cell.is_past for row in matrix for cell in row.cells),
        "legends": _legends([column for _question, column in columns]),
        "asked": _questions(compilation),
        "files": [
            Link(
                format.title,
                file_url(whole.code, language, ending, is_network=whole.is_network),
            )
            for ending, format in FORMATS.items()
        ],
        "network_url": network_url(whole.code, language),
    }


def _questions(compilation: Compilation) -> list[ShownQuestion]:
    made = []
    before = ""
    for question in compilation.questions:
        title = question.section.text
        made.append(
            ShownQuestion(
                question,
                [_column(compilation, question, column) for column in question.columns],
                [_answer(question, given) for given in compilation.of_question(question)],
                title if title != before else "",
            )
        )
        before = title
    return made


def _column(compilation: Compilation, question: Question, column: Column) -> ShownColumn:
    counted = tallies(compilation, question, column)
    there = bool(counted) and counted[0].of > 0
    return ShownColumn(
        column,
        [Counted(one, number_of(one.number, one.of)) for one in counted] if there else [],
        _picture(compilation, question, column, counted) if there else mark_safe(""),
    )


def _picture(
    compilation: Compilation, question: Question, column: Column, counted: Sequence[Tally]
) -> SafeString:
    tiles = []
    for given in compilation.of_question(question):
        codes = given.chosen.get(column.row)
        if codes is None:
            continue
        options = [one for code in codes if (one := column.option(code))]
        signs = "".join(one.sign for one in options) or NONE
        patterns = iter([one.pattern for one in options])
        tiles.append(Tile(place(given.state.code), signs, next(patterns, 0), tuple(patterns)))
    description = " ".join(
        _("%(answer)s: %(states)s.")
        % {
            "answer": one.option.label.text,
            "states": ", ".join(state.name for state in one.states),
        }
        for one in counted
        if one.states
    )
    drawn = for_page(
        signed_tiles,
        tiles,
        title=f"{column.number}. {column.text.text}",
        description=description,
        name=f"map-{column.number}",
    )
    return mark_safe(drawn)  # noqa: S308 — everything in a picture is escaped by it


def _answer(question: Question, given: Given) -> ShownAnswer:
    options = [
        (column.text.text if column.row else "", option)
        for column in question.columns
        for code in given.chosen.get(column.row, ())
        if (option := column.option(code))
    ]
    return ShownAnswer(
        given,
        anchor(given.state.code, given.question),
        days(given),
        bool(given.text) and not options,
        options,
        mark_safe(_HEADING.sub(r"<\1h6>", given.html)),  # noqa: S308 — cleaned by `gathering`
    )


_HEADING: Final = re.compile(r"<(/?)h[2-4]>")


def _row(
    compilation: Compilation, state: State, columns: Sequence[tuple[Question, Column]]
) -> MatrixRow:
    cells = []
    for question, column in columns:
        given = compilation.given.get((state.code, question.code))
        codes = given.chosen.get(column.row) if given else None
        if given is None or codes is None:
            cells.append(Cell([], ""))
            continue
        options = [one for code in codes if (one := column.option(code))]
        cells.append(Cell(options, anchor(state.code, question.code), given.is_past))
    return MatrixRow(state, cells)


def _legends(columns: Sequence[Column]) -> list[Legend]:
    """One for each set of options, said once for all columns that have it."""
    found: dict[tuple[Option, ...], list[str]] = {}
    for column in columns:
        found.setdefault(column.options, []).append(column.number)
    return [Legend(", ".join(numbers), options) for options, numbers in found.items()]
