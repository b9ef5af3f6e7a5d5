"""Reads what is sent as JSON, strictly, and says where it is wrong: a JSON pointer and the mend.

Only what the descriptions in `shapes` use of JSON Schema is known here. What is nested deep, says
a name twice or holds what is no text is refused before anything looks at it.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.http import HttpRequest

from contactpoint.api.parameters import read_value
from contactpoint.api.problems import Fault, ProblemError
from contactpoint.api.shapes import Schema

LARGEST: Final = 256 * 1024
MOST_FAULTS: Final = 20
_KINDS: Final[Mapping[str, type]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
}


def read(request: HttpRequest) -> Any:
    """What a request holds. Raises `ProblemError`."""
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ProblemError(
            "unsupported-media-type",
            "Send JSON, with “Content-Type: application/json”. Files are not taken: give the "
            "address where one stands as “source”.",
            headers={"Accept": "application/json"},
        )
    # One byte more than is allowed is enough to know, whatever length was promised.
    data = request.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ProblemError("too-large", f"Send {LARGEST // 1024} KiB at most.")
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        said = "it is nested too deep" if isinstance(error, RecursionError) else str(error)[:200]
        raise ProblemError("invalid-json", f"This is no JSON in UTF-8: {said}.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _value in pairs]
    if len(set(names)) < len(names):
        raise ValueError("an object says a name twice")
    return dict(pairs)


def _no_number(said: str) -> Any:
    raise ValueError(f"{said} is no number of JSON")


def require(value: Any, schema: Schema) -> None:
    """Raises `ProblemError` naming all that is wrong, up to a number."""
    found = []
    for fault in faults(value, schema):
        found.append(fault)
        if len(found) == MOST_FAULTS:
            break
    if found:
        places = ", ".join(one.place or "the whole" for one in found[:5])
        raise ProblemError("invalid-content", f"See what is wrong with {places}.", found)


def faults(value: Any, schema: Schema, at: str = "") -> Iterator[Fault]:
    """What is wrong with a value, by JSON pointer (RFC 6901)."""
    kind = schema["type"]
    if type(value) is not _KINDS[kind]:
        yield _fault(at, f"This is no {kind}.", f"Give {_article(kind)} {kind}.")
    elif isinstance(value, dict):
        yield from _of_object(value, schema, at)
    elif isinstance(value, list):
        yield from _of_array(value, schema, at)
    elif isinstance(value, str):
        yield from _of_text(value, schema, at)


def _article(kind: str) -> str:
    return "an" if kind[0] in "aio" else "a"


def _of_object(value: Mapping[str, Any], schema: Schema, at: str) -> Iterator[Fault]:
    known: Mapping[str, Schema] = schema["properties"]
    for name in schema.get("required", ()):
        if name not in value:
            yield _fault(f"{at}/{name}", "This is missing.", f"Give {name}.")
    if len(value) < schema.get("minProperties", 0):
        yield _fault(at, "This is empty.", f"Give one of {', '.join(known)}.")
    for name, one in value.items():
        if name in known:
            yield from faults(one, known[name], f"{at}/{name}")
        else:
            mend = f"Leave it out. Known here: {', '.join(known)}."
            yield _fault(f"{at}/{_escaped(name)}", "Nobody knows this here.", mend)


def _of_array(value: list[Any], schema: Schema, at: str) -> Iterator[Fault]:
    most = schema["maxItems"]
    if len(value) > most:
        yield _fault(at, f"There are {len(value)}.", f"Give at most {most}.")
        return
    for number, one in enumerate(value):
        yield from faults(one, schema["items"], f"{at}/{number}")


def _of_text(value: str, schema: Schema, at: str) -> Iterator[Fault]:
    if any(0xD800 <= ord(sign) <= 0xDFFF for sign in value):
        yield _fault(at, "It holds half a sign (a surrogate).", "Write it as UTF-8.")
        return
    try:
        if schema.get("pattern", "^").startswith("^"):
            read_value(schema, value)
        elif len(value) > schema["maxLength"] or not re.search(schema["pattern"], value):
            # A text that must hold something; what `read_value` knows is the whole of a text.
            raise ValueError(
                "It is too long, or has no letter.", f"Give 1 to {schema['maxLength']} letters."
            )
    except ValueError as problem:
        detail, mend = problem.args
        yield _fault(at, detail, mend)


def _fault(at: str, detail: str, mend: str) -> Fault:
    return Fault(at, detail, mend, kind="pointer")


def _escaped(name: str) -> str:
    plain = "".join(sign if sign.isprintable() else "�" for sign in name[:60])
    return plain.replace("~", "~0").replace("/", "~1")


def printable(value: Any) -> Any:
    """The same without control signs, which no database should hold and no page show. For
    what a schema has let pass, which is not deep."""
    if isinstance(value, str):
        return "".join(
            " " if unicodedata.category(sign) == "Cc" and sign not in "\n\r\t" else sign
            for sign in value
        )
    if isinstance(value, list):
        return [printable(one) for one in value]
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    return value
