"""The text of a JSON-stat answer as an object of Python, or what is wrong with it and where."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

from contactpoint.figures.building import repeated
from contactpoint.figures.errors import UnreadableError
from contactpoint.figures.formats.jsonstat_cells import quickly


def parsed(data: bytes, name: str) -> dict[str, Any]:
    """The object in a file. Raises `UnreadableError` with line and column."""
    try:
        text = data.decode("utf-8-sig")
        found = quickly(text, _DECODER) or _DECODER.decode(text)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{name}: byte {error.start} is not UTF-8. Fetch it again."
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"{name}, line {error.lineno}, column {error.colno}: this is no JSON ({error.msg}). "
            "The file may be broken off; fetch it again."
        ) from error
    except (RecursionError, ValueError) as error:
        said = str(error)
        if isinstance(error, RecursionError):
            said = "it is nested too deep"
        elif "integer string conversion" in said:
            said = "a number in it has thousands of digits"
        raise UnreadableError(f"{name} can't be read as JSON: {said[:200]}.") from error
    if not isinstance(found, dict):
        raise UnreadableError(f"{name} is JSON but no object. JSON-stat begins with a brace.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. JSON lets a name stand twice, and nobody knows which of the two is meant."""
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = repeated(name for name, _ in pairs) or ""
        raise ValueError(f"{twice[:40]!r} stands twice in an object")
    return made


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number that JSON knows")


_DECODER: Final = json.JSONDecoder(parse_constant=_refused, object_pairs_hook=_once)
