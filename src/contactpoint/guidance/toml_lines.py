"""A TOML file that knows in which line each of its tables and keys stands: `tomllib` doesn't say,
and whoever has to mend a file wants to be told.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from contactpoint.guidance.texts.reading import Problem

_ROW: Final = re.compile(r"\s*\[\[\s*(?P<name>[\w-]+)\s*\]\]")
_TABLE: Final = re.compile(r"\s*\[\s*(?P<name>[\w-]+)\s*\]")
_KEY: Final = re.compile(r"\s*\"?(?P<name>[\w-]+)\"?\s*=")
_PLACE: Final = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


@dataclass(slots=True)
class Row:
    """A table with the line of its head, and those of its keys."""

    values: dict[str, Any]
    line: int = 1
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """Where a key stands; where the table begins if it isn't there."""
        return self.lines.get(key, self.line)


class TomlFile:
    """Empty where it is not there; what is wrong is collected in `problems`."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._content: dict[str, Any] = {}
        self._places: dict[str, list[Row]] = {}
        path = folder / name
        if path.is_file():
            self._read(path.read_bytes())

    def wrong(self, line: int, said: str) -> None:
        """Something has to be mended there."""
        self.problems.append(Problem(self.name, line, said))

    def rows(self, name: str) -> list[Row]:
        """The tables `[[name]]`."""
        given = self._content.get(name, [])
        if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
            self.wrong(self._line(name), f"“{name}” is a list of tables; write [[{name}]].")
            return []
        return [self._row(name, number, values) for number, values in enumerate(given)]

    def tables(self) -> dict[str, Row]:
        """The tables `[name]`, by their names."""
        found = {}
        for name, values in self._content.items():
            if isinstance(values, dict):
                found[name] = self._row(name, 0, values)
            else:
                self.wrong(self._line(name), f"“{name}” stands outside a table; write [{name}].")
        return found

    def only(self, *names: str) -> None:
        """Nothing else stands at the top of the file."""
        for name in self._content.keys() - set(names):
            wanted = " and ".join(f"[[{one}]]" for one in names)
            self.wrong(self._line(name), f"“{name}” is not read; here stand {wanted} only.")

    def _read(self, raw: bytes) -> None:
        try:
            text = raw.decode("utf-8-sig")
            self._content = tomllib.loads(text)
        except UnicodeDecodeError as problem:
            self.wrong(raw[: problem.start].count(b"\n") + 1, "is not UTF-8; save it as such.")
            return
        except tomllib.TOMLDecodeError as problem:
            said, where = str(problem), _PLACE.search(str(problem))
            line = int(where["line"]) if where and where["line"] else len(text.splitlines()) or 1
            said = said[: where.start()] if where else said
            self.wrong(line, f"is no TOML: {said[:1].lower()}{said[1:]}. Mend this line.")
            return
        self._find(text.splitlines())

    def _find(self, lines: list[str]) -> None:
        """Notes where tables and keys begin. A line within a text of several lines may look like
        one: the first of its name counts."""
        here: Row | None = None
        for number, line in enumerate(lines, start=1):
            head = _ROW.match(line) or _TABLE.match(line)
            key = _KEY.match(line)
            if head:
                here = Row({}, number)
                self._places.setdefault(head["name"], []).append(here)
            elif key and here is None:
                self._places.setdefault(f"={key['name']}", []).append(Row({}, number))
            elif key and here is not None:
                here.lines.setdefault(key["name"], number)

    def _row(self, name: str, number: int, values: dict[str, Any]) -> Row:
        places = self._places.get(name, [])
        found = places[number] if number < len(places) else Row({}, self._line(name))
        return Row(values, found.line, found.lines)

    def _line(self, name: str) -> int:
        found = self._places.get(name) or self._places.get(f"={name}")
        return found[0].line if found else 1
