"""What a process or the cache remembers for a time is judged once: does a page hang on it?

A page is kept half a second after a change (`kit/generations.py`), so what it is made from has to
be new by then. Whoever adds something that is remembered finds it refused here, and either lets it
go by what changes (`kit/shared.py`, `kit/held.py`, a digest in the key), or names it with a reason.
"""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from contactpoint.kit.generations import SETTLING

SOURCE: Final = Path(__file__).parents[2] / "src" / "contactpoint"
IN_THE_CACHE: Final = {
    "accounts.places": "of one person",
    "backups.swapping": "emptied, when a site took the place of another",
    "consultations.actions.checking": "a digest in the key",
    "consultations.compilations.offering": "a digest in the key; files, not pages",
    "consultations.surveys.limits": "counts",
    "dissemination.following.limits": "counts",
    "dissemination.social.channels": "for editors",
    "dissemination.social.pictures": "a digest in the key; files, not pages",
    "guidance.everywhere.pack": "packs are not kept as pages; they follow by a worker",
    "guidance.everywhere.paper": "a digest in the key; files, not pages",
    "guidance.everywhere.saved": "a digest in the key; files, not pages",
    "kit.counting": "counts",
    "kit.health": "for machines, never kept",
    "kit.pictures": "whether a size was asked for",
    "kit.shared": "by a mark and by numbers",
    "kit.workers_seen": "for operators",
    "operations.doctor.surroundings": "asked whether it answers",
    "statistics.factsheet": "a digest in the key; files, not pages",
    "statistics.nationals": "looked at when numbers change, and each `_LOOKS_AFTER`",
    "statistics.offering.picturing": "a digest in the key; files, not pages",
}
LONGER: Final = {
    "accounts.places": "of one person",
    "backups.telling": "how often a command says how far it is",
    "media.clamd": "how long the daemon is waited for",
    "api.dumps.nightly": "worker",
    "api.harvesting.records": "worker",
    "desk.handlers": "worker",
    "guidance.everywhere.making": "worker",
    "kit.worker": "worker",
    "kit.reads": "how often pages were read, for editors",
    "delivery.again": "looks at once when a number changes",
    "config.serve": "when a process is begun again",
    "delivery.serving": "the time of kept pages themselves",
    "delivery.keeping": "the time of kept pages themselves",
    "delivery.listening": "a line that is deaf counts as cut",
    "dissemination.delivering.sending": "sender",
    "dissemination.delivering.throttle": "sender",
    "dissemination.delivering.ways": "sender",
    "kit.generations": "who commits for longer counts as dead, and all is dropped",
    "dissemination.following.limits": "tickets", "kit.tickets": "tickets",
    "search.engines.opensearch.lock": "who may write the index",
    "api.dumps.making": "files that were left behind",
    "operations.doctor.surroundings": "how far clocks may differ",
}  # fmt: skip
"""Waiting times of modules that no page waits for."""
CLOCKS: Final = {"monotonic", "time"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Those of the portal, by name."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        yield name.removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def test_what_lies_in_the_cache_is_known() -> None:
    found = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.core.cache"
    }
    assert found == set(IN_THE_CACHE)


def test_nothing_that_pages_are_made_of_waits_longer_than_pages_do() -> None:
    """Constants that a clock is compared with; `now` is mostly a clock that was read before."""
    found = {
        (name, constant)
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and _is_of_clock(node, tree)
        for constant in _constants(node)
    }
    assert ("statistics.nationals", "_LOOKS_AFTER") in found
    wrong = []
    for name, constant in sorted(found):
        seconds = getattr(importlib.import_module(f"contactpoint.{name}"), constant, None)
        if name not in LONGER and isinstance(seconds, int | float) and seconds >= SETTLING:
            wrong.append(f"{name}.{constant} = {seconds}")
    assert not wrong


def _is_of_clock(node: ast.Compare, tree: ast.Module) -> bool:
    reads = any(_is_clock(one) for one in ast.walk(tree))
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return reads and ("now" in names or any(_is_clock(one) for one in ast.walk(node)))


def _is_clock(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "time"
    )


def _constants(node: ast.Compare) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and one.id.isupper()}
