"""One database, in a process of its own: rules become rows, items are held against them."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from searchspeed.documents import named
from searchspeed.ours import maker

from contactpoint.dissemination.matching import keeping
from contactpoint.dissemination.matching.atoms import Rule, rule_of, value_of, what_of
from contactpoint.dissemination.matching.conditions import condition
from contactpoint.dissemination.matching.percolating import Percolator, _match
from contactpoint.dissemination.matching.questions import taken_apart
from contactpoint.dissemination.matching.sheets import Sheet
from contactpoint.dissemination.models import Happening, Interest, Match
from contactpoint.glossary.terms import vocabulary
from contactpoint.search.asking.composing import Composer
from contactpoint.search.asking.requesting import requested
from contactpoint.search.asking.understanding import understand
from contactpoint.search.engines.base import Request
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.engines.queries import AllOf, AnyOf, Facet, Key, Query
from contactpoint.search.indexing.preparing import prepare
from contactpoint.search.meanings import meanings
from following.made import items, rules

BATCH = 1000


def measure(
    folder: Path, rows: Path, *, followed: int, number: int, indexed: int, sampled: int,
    searches: int,
    server: Callable[[], float],
) -> dict[str, Any]:  # fmt: skip
    """All figures; `server` tells the CPU seconds of a database of its own."""
    engine = EmbeddedEngine(folder / "index")
    keeping.engines.engine = lambda: engine  # type: ignore[assignment]
    words, made = meanings(), maker()
    things = items(number, made, indexed)
    _index(engine, [*made.documents(0, indexed), *things], words)
    names = named(vocabulary())
    making = _followed(rows, lambda: list(rules(followed, made, names, searches)))
    percolator = Percolator(engine)
    before, start = _mb(), time.process_time()
    percolator.rules.refresh()
    loading, loaded = time.process_time() - start, _mb()
    start = time.process_time()
    while percolator.warm(1.0):
        pass
    warming = time.process_time() - start
    print(f"{followed} rules are there: {making}", file=sys.stderr, flush=True)
    told: list[dict[str, float]] = []
    sheets = []
    for thing in things:
        start = time.process_time()
        sheet = Sheet(prepare(thing, words), words)
        preparing = time.process_time() - start
        happening = Happening.objects.create(thing=thing.key, what="new", at="2026-11-26T10:00Z")
        cpu, wall, beside = time.process_time(), time.perf_counter(), server()
        met = percolator.met(sheet)
        looked = time.process_time() - cpu
        _match([happening], met)
        told.append({
            "prepare_cpu_ms": 1000 * preparing,
            "look_cpu_ms": 1000 * looked,
            "cpu_ms": 1000 * (time.process_time() - cpu),
            "wall_ms": 1000 * (time.perf_counter() - wall),
            "server_cpu_ms": 1000 * (server() - beside),
            "lookups": len(sheet.lookups),
            "matches": len(met),
        })  # fmt: skip
        sheets.append(sheet)
    return {
        "followed": Interest.objects.count(),
        "matches": Match.objects.count(),
        "loading": {"cpu_s": round(loading, 2), "mb": round(loaded - before, 1)},
        "searches": {
            "number": len(percolator.rules.searches),
            "taken_apart_cpu_s": round(warming, 2),
        },
        "write_cpu_us_a_match": round(
            1000
            * sum(one["cpu_ms"] - one["look_cpu_ms"] for one in told)
            / max(1, sum(one["matches"] for one in told)),
            1,
        ),
        "database_mb": _database_mb(),
        "making": making,
        "median": _of(told, 50),
        "p95": _of(told, 95),
        "warm": _of(told[number // 2 :], 50),
        "memory_mb": {"before": before, "after": _mb()},
        "peer": _peer(engine, percolator, sheets[:10], sampled),
    }


def _index(engine: EmbeddedEngine, documents: list[Any], words: Any) -> None:
    engine.create("alerts")
    with engine.writer("alerts") as writer:
        for document in documents:
            writer.put(prepare(document, words))
        writer.commit()
    engine.switch("alerts")


def _followed(kept: Path, drawn: Callable[[], list[Rule]]) -> dict[str, Any]:
    """Rules as rows; those of another database's run are taken as they are."""
    if kept.exists():
        _copied(json.loads(kept.read_text()))
        return {}
    wanted = drawn()
    start = time.process_time()
    for at in range(0, len(wanted), BATCH):
        keeping.interests_for(wanted[at : at + BATCH])
    taken = time.process_time() - start
    fields = ("digest", "rule", "needs", "read_with")
    kept.write_text(json.dumps(list(Interest.objects.values_list(*fields))))
    return {"cpu_ms_a_rule": 1000 * taken / len(wanted)}


def _copied(interests: list[Any]) -> None:
    Interest.objects.bulk_create(
        (Interest(digest=one, rule=rule, needs=needs, read_with=state)
         for one, rule, needs, state in interests),
        batch_size=BATCH,
    )  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _of(told: list[dict[str, float]], percent: int) -> dict[str, float]:
    found = {}
    for name in told[0]:
        values = sorted(one[name] for one in told)
        found[name] = round(values[min(len(values) - 1, len(values) * percent // 100)], 2)
    return found


def _peer(
    engine: EmbeddedEngine, percolator: Percolator, sheets: list[Sheet], sampled: int
) -> dict[str, Any]:
    """Each saved search is run against the index, for the new thing alone: a sample of them."""
    step = max(1, Interest.objects.count() // sampled)
    rows = list(Interest.objects.order_by("pk").values_list("pk", "rule")[::step])
    disagreeing, compared = 0, 0
    times = []
    for sheet in sheets[:3]:
        met = set(percolator.met(sheet))
        for pk, groups in rows:
            start = time.process_time()
            is_found = _searched(engine, rule_of(groups), sheet.document.key)
            times.append(1000 * (time.process_time() - start))
            if not any(what_of(atom) == "concept" for group in groups for atom in group):
                compared += 1
                disagreeing += is_found is not (pk in met)
    each = statistics.mean(times)
    return {
        "sampled": len(rows),
        "cpu_ms_a_rule": round(each, 3),
        "cpu_ms_an_item": round(each * Interest.objects.count()),
        "compared": compared,
        "disagreeing": disagreeing,
    }


def _searched(engine: EmbeddedEngine, rule: Rule, key: str) -> bool:
    wanted: list[Query] = [Key((key,))]
    request = Request(Key((key,)), 0, limit=1)
    for group in rule.groups:
        if what_of(group[0]) == "question":
            language, asked = taken_apart(value_of(group[0]))
            question = understand(asked.text, language, asked.selection(), meanings())
            composer = Composer(engine, question, ("en", "fr", "nl", "de"))
            request = requested(composer.strict(), asked.selection(), 0)
            wanted.append(request.query)
        else:
            wanted.append(AnyOf(tuple(Facet(what_of(one), value_of(one)) for one in group)))
    assert condition(Key((key,)))
    every = Request(AllOf(tuple(wanted)), 0, request.narrowings, request.days, limit=1)
    return engine.search(every).total > 0


def _mb() -> float:
    """Resident at most, so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _database_mb() -> float:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return round(cursor.fetchone()[0] / 1e6, 1)
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return round(cursor.fetchone()[0] / 1e6, 1)
