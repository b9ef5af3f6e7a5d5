"""How fast a million cells of figures are stored, and what a page's question then costs.

The generated dataset of `benchmarks/figures.py` in each format, loaded into a new SQLite database
by what `contactpoint statistics load` calls: read, harmonised, held against the extraction before,
packed and stored in one transaction; then a revised file on top, as a second vintage. Beside it, in
the same run and on the same disk, the least that a row a cell could cost: `sqlite3.executemany` of
bare rows with an index, from a list that is in memory already. At last what pages ask: an indicator
for all countries, drawn whole; one country's; four compared over time.

Each step is a process of its own: CPU seconds of the step alone, memory at the peak of the process,
and how much of it was taken before it began. Medians of three.

    python benchmarks/stored_figures.py [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from figures import COUNTRIES, PERIODS, files, peak, periods, series

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"
AIM, MOST_MB, MOST_MS = 150_000, 300, 12.0
DATASET = "migr_asyappctzm"
ROUNDS = 50


def begin() -> None:
    """Django, as every command has it."""
    import django  # noqa: PLC0415

    django.setup()


def load(path: Path, day: str) -> Callable[[], int]:
    """What the command calls."""
    begin()
    from contactpoint.statistics.loading import load_file  # noqa: PLC0415

    day_of = date.fromisoformat(day)
    # Generated figures are no plausible ones: they are checked as any, and taken all the same.
    given = {"code": DATASET, "extracted": day_of, "accept": True}
    return lambda: load_file(path, **given).stored.extraction.cells


def bare(count: int, path: Path) -> Callable[[], int]:
    """The peer: bare rows, as integers where they can be."""
    numbers = {when: at for at, when in enumerate(periods())}
    rows = [
        (at, numbers[when], value, flags)
        for at, (_key, cells) in enumerate(series(count))
        for when, (value, flags) in zip(periods(), cells, strict=True)
    ]

    def run() -> int:
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(
                "CREATE TABLE cell (series INT, period INT, value REAL, flags TEXT, "
                "PRIMARY KEY (series, period)) WITHOUT ROWID"
            )
            connection.executemany("INSERT INTO cell VALUES (?, ?, ?, ?)", rows)
        return len(rows)

    return run


def asked(what: str) -> Callable[[], int]:
    """One page's question, answered to the figures that it shows, many times."""
    begin()
    from dataclasses import replace  # noqa: PLC0415

    from contactpoint.figures import indicator, on_previous, on_year  # noqa: PLC0415
    from contactpoint.statistics.reading import lines_of, newest_extractions  # noqa: PLC0415

    one = indicator("first-time-applicants-month")
    several = [
        replace(one, name=f"indicator-{at}", codes={**one.codes, "citizen": f"C{at}"})
        for at in range(20)
    ]
    wanted, geos = {
        "an indicator": (several[:1], None),
        "a country": (several, ["BE"]),
        "a comparison": (several[:1], ["BE", "BG", "CH", "CY"]),
    }[what]

    def run() -> int:
        for _round in range(ROUNDS):
            found = lines_of(wanted, newest_extractions([DATASET]), geos)
            for by_place in found.values():
                for line in by_place.values():
                    latest = line.latest
                    # A line begins and ends where something is said.
                    if latest is None or not PERIODS // 2 < len(line.values) <= PERIODS:
                        raise AssertionError("a line is missing")
                    part = line.figures(latest.period.year_before)
                    on_previous(part, latest.period)
                    on_year(part, latest.period)
            if sum(map(len, found.values())) != len(wanted) * (len(geos) if geos else COUNTRIES):
                raise AssertionError("a series is missing")
        return ROUNDS

    return run


def step(name: str, *given: str) -> None:
    """In a process of its own: one step, measured."""
    run = {
        "load": lambda: load(Path(given[0]), given[1]),
        "bare": lambda: bare(int(given[0]), Path(given[1])),
        "asked": lambda: asked(given[0]),
    }[name]()
    before = peak()
    began = time.process_time()
    count = run()
    spent = time.process_time() - began
    print(json.dumps({"count": count, "cpu": spent, "peak_mb": peak(), "before_mb": before}))


def measured(folder: Path, *given: str) -> dict[str, float]:
    """One process, on the data folder given."""
    done = subprocess.run(
        [sys.executable, __file__, "--step", *given],
        check=True, stdout=subprocess.PIPE, text=True, env=environment(folder),
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**found, "per_cpu_second": found["count"] / found["cpu"]}


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ, "PYTHONPATH": str(SOURCE), "OMP_NUM_THREADS": "1",
        "CONTACTPOINT_ENVIRONMENT": "development", "CONTACTPOINT_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
    }  # fmt: skip


def middle(runs: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def empty_site(folder: Path) -> Path:
    """A data folder with all tables and nothing in them."""
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        check=True, env=environment(folder),
    )  # fmt: skip
    return folder


def revised(path: Path) -> Path:
    """The same file a quarter later, with one figure in each line changed."""
    made = path.with_name("revised.tsv")
    text = path.read_text()
    made.write_text(text.replace("\t5 ", "\t10 "))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        step(*options.step)
        return
    count, repeats = (100_000, 1) if options.quick else (1_000_000, 3)
    figures: dict[str, Any] = {"python": sys.version.split()[0], "cells": count}
    print(
        f"Cells per CPU second (aim {AIM:,}), peak memory (at most {MOST_MB} MB), before it began"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site, data = empty_site(folder / "site"), folder / "files"
        data.mkdir()
        made = files(data, count)
        for kind in ("tsv", "tsv.gz", "sdmx-csv", "json-stat"):
            runs = []
            for _ in range(repeats):
                shutil.rmtree(folder / "run", ignore_errors=True)
                shutil.copytree(site, folder / "run")
                runs.append(measured(folder / "run", "load", str(made[kind]), "2021-03-17"))
            figures[kind] = say(kind, middle(runs))
        again = measured(folder / "run", "load", str(revised(made["tsv"])), "2021-06-16")
        figures["second vintage"] = say("second vintage", again)
        same = measured(folder / "run", "load", str(revised(made["tsv"])), "2021-09-11")
        figures["nothing new"] = say("nothing new", same)
        runs = [
            measured(folder / "run", "bare", str(count), str(folder / f"bare-{at}.sqlite3"))
            for at in range(repeats)
        ]
        figures["bare rows"] = say("bare rows", middle(runs))
        size = (folder / "run" / "contactpoint.sqlite3").stat().st_size
        empty = (site / "contactpoint.sqlite3").stat().st_size
        figures["bytes_a_cell"] = (size - empty) / (2 * count)
        figures["bare_bytes_a_cell"] = (folder / "bare-0.sqlite3").stat().st_size / count
        print(
            f"Bytes a cell on the disk: {figures['bytes_a_cell']:.1f}, "
            f"bare rows {figures['bare_bytes_a_cell']:.1f}"
        )
        print(f"\nCPU ms a page's question, with its figures and changes (at most {MOST_MS:.0f})")
        for what in ("an indicator", "a country", "a comparison"):
            found = middle([measured(folder / "run", "asked", what) for _ in range(repeats)])
            figures[what] = 1000 * found["cpu"] / ROUNDS
            print(f"  {what:<16}{figures[what]:>12.2f}")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2), encoding="utf-8")


def say(what: str, found: dict[str, float]) -> dict[str, float]:
    print(
        f"  {what:<16}{found['per_cpu_second']:>12,.0f}{found['peak_mb']:>8.0f} MB"
        f"{found['before_mb']:>6.0f} MB",
        flush=True,
    )
    return found


if __name__ == "__main__":
    main()
