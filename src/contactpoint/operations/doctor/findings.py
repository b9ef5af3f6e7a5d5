"""What a check finds, and the list of all checks.

An app above this floor may add a check of its own where Django starts:

    @check("backups", needs=("database", "migrations"))
    def backups() -> Iterator[Finding]:
        yield ok("last-backup", "The last backup is of today.")
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

from django.db import DatabaseError, InterfaceError


class Level(StrEnum):
    """How bad it is: with a warning the portal runs, and something is missing."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """`place` is the setting, file, table or address; `mend` is one line, empty where all is well.

    Where it `blocks`, checks that need this one can't be made.
    """

    level: Level
    place: str
    says: str
    mend: str = ""
    blocks: bool = False
    check: str = ""

    def as_json(self) -> dict[str, str]:
        """For programs."""
        told = asdict(self)
        del told["blocks"]
        return {name: str(value) for name, value in told.items()}


Check = Callable[[], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    needs: tuple[str, ...]
    run: Check


_checks: Final[dict[str, _Known]] = {}


def check(name: str, *, needs: tuple[str, ...] = ()) -> Callable[[Check], Check]:
    """Adds a check; one of the same name takes the place of the former."""

    def added(run: Check) -> Check:
        _checks[name] = _Known(name, needs, run)
        return run

    return added


def ok(place: str, says: str) -> Finding:
    """As it should be."""
    return Finding(Level.OK, place, says)


def warning(place: str, says: str, mend: str, *, blocks: bool = False) -> Finding:
    """The portal runs all the same."""
    return Finding(Level.WARNING, place, says, mend, blocks)


def error(place: str, says: str, mend: str, *, blocks: bool = False) -> Finding:
    """The portal does not run, or is not safe."""
    return Finding(Level.ERROR, place, says, mend, blocks)


def examine() -> Iterator[Finding]:
    """All checks in order. Raises nothing: a check that fails is a finding, too."""
    blocked: dict[str, Level] = {}
    left_out: dict[str, list[str]] = {}
    for one in list(_checks.values()):
        hinders = next((need for need in one.needs if need in blocked), None)
        if hinders is not None:
            blocked[one.name] = blocked[hinders]
            if blocked[hinders] is not Level.OK:
                left_out.setdefault(hinders, []).append(one.name)
            continue
        for finding in _looked(one):
            if finding.blocks:
                blocked[one.name] = finding.level
            yield Finding(
                finding.level, finding.place, finding.says, finding.mend, finding.blocks, one.name
            )
    for name, others in left_out.items():
        yield Finding(
            Level.WARNING, name, f"Not looked at for that reason: {', '.join(others)}.",
            "Mend what is said of it, then ask again.", check=name,
        )  # fmt: skip


def _looked(one: _Known) -> Iterator[Finding]:
    try:
        yield from one.run()
    except (DatabaseError, InterfaceError) as problem:
        yield error(
            "database", f"It stopped answering: {first_line(problem)}",
            "See its log; docs/operators/running.md has the symptoms.", blocks=True,
        )  # fmt: skip
    except Exception as problem:
        # Each store has errors of its own, and one that fails must not hide what others find.
        yield error(
            one.name, f"This could not be looked at: {first_line(problem)}",
            "Mend what it says; if nothing is wrong there, report it as a fault.",
        )  # fmt: skip


def first_line(problem: BaseException) -> str:
    """What went wrong, without what follows for programmers."""
    said = str(problem).strip().partition("\n")[0]
    return f"{type(problem).__name__}: {said}" if said else type(problem).__name__
