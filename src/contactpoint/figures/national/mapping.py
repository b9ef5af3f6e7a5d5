"""How the table of a national source is to be read, as its TOML file says it.

    dataset = "be-reception-places"
    publisher = "Fedasil"
    title = "Places in the reception network"
    unit = "PLACE"
    kind = "stock"          # counted at the end of a period; else flow, what happened during it
    rounding = 5            # to how much the source rounds; else 1, exact; 0.1 if parts are counted

    [table]                 # all may be left out
    sheet = "Places"        # of a workbook; else the first
    header = 3              # the row with the headings, from 1
    delimiter = ";"         # of a CSV file
    encoding = "cp1252"     # of a CSV file; else UTF-8
    decimal = ","
    thousands = "."
    missing = ["-", "n/a"]  # cells that say that there is no figure
    marks = { "*" = "p" }   # marks after a number, and the flags they mean
    skip = ["Total"]        # rows that begin so
    until = "Source"        # the table ends before the row that begins so
    ignore = ["Remarks"]    # columns

    [dimensions.geo]
    constant = "BE"
    [dimensions.kind]
    column = "Type"
    codes = { "Collectief" = "COLL", "Individueel" = "IND" }
    [dimensions.time]
    across = true           # the other columns are its codes; or: column = "Date", dates = "M"
    codes = { "1e kwartaal 2019" = "2019-Q1" }

    [indicators.reception-places]   # what a portal shows of it; may be left out
    concept = "reception-capacity"  # that names and defines it
    codes = { kind = "COLL" }       # of the dimensions that have several
    names = { en = "Collective reception places", fr = "…", nl = "…", de = "…" }

    [value]                 # where no dimension runs across
    column = "Places"
    flags = "Status"

Every column has to be named somewhere and every code to be known, where codes are given: what is
new is refused, so that nobody counts on what nobody looked at.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal, TypeVar

from contactpoint.figures.datasets import Kind
from contactpoint.figures.errors import FiguresError
from contactpoint.figures.model import Origin

ENCODINGS: Final = ("utf-8", "cp1252", "iso-8859-1", "iso-8859-15")
_ABOUT: Final = ("dataset", "publisher", "title", "unit", "address")
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME: Final = 60
_COARSEST: Final = 1_000_000
_T = TypeVar("_T")


@dataclass(frozen=True)
class Table:
    """Where the table stands and how its cells are written."""

    sheet: str = ""
    header: int = 1
    delimiter: str = ""
    encoding: str = "utf-8"
    decimal: str = "."
    thousands: str = ""
    missing: tuple[str, ...] = (":",)
    marks: Mapping[str, str] = field(default_factory=dict)
    skip: tuple[str, ...] = ()
    until: str = ""
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class MappedDimension:
    """Where the codes of a dimension come from: one of `constant`, `column`, `across`."""

    constant: str = ""
    column: str = ""
    across: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    dates: Literal["", "A", "S", "Q", "M"] = ""
    """Cells are dates; the period of this kind that holds them is meant."""


@dataclass(frozen=True)
class Value:
    """The columns of numbers and of flags."""

    column: str = ""
    flags: str = ""


@dataclass(frozen=True)
class MappedIndicator:
    """What is counted by some of the cells, and the concept of a glossary that names it."""

    concept: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapped:
    """A whole mapping."""

    origin: Origin
    dimensions: Mapping[str, MappedDimension]
    table: Table = field(default_factory=Table)
    value: Value = field(default_factory=Value)
    kind: Kind = "flow"
    rounding: float = 1
    indicators: Mapping[str, MappedIndicator] = field(default_factory=dict)

    @property
    def across(self) -> str:
        """The dimension that runs across the columns, if one does."""
        return next((name for name, one in self.dimensions.items() if one.across), "")


def mapping(text: str) -> Mapped:
    """The mapping that a TOML text says. Raises `FiguresError` naming the part."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FiguresError(f"The mapping is no TOML: {error}.") from error
    _known(
        "the mapping", said,
        (*_ABOUT, "kind", "rounding", "table", "dimensions", "value", "indicators"),
    )  # fmt: skip
    about = {name: said.get(name, "") for name in _ABOUT}
    if not all(isinstance(each, str) for each in about.values()) or not about["dataset"]:
        raise FiguresError("The mapping needs texts for dataset, publisher, title and unit.")
    dimensions = said.get("dimensions")
    if not isinstance(dimensions, dict) or "time" not in dimensions:
        raise FiguresError("The mapping needs [dimensions.time], and others by their name.")
    made = Mapped(
        Origin(**about),
        {name: _dimension(name, each) for name, each in dimensions.items()},
        _made(Table, "table", said.get("table", {})),
        _made(Value, "value", said.get("value", {})),
        said.get("kind", "flow"),
        said.get("rounding", 1),
        _indicators(said.get("indicators", {})),
    )
    _consistent(made)
    return made


def _dimension(name: str, said: Any) -> MappedDimension:
    one = _made(MappedDimension, f"dimensions.{name}", said)
    if (bool(one.constant), bool(one.column), one.across).count(True) != 1:
        raise FiguresError(f"[dimensions.{name}] needs one of constant, column and across = true.")
    if one.dates not in ("", "A", "S", "Q", "M"):
        raise FiguresError(f"[dimensions.{name}] has dates = {one.dates!r}; choose A, S, Q or M.")
    return one


def _indicators(said: Any) -> dict[str, MappedIndicator]:
    if not isinstance(said, dict):
        raise FiguresError("[indicators] is no table of TOML. Write [indicators.some-name].")
    for name in said:
        if not _SLUG.fullmatch(name) or len(name) > _LONGEST_NAME:
            raise FiguresError(
                f"{name[:80]!r} is no name of an indicator. Use small letters, digits and hyphens, "
                f"up to {_LONGEST_NAME}."
            )
    return {name: _indicator(name, each) for name, each in said.items()}


def _indicator(name: str, said: Any) -> MappedIndicator:
    one = _made(MappedIndicator, f"indicators.{name}", said)
    if not one.concept:
        raise FiguresError(f"[indicators.{name}] needs the concept that names and defines it.")
    return one


def _made(kind: type[_T], part: str, said: Any) -> _T:
    if not isinstance(said, dict):
        raise FiguresError(f"[{part}] is no table of TOML.")
    wanted = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    _known(f"[{part}]", said, tuple(wanted))
    shapes = {"str": str, "int": int, "bool": bool, "tuple[str, ...]": list}
    for name, value in said.items():
        shape = shapes.get(
            str(wanted[name].type), dict if "Mapping" in str(wanted[name].type) else str
        )
        inner = (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        )
        if type(value) is not shape or not all(isinstance(each, str) for each in inner):
            raise FiguresError(f"[{part}] has {name} = {value!r}, which is no {shape.__name__}.")
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in said.items()})


def _known(part: str, said: Mapping[str, Any], wanted: tuple[str, ...]) -> None:
    for name in said:
        if name not in wanted:
            raise FiguresError(f"{name!r} in {part} is unknown. There are: {', '.join(wanted)}.")


def _consistent(made: Mapped) -> None:
    if made.kind not in ("flow", "stock", "opening"):
        raise FiguresError(f"kind = {made.kind!r} is unknown. There are: flow, stock, opening.")
    if (
        isinstance(made.rounding, bool)
        or not isinstance(made.rounding, int | float)
        or (not 0 < made.rounding < _COARSEST)
    ):
        raise FiguresError(f"rounding = {made.rounding!r} is no number above zero, such as 5.")
    for name, one in made.indicators.items():
        free = set(made.dimensions) - {"geo", "time"}
        if strange := sorted(set(one.codes) - free):
            raise FiguresError(
                f"[indicators.{name}] has a code of {strange[0]!r}. Its dimensions are: "
                f"{', '.join(sorted(free)) or 'none'}."
            )
    across = [name for name, one in made.dimensions.items() if one.across]
    if len(across) > 1:
        raise FiguresError(f"Only one dimension can run across, not {' and '.join(across)}.")
    if bool(across) == bool(made.value.column):
        raise FiguresError("The mapping needs either [value] column or a dimension across.")
    if made.table.encoding not in ENCODINGS:
        raise FiguresError(f"[table] encoding may be {', '.join(ENCODINGS)}.")
    if made.table.header < 1 or len(made.table.delimiter) > 1:
        raise FiguresError("[table] header counts from 1, and delimiter is one character.")
    if len(made.table.decimal) != 1 or made.table.decimal == made.table.thousands:
        raise FiguresError("[table] decimal is one character, and another one than thousands.")
