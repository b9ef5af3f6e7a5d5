"""The datasets that are configured, and what is counted in them: `data/datasets.toml` and
`data/indicators.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar, cast

from contactpoint.figures.errors import FiguresError
from contactpoint.figures.periods import Frequency

Kind = Literal["flow", "stock", "opening"]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Dataset:
    """A table of a source. `names` and `codes` lead from old names to those of today."""

    code: str
    title: str
    frequency: Frequency
    kind: Kind
    rounding: float
    unit: str
    dimensions: tuple[str, ...]
    seen: str
    names: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """What is counted: the cells of a dataset. `made_of` is set where they have to be added up."""

    name: str
    dataset: Dataset
    codes: Mapping[str, str]
    made_of: Frequency | None = None

    @property
    def frequency(self) -> Frequency:
        """Of its figures."""
        return "Q" if self.made_of else self.dataset.frequency


def read_data(name: str) -> dict[str, Any]:
    """One of this library's own tables, `data/<name>.toml`."""
    source = files("contactpoint.figures") / "data" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def datasets() -> Mapping[str, Dataset]:
    """All datasets by their code."""
    return {
        code: Dataset(code=code, **{**said, "dimensions": tuple(said["dimensions"])})
        for code, said in read_data("datasets").items()
    }


@cache
def indicators() -> Mapping[str, Indicator]:
    """All indicators by their name."""
    return {
        name: Indicator(
            name,
            dataset(said["dataset"]),
            said["codes"],
            cast("Frequency | None", said.get("made_of")),
        )
        for name, said in read_data("indicators").items()
    }


def dataset(code: str) -> Dataset:
    """The dataset with a code, in any case. Raises `FiguresError`."""
    return _named("dataset", code.lower(), datasets())


def indicator(name: str) -> Indicator:
    """The indicator called so. Raises `FiguresError`."""
    return _named("indicator", name, indicators())


def _named(what: str, name: str, known: Mapping[str, _T]) -> _T:
    if name not in known:
        raise FiguresError(f"No {what} {name[:40]!r} is configured. There are: {', '.join(known)}.")
    return known[name]
