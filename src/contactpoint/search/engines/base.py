"""What an engine does: keeps prepared documents in named indexes, answers questions to one.

Every engine passes the same contract (`tests/search/engines/contract.py`). Nothing is opened before
it is needed, so a process may fork after it has made an engine.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from contactpoint.search.documents import Prepared
from contactpoint.search.engines.queries import Narrowing, Query

Sort = Literal["fit", "newest", "oldest"]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def checked_name(name: str) -> str:
    """The name of an index, which is also one of a folder; `ValueError` where it can't be one."""
    if not _NAME.fullmatch(name) or name == "current":
        raise ValueError(
            f"{name!r} can't be the name of an index: up to 60 of a-z, 0-9, _ and -; not 'current'."
        )
    return name


class EngineError(Exception):
    """An engine can't do what it was asked; the text is a sentence for a person."""


class UnavailableError(EngineError):
    """No index to search, or the engine does not answer: readers are told, lists come by date."""


class LockedError(EngineError):
    """Another process is writing this index."""


@dataclass(frozen=True, slots=True)
class Request:
    """One question to the index.

    `counted` names facets to count; a facet with `any` is counted as if its own `any` were not
    chosen (its `all` and `none` hold). `days` bounds `Prepared.day`, both ends included; None
    leaves an end open; what has no day is out where a bound is given. `now` is a minute since 1970:
    what has an `until` at or before it is not found, not counted, not told of in any way.
    """

    query: Query
    now: int
    narrowings: Mapping[str, Narrowing] = field(default_factory=dict)
    days: tuple[int | None, int | None] = (None, None)
    counted: Sequence[str] = ()
    sort: Sort = "fit"
    offset: int = 0
    limit: int = 20
    most_values: int = 1000


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers. `place` is the engine's own, for `stored`."""

    key: str
    score: float
    day: int | None
    languages: frozenset[str]
    place: Any = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`total` and `facets` (name to value to number of documents) are exact, never estimated.

    With `sort="fit"` hits stand by score, then by day, the newest first, then by key; with the
    others by day, then by key, and all scores are 0. What has no day stands last.
    """

    total: int
    hits: Sequence[Hit] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Status:
    """What an index is: `name` is the one that is searched, None where there is none.

    `problem` says why the one that should be can't be.
    """

    engine: str
    name: str | None
    documents: int = 0
    size: int = 0
    names: Sequence[str] = ()
    problem: str = ""


class Writer(ABC):
    """Writes one index; nothing is seen by readers before `commit`, all of it soon after."""

    @abstractmethod
    def put(self, document: Prepared) -> None:
        """Add the document, or replace what has its key."""

    @abstractmethod
    def delete(self, key: str, number: int = 0) -> None:
        """Take the document out; no error where there is none.

        `number` is that of the change which takes it out, as `Prepared.number`; 0 if unnumbered.
        """

    @abstractmethod
    def commit(self) -> None:
        """Make everything since the last commit lasting and seen, all or nothing where it can."""


class Engine(ABC):
    """Named indexes, of which one is searched. Methods raise `UnavailableError` if it is away."""

    @abstractmethod
    def status(self) -> Status:
        """How things stand; never raises for want of an index."""

    @abstractmethod
    def create(self, name: str) -> None:
        """An empty index; no error where there is one of that name, which is kept as it is.

        `ValueError` for what is no name, see `checked_name`.
        """

    @abstractmethod
    def writer(self, name: str) -> AbstractContextManager[Writer]:
        """Opens the only writer of that index; `LockedError` where another process has it.

        Leaving it without a commit forgets what was put.
        """

    def filling(self, name: str) -> AbstractContextManager[Writer] | None:
        """A writer beside others, in any process, of an index that nobody searches yet; readers see
        what it committed once the only writer has. None where an index has one writer and no more.

        What it is given is numbered: of two that put the same document the higher number stays.
        """
        return None

    @abstractmethod
    def switch(self, name: str) -> None:
        """Search that index from now on, in every process, without a gap."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Delete an index, but not the one that is searched; no error where there is none."""

    def searched(self) -> str | None:
        """The name of the index that is searched, without opening it; None where there is none."""
        return self.status().name

    def is_suspected(self, name: str) -> bool:
        """Whether somebody met damage in an index, in whichever process, and nobody has verified
        it since."""
        return False

    def verify(self, name: str) -> str:
        """Read all of an index; a sentence on what is damaged, empty where nothing is.

        What is sound is suspected no more. An engine that watches over its own files says nothing.
        """
        return ""

    def glance(self, name: str) -> str:
        """What `verify` would say that can be told without reading the index: a part that is
        missing or cut off."""
        return ""

    def condemn(self, name: str, problem: str) -> None:  # noqa: B027 — for engines that verify
        """Search an index no more, in any process: it is unavailable because of that problem."""

    @abstractmethod
    def search(self, request: Request) -> Answer:
        """Answer a question."""

    @abstractmethod
    def stored(self, hits: Sequence[Hit]) -> list[dict[str, Any]]:
        """What was stored with each hit of an answer of this engine, in order."""

    @abstractmethod
    def frequencies(self, terms: Iterable[tuple[str, str]]) -> list[int]:
        """In about how many documents each (field, token) stands; 0 only where in none.

        What was deleted may be counted for a while.
        """

    @abstractmethod
    def beginning(self, name: str, start: str, limit: int = 10) -> list[tuple[str, int]]:
        """Tokens of a text field that begin so, with document counts, the most frequent first.

        Never one that stands only in what was deleted or has expired by the clock.
        """

    @abstractmethod
    def similar(self, name: str, token: str, limit: int = 5) -> list[tuple[str, int]]:
        """Other tokens of a text field at most two slips away (one, up to five letters).

        A slip is a letter too many, too few, wrong, or swapped with its neighbour. The nearest
        stand first, then the most frequent, then by spelling; none of what can't be found.
        """
