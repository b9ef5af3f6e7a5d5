"""Asks Eurostat for a dataset: whole, or by country where that would be too large.

The answer is JSON-stat. What has come is kept in a folder of the day, so that an attempt that was
stopped goes on where it was; a part is kept only after it could be read to its end. Addresses and
answers: https://ec.europa.eu/eurostat/web/user-guides/data-browser/api-data-access/api-introduction
"""

import json
import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from contactpoint.figures import Cube, FiguresError, UnreadableError
from contactpoint.figures import flags as flagging
from contactpoint.figures.building import Builder
from contactpoint.figures.formats import read
from contactpoint.figures.limits import DEFAULT
from contactpoint.kit.fetching import FetchError, fetch
from contactpoint.statistics.configured import Source

log = logging.getLogger(__name__)

ADDRESS: Final = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data"
ATTEMPTS: Final = 4
MOST_SECONDS: Final = 180.0
_FIRST_WAIT: Final = 2.0
_LONGEST_WAIT: Final = 60.0
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_PASSING_REASONS: Final = frozenset({"slow", "connection", "broken"})
_TOO_LARGE: Final = 413

OnPart = Callable[[int, int, str], object]
"""Told how many parts of how many are there, and which came last."""


class TooLargeError(FiguresError):
    """The answer would be larger than Eurostat gives, or than we take."""


class SourceError(FiguresError):
    """The source can't be reached, or answers something else than figures."""


def fetched(
    source: Source,
    folder: Path,
    *,
    today: date,
    on_part: OnPart = lambda _done, _of, _what: None,
    wait: Callable[[float], object] = time.sleep,
) -> Cube:
    """The figures of a dataset, extracted today. Raises `FiguresError`.

    `folder` keeps parts until `forget`; those of another day or question are dropped first."""
    asking = _Asking(source, folder, today, ADDRESS, wait)
    asking.drop_others()
    if not asking.parts() and (whole := asking.whole()) is not None:
        on_part(1, 1, "")
        return whole
    cubes: list[Cube] = []
    for number, place in enumerate(source.places, 1):
        cube = asking.part(place)
        if cube is not None:
            cubes.append(cube)
        on_part(number, len(source.places), place)
    if not cubes:
        raise SourceError(f"{source.dataset.code}: the source has no figure for any country.")
    if len({cube.origin.updated for cube in cubes}) > 1:
        forget(folder)
        raise SourceError(
            f"{source.dataset.code}: the source changed its figures while they were fetched. "
            "Load it again."
        )
    return joined(cubes, source.dataset.code)


def forget(folder: Path) -> None:
    """Parts that are stored, or that nobody needs."""
    shutil.rmtree(folder, ignore_errors=True)


def joined(cubes: list[Cube], name: str) -> Cube:
    """One cube of several with the same dimensions. Raises `UnreadableError` for a cell twice."""
    first = cubes[0]
    ids = [one.id for one in first.dimensions]
    builder = Builder(name, ids)
    labels: dict[str, dict[str, str]] = {one: {} for one in ids}
    for cube in cubes:
        if [one.id for one in cube.dimensions] != ids:
            raise UnreadableError(f"{name}: parts of it have other dimensions. Load it again.")
        for one in cube.dimensions:
            labels[one.id] |= one.labels
        for codes, value, flags in cube.rows():
            where = f"cell {len(codes)}"
            builder.add(
                builder.series(codes[:-1], where), builder.last(codes[-1], where),
                float("nan") if value is None else value, flagging.packed(flags),
            )  # fmt: skip
        builder.check()
    return builder.cube(
        first.origin,
        labels=labels,
        titles={one.id: one.label for one in first.dimensions},
        roles={one.id: one.role for one in first.dimensions},
    )


class _Asking:
    """One dataset, on one day."""

    def __init__(
        self, source: Source, folder: Path, today: date, address: str,
        wait: Callable[[float], object],
    ) -> None:  # fmt: skip
        self.source, self.folder, self.today = source, folder, today
        self.address, self.wait = address, wait
        asked = f"{address} {sorted(source.filters.items())} {source.places}"
        self.kept = folder / f"{today.isoformat()}-{sha256(asked.encode()).hexdigest()[:12]}"

    def drop_others(self) -> None:
        """Parts of another day are another vintage."""
        for one in self.folder.glob("*"):
            if one != self.kept:
                shutil.rmtree(one, ignore_errors=True)

    def parts(self) -> list[Path]:
        return list(self.kept.glob("*.json"))

    def whole(self) -> Cube | None:
        """All at once; None where that is too large."""
        try:
            content = self._content("")
        except TooLargeError:
            log.info("%s is too large to be fetched at once.", self.source.dataset.code)
            return None
        return self._read(content, "")

    def part(self, place: str) -> Cube | None:
        """One country; None where the source has nothing on it."""
        path = self.kept / f"{place}.json"
        if path.exists():
            return self._read(path.read_bytes(), place)
        try:
            content = self._content(place)
        except TooLargeError as error:
            raise SourceError(
                f"{self._name(place)} alone is too large to be fetched. Narrow its filters."
            ) from error
        cube = self._read(content, place)
        self.kept.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.write_bytes(content)
        partial.replace(path)
        return cube

    def _name(self, place: str) -> str:
        return f"{self.source.dataset.code} {place}".strip()

    def _url(self, place: str) -> str:
        asked = [(name, code) for name, codes in self.source.filters.items() for code in codes]
        asked += [("geo", place)] if place else []
        query = urlencode([("format", "JSON"), ("lang", "EN"), *asked])
        return f"{self.address}/{self.source.dataset.code}?{query}"

    def _content(self, place: str) -> bytes:
        """The answer, after some attempts where what is wrong may pass."""
        pause = _FIRST_WAIT
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(place)
            except _PassingError as error:
                if attempt == ATTEMPTS:
                    raise SourceError(f"{self._name(place)}: {error}") from error
                self.wait(min(max(pause, error.seconds), _LONGEST_WAIT))
                pause *= 4
        raise AssertionError("the last attempt returns or raises")

    def _once(self, place: str) -> bytes:
        try:
            found = fetch(
                self._url(place), most_bytes=DEFAULT.whole, seconds=MOST_SECONDS,
                headers={"Accept": "application/json"}, keeps_https=True,
            )  # fmt: skip
        except FetchError as error:
            if error.reason == "large":
                raise TooLargeError(str(error)) from error
            if error.reason in _PASSING_REASONS:
                raise _PassingError(str(error)) from error
            raise SourceError(f"{self._name(place)}: {error} {_hint(error)}".strip()) from error
        if found.status in _PASSING:
            raise _PassingError(
                f"The server answered with status {found.status}.",
                _seconds(found.headers.get("retry-after", "")),
            )
        said = _complaint(found.content)
        if found.status == _TOO_LARGE or said.get("status") == str(_TOO_LARGE):
            raise TooLargeError("The answer is too large.")
        if found.status != 200 or said:
            label = said.get("label") or f"The server answered with status {found.status}."
            plain = "".join(filter(str.isprintable, label[:300]))  # a terminal obeys other signs
            raise SourceError(f"{self._name(place)}: {plain}")
        if not _is_whole(found.content):
            raise _PassingError("The answer breaks off.")
        return found.content

    def _read(self, content: bytes, place: str) -> Cube | None:
        if place and not _has_figures(content):
            return None
        try:
            cube = read(content, format="json-stat")
        except UnreadableError as error:
            raise SourceError(f"{self._name(place)}: {error}") from error
        origin = replace(cube.origin, extracted=self.today, dataset=self.source.dataset.code)
        return replace(cube, origin=origin)


class _PassingError(Exception):
    """What is wrong may have passed in a while; `seconds` is how long the server asks to wait."""

    def __init__(self, sentence: str, seconds: float = 0.0) -> None:
        super().__init__(sentence)
        self.seconds = seconds


def _hint(error: FetchError) -> str:
    if error.reason != "name":
        return ""
    return "Without internet, load a file: contactpoint statistics load FILE"


def _complaint(content: bytes) -> dict[str, str]:
    """What Eurostat says instead of figures: `{"error": [{"status": "413", "label": "…"}]}`, or a
    warning that the answer will be made later."""
    if not content.lstrip()[:20].startswith((b'{"error', b'{ "error', b'{"warning', b'{ "warning')):
        return {}
    try:
        said: Any = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    found = said.get("error") or said.get("warning")
    found = found[0] if isinstance(found, list) and found else found
    if not isinstance(found, dict):
        return {}
    return {str(name): str(value) for name, value in found.items()}


def _is_whole(content: bytes) -> bool:
    """Whether JSON ends where it should: a server that hangs up midway can look like an end."""
    return content.rstrip().endswith(b"}")


def _has_figures(content: bytes) -> bool:
    try:
        said: Any = json.loads(content)
    except (ValueError, RecursionError):
        return True  # the reader says what is wrong
    return not isinstance(said, dict) or bool(said.get("value", True) or said.get("status"))


def _seconds(text: str) -> float:
    return float(text) if text.isdecimal() and len(text) < 6 else 0.0
