"""What it brings to let two workers build the search index instead of one.

Generated items (about 120 words each, Zipf words, terms of the glossary) stand as published pages
in a PostgreSQL of the run's own; the index lies in a folder, so all that is written goes through
one process. By turns one worker and two build the same index as with `index rebuild --spread`,
and one process builds it alone, without the queue. Workers have the glossary in
memory when the clock begins. CPU is that of the workers, of planning and of PostgreSQL's processes.

What ten would do is worked out from one worker's run: planning and writing are one process's, all
else is shared. They go on side by side, so the rate is the smaller of what ten make and one writes.

    python benchmarks/spreading.py [--quick] [--json FILE] [--documents N] [--rounds N]
"""

import argparse
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]
RANGE = 100
"""Documents in a range; the portal's own 500 would leave two workers too few of them here."""
PATIENCE = 1_800


def fill(number: int) -> None:
    """So many published items."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 — Django comes first
    from searchspeed.documents import Maker, named  # noqa: PLC0415

    from contactpoint.glossary.terms import vocabulary  # noqa: PLC0415
    from contactpoint.kit.models import OutboxEntry  # noqa: PLC0415
    from contactpoint.outputs.batch import create_pages  # noqa: PLC0415
    from contactpoint.outputs.models import NewsItem, NewsList  # noqa: PLC0415

    lists = {one.locale.language_code: one for one in NewsList.objects.select_related("locale")}
    made: dict[str, list[NewsItem]] = {language: [] for language in lists}
    for document in Maker(named(vocabulary()), [1]).documents(0, number):
        version = document.versions[0]
        language = version.language if version.language in lists else "en"
        paragraph = {"type": "paragraph", "value": f"<p>{version.text}</p>"}
        made[language].append(
            NewsItem(
                title=version.title[:200], teaser=version.teaser[:300],
                body=json.dumps([paragraph]), published_on=document.day,
            )
        )  # fmt: skip
    for language, pages in made.items():
        create_pages(lists[language], pages)
    # What else the worker would do of it is not measured here.
    OutboxEntry.objects.all().delete()
    DBTaskResult.objects.all().delete()


def worker(told: Path) -> None:
    """A worker that says when it is warm, and at its end what its parts took (CPU seconds)."""
    from contactpoint.kit import housekeeping, rounds  # noqa: PLC0415
    from contactpoint.kit.worker import Worker  # noqa: PLC0415
    from contactpoint.search import sources  # noqa: PLC0415
    from contactpoint.search.handlers import keep_index  # noqa: PLC0415
    from contactpoint.search.indexing import keeping, spreading  # noqa: PLC0415
    from contactpoint.search.indexing.preparing import prepare  # noqa: PLC0415
    from contactpoint.search.indexing.reading import state_of  # noqa: PLC0415
    from contactpoint.search.meanings import meanings  # noqa: PLC0415

    spent = {"making": 0.0, "writing": 0.0}

    def timed(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*args: Any) -> Any:
            start = time.thread_time()
            try:
                return real(*args)
            finally:
                spent[name] += time.thread_time() - start

        return measured

    def gather(*args: Any) -> Any:
        steps = spreading.gather(*args)
        following = timed("writing", lambda: next(steps, steps))
        while (step := following()) is not steps:
            yield step

    housekeeping._tasks.clear()
    rounds._rounds[:] = [keep_index]
    spreading.Reindexing.work = timed("making", spreading.Reindexing.work)  # type: ignore[method-assign]
    keeping.gather = gather  # type: ignore[assignment]
    keeping.LOOK = 0.5  # type: ignore[misc]
    state_of(meanings())
    for document in sources.documents(list(sources.keys())[::10]):
        prepare(document, meanings())
    told.touch()
    Worker().run()
    told.write_text(json.dumps(spent), encoding="utf-8")


class Workers:
    """Processes that wait for ranges."""

    def __init__(self, number: int, folder: Path) -> None:
        self.told = [folder / f"told-{number}-{one}-{time.time_ns()}" for one in range(number)]
        self.running = [
            subprocess.Popen([sys.executable, __file__, "--child", str(one)], env=os.environ)
            for one in self.told
        ]
        while not all(one.exists() for one in self.told):
            assert all(one.poll() is None for one in self.running), "a worker could not start"
            time.sleep(0.1)
        time.sleep(3)  # until they are at their loops

    def pids(self) -> list[int]:
        return [one.pid for one in self.running]

    def end(self) -> dict[str, float]:
        """What the parts took, all together."""
        for one in self.running:
            one.send_signal(signal.SIGTERM)
        for one in self.running:
            try:
                one.wait(PATIENCE)
            finally:
                one.kill()
        found = [json.loads(one.read_text(encoding="utf-8")) for one in self.told]
        return {name: sum(one[name] for one in found) for name in found[0]}


def together(number: int, folder: Path, server: int) -> dict[str, float]:
    """An index by so many workers."""
    from answering_at_once import cpu_of, family  # noqa: PLC0415

    from contactpoint.kit.models import Run  # noqa: PLC0415
    from contactpoint.search.engines import engine  # noqa: PLC0415
    from contactpoint.search.indexing.spreading import spread  # noqa: PLC0415

    workers = Workers(number, folder)
    try:
        own, servers = cpu_of(workers.pids()), cpu_of(family(server))
        start, planning = time.perf_counter(), time.process_time()
        run = spread(engine(), size=RANGE)
        planning = time.process_time() - planning
        until = time.monotonic() + PATIENCE
        while run.state == Run.State.OPEN:
            assert time.monotonic() < until, "no end"
            time.sleep(0.1)
            run.refresh_from_db(fields=["state", "made"])
        wall = time.perf_counter() - start
        own = cpu_of(workers.pids()) - own + planning
        servers = cpu_of(family(server)) - servers
    finally:
        parts = workers.end()
    return {
        "documents": run.made, "wall": wall, "cpu": own + servers, "portal": own,
        "postgresql": servers, "planning": planning, **parts,
    }  # fmt: skip


def alone(server: int) -> dict[str, float]:
    """An index by this process."""
    from answering_at_once import cpu_of, family  # noqa: PLC0415

    from contactpoint.search.engines import engine  # noqa: PLC0415
    from contactpoint.search.indexing.building import begin, build  # noqa: PLC0415

    servers, start, own = cpu_of(family(server)), time.perf_counter(), time.process_time()
    documents = 0
    for documents in build(begin(engine()), engine()):  # noqa: B007 — the last one counts
        pass
    own, wall = time.process_time() - own, time.perf_counter() - start
    servers = cpu_of(family(server)) - servers
    return {
        "documents": documents, "wall": wall, "cpu": own + servers, "portal": own,
        "postgresql": servers,
    }  # fmt: skip


def take(dump: Path, sockets: Path, data: Path) -> None:
    """A portal that was dumped before, by `pg_dump -Fc`, in place of one made anew."""
    subprocess.run(
        ["pg_restore", "-h", sockets, "-U", "contactpoint", "-d", "postgres", "--no-owner", dump],
        check=True,
    )
    os.environ.update(
        CONTACTPOINT_DATA=str(data),
        CONTACTPOINT_ENVIRONMENT="demo",
        CONTACTPOINT_LOG_LEVEL="ERROR",
        DJANGO_SETTINGS_MODULE="contactpoint.config.settings",
    )
    import django  # noqa: PLC0415 — the environment comes first

    django.setup()
    from contactpoint.config import site  # noqa: PLC0415
    from contactpoint.kit.models import Run  # noqa: PLC0415
    from contactpoint.search.models import Index  # noqa: PLC0415

    (data / "prepared").write_text(site._state(), encoding="ascii")
    Index.objects.all().delete()
    Run.objects.all().delete()


def measured(options: argparse.Namespace) -> dict[str, Any]:
    """All rounds, by turns."""
    from searchspeed.postgres import Server  # noqa: PLC0415

    server = Server()
    found: dict[str, list[dict[str, float]]] = {"alone": [], "one": [], "two": []}
    try:
        with tempfile.TemporaryDirectory() as name:
            quoted = str(server.folder).replace("/", "%2F")
            os.environ["CONTACTPOINT_DATABASE_URL"] = f"postgresql://contactpoint@{quoted}/postgres"
            if options.made:
                take(options.made, server.folder, Path(name))
            from search_speed import prepare_portal  # noqa: PLC0415 — the environment comes first

            prepare_portal(name)
            fill(options.documents)
            _say("the portal is filled")
            folder, pid = Path(name), server.process.pid
            alone(pid)  # warms up
            for _round in range(options.rounds):
                found["alone"].append(alone(pid))
                found["one"].append(together(1, folder, pid))
                found["two"].append(together(2, folder, pid))
                _say(json.dumps({way: rows[-1] for way, rows in found.items()}))
    finally:
        # The server waits for all that are connected.
        from django.db import connection  # noqa: PLC0415

        connection.close()
        server.stop()
    return {"ways": {way: _medians(rows) for way, rows in found.items()}, "rounds": found}


def _medians(rows: list[dict[str, float]]) -> dict[str, float]:
    told = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
    told["per_cpu_second"] = statistics.median(row["documents"] / row["cpu"] for row in rows)
    told["per_second"] = statistics.median(row["documents"] / row["wall"] for row in rows)
    return told


def on_paper(one: dict[str, float], workers: int) -> dict[str, float]:
    """What so many workers, each with a core of its own, would do, from one worker's CPU.

    `made` and `written` are documents a second: of all workers, and of the one that writes.
    `per_second` is for a million: planning goes before, then the slower of the two decides. At
    `busy_at` workers the one that writes does nothing else any more, and more are of no use.
    """
    documents = one["documents"]
    own = (one["portal"] - one["planning"] - one["writing"]) / documents
    made, written = workers / own, documents / one["writing"]
    planning = one["planning"] / documents
    million = 1e6 * planning + 1e6 / min(made, written)
    return {
        "made": made, "written": written, "per_second": 1e6 / million,
        "efficiency": (1e6 / million) / (workers * 1e6 / (1e6 * planning + 1e6 * own)),
        "busy_at": written * one["making"] / documents,
    }  # fmt: skip


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Print a table, and what ten would do."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few items, one round")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    parser.add_argument("--documents", type=int, default=6_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--made", type=Path, help="a dump of a portal to begin with, to spare time")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        from search_speed import prepare_portal  # noqa: PLC0415

        prepare_portal(os.environ["CONTACTPOINT_DATA"])
        worker(options.child)
        return 0
    if options.quick:
        options.documents, options.rounds = 600, 1
    load = os.getloadavg()[0]
    found = measured(options)
    found["ten"] = on_paper(found["ways"]["one"], 10)
    one, two = found["ways"]["one"], found["ways"]["two"]
    found["efficiency_cpu"] = two["per_cpu_second"] / one["per_cpu_second"]
    found["efficiency_wall"] = two["per_second"] / (2 * one["per_second"])
    found["machine"] = (
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, "
        f"load {load:.1f} before and {os.getloadavg()[0]:.1f} after"
    )
    print(found["machine"])
    for way, row in found["ways"].items():
        print(f"{way:6}" + "".join(f"  {name} {value:.4g}" for name, value in row.items()))
    print(f"two against one: {found['efficiency_cpu']:.2f} a CPU second, "
          f"{found['efficiency_wall']:.2f} of twice a second")  # fmt: skip
    print("ten, on paper:" + "".join(f"  {name} {one:.4g}" for name, one in found["ten"].items()))
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
