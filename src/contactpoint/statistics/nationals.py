"""Indicators of national tables: what the mapping of a table says that the portal shows of it.

They stand in the row of their dataset. A process reads them once, and again when something has
changed: where changes are told (`kit/changes.py`), at once; where not, when a token in the shared
cache is another one, for which it looks a few times a second. So pages pay no query for them.
"""

import threading
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

from contactpoint.figures import Cube, FiguresError, Indicator, period
from contactpoint.figures import Dataset as Described
from contactpoint.figures.national import Mapped
from contactpoint.figures.telling import LANGUAGES, call
from contactpoint.glossary.models import Concept
from contactpoint.kit import changes
from contactpoint.kit.patient_caches import CACHE_ERRORS
from contactpoint.statistics.configured import Shown, shipped, shown
from contactpoint.statistics.models import Dataset

_KEY: Final = "statistics-nationals"
_LOOKS_AFTER: Final = 0.25
"""Seconds; kept pages need it to be shorter than what they wait for after a change (`SETTLING`)."""
_RESERVED: Final = frozenset({"countries", "compare", "periods", "population"})


@dataclass
class _Known:
    """What this process has read; `token` is what the cache said then, `numbers` what was told of
    changes. While a change of its own `is_open`, nothing is kept: it may come to nothing."""

    token: str | None = None
    numbers: tuple[object, ...] | None = ()
    looked_at: float = float("-inf")
    found: Mapping[str, Shown] | None = field(default=None)
    is_open: bool = False


_known = _Known()
_lock = threading.Lock()
_Row = tuple[str, str, str, dict[str, Any]]


def nationals() -> Mapping[str, Shown]:
    """The indicators of all national tables, by name. A query only where something has changed."""
    now = time.monotonic()
    if _known.is_open:
        if connection.in_atomic_block:
            return _shown(_read())
        _known.is_open, _known.found = False, None
    numbers = changes.numbers()
    is_same = numbers is not None and numbers == _known.numbers
    if _known.found is not None and is_same and now - _known.looked_at < _LOOKS_AFTER:
        return _known.found
    try:
        token = cache.get(_KEY)
    except CACHE_ERRORS:  # whether something changed is not to be known
        return _shown(_read())
    _known.looked_at = now
    if _known.found is None or not is_same or token != _known.token:
        try:
            _remember(token, _read(), numbers)
        except DatabaseError:  # a site that is just being made has no tables yet
            if connection.in_atomic_block:
                raise
            return {}
    return _known.found or {}


def none_known() -> None:
    """Begin as with a new database, which has no national table."""
    _remember(cache.get(_KEY), (), changes.numbers())
    _known.looked_at, _known.is_open = time.monotonic(), False


def keep(dataset: Dataset, mapped: Mapped, described: Described) -> None:
    """Keep what the mapping of a table says of its indicators; all processes show it soon."""
    dataset.indicators = {
        name: {
            "concept": one.concept, "codes": dict(one.codes),
            "names": _names(one.concept, one.names),
            "kind": described.kind, "rounding": described.rounding, "unit": described.unit,
            "frequency": described.frequency, "dimensions": list(described.dimensions),
        }
        for name, one in mapped.indicators.items()
    }  # fmt: skip
    dataset.save(update_fields=["indicators"])
    _known.is_open = True
    transaction.on_commit(_tell)


def _tell() -> None:
    cache.set(_KEY, uuid.uuid4().hex, timeout=None)
    _known.found, _known.is_open = None, False


def check(mapped: Mapped, cube: Cube, code: str) -> None:
    """Raises `FiguresError` where an indicator of a mapping can't be shown: its name is taken, the
    glossary doesn't know its concept, or it leaves open what it counts."""
    concepts = {one.concept for one in mapped.indicators.values()}
    known = set(Concept.objects.filter(slug__in=concepts).values_list("slug", flat=True))
    frequencies = {period(one).frequency for one in cube.time.codes}
    if mapped.indicators and len(frequencies) > 1:
        raise FiguresError("A table with indicators needs one kind of period, not several.")
    for name, one in mapped.indicators.items():
        if name in _RESERVED or name in shipped() or _is_of_another(name, code):
            raise FiguresError(f"There is something called {name!r} already. Choose another name.")
        if one.concept not in known:
            raise FiguresError(
                f"[indicators.{name}] names the concept {one.concept[:100]!r}, which the glossary "
                "doesn't have. Add it there, or name the nearest that it has."
            )
        if strange := set(one.names) - set(LANGUAGES):
            raise FiguresError(
                f"[indicators.{name}] has a name in {sorted(strange)[0]!r}; figures are told in "
                f"{', '.join(LANGUAGES)}."
            )
        _check_codes(name, one.codes, cube)


def _check_codes(name: str, codes: Mapping[str, str], cube: Cube) -> None:
    for one in cube.dimensions:
        if one.id in ("geo", "time"):
            continue
        if one.id not in codes and len(one.codes) > 1:
            raise FiguresError(
                f"[indicators.{name}] leaves open which {one.id} it counts. Add one of "
                f"{', '.join(one.codes[:20])} to its codes."
            )
        if one.id in codes and codes[one.id] not in one.codes:
            raise FiguresError(
                f"[indicators.{name}] counts {one.id} {codes[one.id]!r}, which the table doesn't "
                f"have. It has {', '.join(one.codes[:20])}."
            )


def _is_of_another(name: str, code: str) -> bool:
    return any(
        each.dataset.code != code
        for one in (shown().get(name),) if one is not None for each in one.by.values()
    )  # fmt: skip


def _names(concept: str, said: Mapping[str, str]) -> dict[str, str]:
    """What it is called in each language: as the mapping says, else as the glossary does."""
    labels = Concept.objects.get(slug=concept).labels
    return {**{language: labels[language] for language in LANGUAGES if language in labels}, **said}


def _read() -> list[_Row]:
    rows = Dataset.objects.filter(source=Dataset.Source.NATIONAL).exclude(indicators={})
    return [
        (code, title, name, one)
        for code, title, indicators in rows.values_list("code", "title", "indicators")
        for name, one in indicators.items()
    ]


def _remember(token: str | None, rows: Iterable[_Row], numbers: tuple[object, ...] | None) -> None:
    """`numbers` are those from before the rows were read."""
    found = _shown(rows)
    with _lock:
        _known.token, _known.found, _known.numbers = token, found, numbers


def _shown(rows: Iterable[_Row]) -> dict[str, Shown]:
    found: dict[str, Shown] = {}
    for code, title, name, one in rows:
        dataset = Described(
            code, title, one["frequency"], one["kind"], one["rounding"], one["unit"],
            tuple(one["dimensions"]), "a mapping",
        )  # fmt: skip
        call(name, one["names"])
        found[name] = Shown(
            name, one["concept"], name, {dataset.frequency: Indicator(name, dataset, one["codes"])}
        )
    return found
