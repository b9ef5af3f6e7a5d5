"""Reads what a request asks for, strictly: what nobody knows is refused, never passed over.

A parameter is described once. How it is read, how it stands in the document, and what is told when
it is wrong come from the same description.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final, Literal

from django.http import QueryDict

from contactpoint.api.problems import Fault, ProblemError
from contactpoint.api.shapes import Schema

Mode = Literal["any", "all", "none"]
MOST_VALUES: Final = 20
USUAL: Final = 25
MOST: Final = 100
_MODES: Final[Mapping[Mode, str]] = {
    "any": "Things with at least one of these",
    "all": "Things with each of these",
    "none": "Things with none of these",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter by its name; with `many`, its values stand in one, with commas between."""

    name: str
    schema: Schema
    about: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """What a list is narrowed by. `missing` tells which values are not here; without it the schema
    has all there are. `see` is where they are listed."""

    name: str
    schema: Schema
    about: str
    modes: tuple[Mode, ...] = ("any", "all", "none")
    missing: Callable[[Sequence[str]], Iterable[str]] | None = None
    see: str = ""

    def parameters(self) -> list[Parameter]:
        """`theme.any`, `theme.all`, `theme.none`."""
        return [
            Parameter(f"{self.name}.{mode}", self.schema, f"{_MODES[mode]}: {self.about}", True)
            for mode in self.modes
        ]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The values of a facet."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for, all of it understood. `fields` are all where none were chosen;
    `inside` has what is wanted of a field that holds objects, where not all of it is; `under` is
    the key of the thing that the list stands below."""

    fields: frozenset[str]
    chosen: Mapping[str, Chosen] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    sort: str = ""
    cursor: str = ""
    limit: int = USUAL
    under: str = ""
    inside: Mapping[str, Set[str]] = field(default_factory=dict)


def in_query(one: Parameter) -> dict[str, Any]:
    """How a parameter stands in the document."""
    made: dict[str, Any] = {
        "name": one.name,
        "in": "query",
        "description": one.about,
        "schema": dict(one.schema),
    }
    if one.many:
        made["schema"] = {
            "type": "array",
            "items": dict(one.schema),
            "minItems": 1,
            "maxItems": MOST_VALUES,
        }
        made |= {"style": "form", "explode": False}
    return made


def read(query: QueryDict, parameters: Sequence[Parameter]) -> dict[str, Any]:
    """The values by name of parameter. Raises `ProblemError` naming all that is wrong."""
    known = {one.name: one for one in parameters}
    unknown = [name for name in query if name not in known]
    if unknown:
        mend = f"Leave it out. Known here: {', '.join(known) or 'none'}."
        raise ProblemError(
            "unknown-parameter",
            f"Nobody knows {', '.join(map(_quoted, unknown[:5]))} here.",
            [Fault(_quoted(name), "It is no parameter of this address.", mend) for name in unknown],
        )
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, given in query.lists():
        try:
            found[name] = _value(known[name], given)
        except ValueError as problem:
            detail, mend = problem.args
            faults.append(Fault(name, detail, mend))
    if faults:
        names = ", ".join(one.place for one in faults)
        raise ProblemError("invalid-parameter", f"See what is wrong with {names}.", faults)
    return found


def _quoted(name: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in name[:60])


def _value(parameter: Parameter, given: Sequence[Any]) -> Any:
    if len(given) > 1:
        raise ValueError(
            "It is given twice.",
            "Give it once, with commas between its values." if parameter.many else "Give it once.",
        )
    text = str(given[0])
    if not parameter.many:
        return read_value(parameter.schema, text)
    values = text.split(",")
    if len(values) > MOST_VALUES:
        raise ValueError(f"It has {len(values)} values.", f"Give at most {MOST_VALUES}.")
    return tuple(dict.fromkeys(read_value(parameter.schema, one) for one in values))


def read_value(schema: Schema, text: str) -> Any:
    """A value as its schema has it. Raises `ValueError` with what is wrong and what is right."""
    if "enum" in schema:
        if text not in schema["enum"]:
            raise ValueError(
                f"“{_quoted(text)}” is none of its values.", f"Use {', '.join(schema['enum'])}."
            )
        return text
    if schema["type"] == "integer":
        return _number(schema, text)
    if "format" in schema:
        return _FORMATS[schema["format"]](text)
    if not schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", 1000):
        most = schema.get("maxLength", 1000)
        raise ValueError(f"It has {len(text)} letters.", f"Give 1 to {most} letters.")
    if "pattern" in schema and not re.fullmatch(schema["pattern"].strip("^$"), text):
        raise ValueError(
            f"“{_quoted(text)}” can't be one of its values.",
            f"They are written like {schema['examples'][0]}."
            if "examples" in schema
            else f"They are of the form {schema['pattern'].strip('^$')}.",
        )
    return text


def _number(schema: Schema, text: str) -> int:
    least, most = schema["minimum"], schema["maximum"]
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    if not (is_number and least <= int(text) <= most):
        raise ValueError(
            f"“{_quoted(text)}” is no whole number from {least} to {most}.",
            f"Give one from {least} to {most}.",
        )
    return int(text)


def _day(text: str) -> date:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{_quoted(text)}” is no day.", "Write one as 2026-05-17.") from None


_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def _moment(text: str) -> datetime:
    wrong = (f"“{_quoted(text)}” is no moment.", "Write one as 2026-05-17T09:00:00Z (RFC 3339).")
    if not _MOMENT.fullmatch(text):
        raise ValueError(*wrong)
    try:
        found = datetime.fromisoformat(re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", text.upper()))
    except ValueError:
        raise ValueError(*wrong) from None
    try:
        return found.astimezone(UTC)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC) if found.year > 1 else _FIRST


_FIRST: Final = datetime(1, 1, 1, tzinfo=UTC)
_FORMATS: Final[Mapping[str, Callable[[str], Any]]] = {"date": _day, "date-time": _moment}


def refuse_unknown(facets: Iterable[Facet], chosen: Mapping[str, Chosen]) -> None:
    """Raises `ProblemError` where a facet has values that are not here; one query a facet."""
    faults = []
    for facet in facets:
        one = chosen.get(facet.name)
        if one is None or facet.missing is None:
            continue
        given = dict.fromkeys([*one.any, *one.all, *one.none])
        missing = set(facet.missing(list(given)))
        for mode in facet.modes:
            gone = [value for value in getattr(one, mode) if value in missing]
            if gone:
                faults.append(
                    Fault(
                        f"{facet.name}.{mode}",
                        f"There is no {facet.name} {', '.join(gone)}.",
                        f"{facet.see} lists what there is." if facet.see else "Leave it out.",
                    )
                )
    if faults:
        raise ProblemError("unknown-value", " ".join(one.detail for one in faults), faults)
