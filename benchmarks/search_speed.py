"""How fast search answers, beside bare tantivy, SQLite FTS5 and PostgreSQL full text.

All have the same generated documents in five languages (about 120 words, Zipf words, five facets)
and answer the same questions of one to three terms by turns, in one run: number of answers, twenty
hits with highlights, counts of five facets. Ours is asked through its whole interface, as a page of
results does it: with concepts recognised and expanded, reasons, and a look into the database
whether what is shown may be seen; the others are asked for the words alone. Each is the library in
this process, but for PostgreSQL, whose server is started for the run and stopped after it.

Indexing is measured with annotation and analysis for ours, and a rebuild's memory as the peak of a
process of its own, without what the system maps of files. CPU of PostgreSQL is counted in
hundredths of a second, so only as a mean.

    python benchmarks/search_speed.py [--quick] [--json FILE] [--documents N] [--questions N]
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BARE, FTS5, POSTGRES = "tantivy", "SQLite FTS5", "PostgreSQL"
AIMS = {BARE: 0.5, FTS5: 40.0, POSTGRES: 10.0}
"""How many times faster than each of them ours shall be, at the 95th percentile."""
PER_SECOND, PEAK_MB, TYPING_MS = 3_000, 400, 5.0


def prepare_portal(folder: str) -> None:
    """An embedded database with the glossary, for one run."""
    os.environ.update(
        CONTACTPOINT_DATA=folder,
        CONTACTPOINT_ENVIRONMENT="demo",
        CONTACTPOINT_LOG_LEVEL="ERROR",
        DJANGO_SETTINGS_MODULE="contactpoint.config.settings",
    )
    sys.path[:0] = [str(HERE)]
    import django  # noqa: PLC0415 — the environment comes first

    django.setup()
    from contactpoint.config.site import prepare  # noqa: PLC0415

    prepare()


def engines(folder: Path) -> list[Any]:
    """Ours and those to compare with; loud where one is missing."""
    from searchspeed import ours, postgres, rivals  # noqa: PLC0415

    made: list[Any] = [ours.Ours(folder), rivals.BareTantivy(folder), rivals.Fts5(folder)]
    try:
        made.append(rivals.Postgres(folder))
    except postgres.MissingError as problem:
        print(f"NOT COMPARED with PostgreSQL: {problem}", file=sys.stderr)
    return made


def tell(stage: str, figures: Any) -> None:
    """Say at once what was measured: a long run that is broken off has told what it had."""
    print(f"{stage}: {json.dumps(figures)}", file=sys.stderr, flush=True)


def indexed(made: list[Any], number: int) -> dict[str, Any]:
    """Every engine with all documents, and what that took."""
    from searchspeed import ours  # noqa: PLC0415

    maker = ours.maker()
    start = time.process_time()
    for _document in maker.documents(0, number):
        pass
    generating = time.process_time() - start
    found = {}
    for one in made:
        start, wall = one.cpu(), time.perf_counter()
        one.index(maker.documents(0, number))
        seconds = one.cpu() - start - generating
        found[one.name] = {
            "per_cpu_second": round(number / seconds),
            "wall_seconds": round(time.perf_counter() - wall - generating, 2),
            "mb": round(one.size() / 1e6, 1),
        }
        tell(f"indexed by {one.name}", found[one.name])
    found["ours"]["prepared_per_cpu_second"] = round(number / made[0].prepared_in)
    return found


def asked(made: list[Any], number: int) -> dict[str, Any]:
    """Wall and CPU milliseconds a question, by turns; a first round warms up."""
    from searchspeed import ours  # noqa: PLC0415

    questions = ours.maker().questions(number)
    wall: dict[str, list[float]] = {one.name: [] for one in made}
    cpu: dict[str, list[float]] = {one.name: [] for one in made}
    answers: dict[str, list[int]] = {one.name: [] for one in made}
    in_engine: list[float] = []
    for turn, (text, language) in enumerate([*questions[:20], *questions]):
        for one in made:
            is_ours = one.name == "ours"
            if is_ours:
                one.engine.seconds = 0.0
            cpu_start, start = one.cpu(), time.perf_counter()
            total = one.ask(text, language) if is_ours else one.ask(text)
            spent, cpu_spent = time.perf_counter() - start, one.cpu() - cpu_start
            if turn >= 20:
                wall[one.name].append(spent * 1e3)
                cpu[one.name].append(cpu_spent * 1e3)
                answers[one.name].append(total)
                if is_ours:
                    in_engine.append(one.engine.seconds * 1e3)
    found = {
        one.name: {
            **_spread(wall[one.name]),
            "cpu_ms": round(statistics.mean(cpu[one.name]), 3),
            "cpu_p95_ms": round(_p95(cpu[one.name]), 3),
            "answers": round(statistics.mean(answers[one.name]), 1),
        }
        for one in made
    }
    found["ours"]["in_engine"] = _spread(in_engine)
    tell("asked", found)
    return found


def typed(ours: Any, number: int) -> dict[str, float]:
    """Milliseconds of CPU for what is shown after each letter from the second on."""
    from searchspeed import ours as module  # noqa: PLC0415

    spent = []
    for text, language in module.maker().questions(number):
        for end in range(2, min(len(text), 12) + 1):
            start = time.process_time_ns()
            ours.suggest(text[:end], language)
            spent.append((time.process_time_ns() - start) / 1e6)
    found = _spread(spent)
    tell("typed", found)
    return found


def rebuilt(number: int, folder: str) -> dict[str, Any]:
    """Memory and time of indexing alone, in a process of its own."""
    command = [sys.executable, __file__, "--documents", str(number), "--rebuild", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {name: round(value, 1) for name, value in told.items()}


def _spread(times: list[float]) -> dict[str, float]:
    return {"median_ms": round(statistics.median(times), 3), "p95_ms": round(_p95(times), 3)}


def _p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def compared(asking: dict[str, Any]) -> dict[str, float]:
    """How many times the others' 95th percentile is ours."""
    return {
        name: round(figures["p95_ms"] / asking["ours"]["p95_ms"], 2)
        for name, figures in asking.items()
        if name != "ours"
    }


def report(found: dict[str, Any]) -> bool:
    """Print all; whether every aim is reached."""
    asking, indexing = found["asking"], found["indexing"]
    print(f"{found['documents']:,} documents, {found['questions']} questions; {found['machine']}")
    columns = ("median", "p95", "CPU", "CPU p95", "p95 x", "answers", "docs/CPU s", "MB")
    print(f"{'':12}" + "".join(f"{column:>11}" for column in columns))
    for name, row in asking.items():
        times = f"{found['times'][name]:11.1f}" if name != "ours" else f"{'':11}"
        print(
            f"{name:12}{row['median_ms']:11.2f}{row['p95_ms']:11.2f}{row['cpu_ms']:11.2f}"
            f"{row['cpu_p95_ms']:11.2f}{times}{row['answers']:11.1f}"
            f"{indexing[name]['per_cpu_second']:11,}{indexing[name]['mb']:11.1f}"
        )
    inside, typing, rebuild = asking["ours"]["in_engine"], found["typing"], found["rebuild"]
    print(f"of ours, in the engine: median {inside['median_ms']} ms, p95 {inside['p95_ms']} ms")
    print(f"while typing: median {typing['median_ms']} ms, p95 {typing['p95_ms']} ms of CPU")
    print(
        f"rebuild: {rebuild['cpu_seconds']} CPU s; peak {rebuild['own_mb']} MB of its own"
        f" ({rebuild['before_mb']} MB before the first document),"
        f" {rebuild['resident_mb']} MB with what is mapped of the index's files"
    )
    reached = {
        **{
            f"{name} p95 x {aim}": found["times"].get(name, aim) >= aim
            for name, aim in AIMS.items()
        },
        f"{PER_SECOND} documents a CPU second": indexing["ours"]["per_cpu_second"] >= PER_SECOND,
        f"rebuild within {PEAK_MB} MB": rebuild["own_mb"] <= PEAK_MB,
        f"typing within {TYPING_MS} ms": typing["p95_ms"] <= TYPING_MS,
    }
    for aim, is_reached in reached.items():
        print(f"{'reached' if is_reached else 'NOT REACHED'}: {aim}")
    return all(reached.values())


def main() -> int:
    """Print a table; exit code 1 where an aim is missed, but for --quick, which is too small."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few documents, under 45 seconds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    parser.add_argument("--documents", type=int, help="how many (100,000)")
    parser.add_argument("--questions", type=int, help="how many (300)")
    parser.add_argument("--rebuild", metavar="FOLDER", help=argparse.SUPPRESS)
    options = parser.parse_args()
    number = options.documents or (1_500 if options.quick else 100_000)
    questions = options.questions or (40 if options.quick else 300)
    if options.rebuild:
        prepare_portal(options.rebuild)
        from searchspeed import ours  # noqa: PLC0415

        ours.rebuild(number, Path(options.rebuild) / "rebuild")
        return 0
    folder = tempfile.mkdtemp(prefix="contactpoint-speed-")
    made: list[Any] = []
    try:
        prepare_portal(folder)
        made = engines(Path(folder))
        found: dict[str, Any] = {
            "documents": number,
            "questions": questions,
            "machine": f"Python {platform.python_version()}, {platform.machine()}",
            "indexing": indexed(made, number),
            "asking": asked(made, questions),
            "typing": typed(made[0], questions),
            "rebuild": rebuilt(number, folder),
        }
    finally:
        for one in made:
            one.close()
        shutil.rmtree(folder, ignore_errors=True)
    found["times"] = compared(found["asking"])
    is_reached = report(found)
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0 if is_reached or options.quick else 1


if __name__ == "__main__":
    sys.exit(main())
