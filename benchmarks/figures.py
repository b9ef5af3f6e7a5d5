"""How fast a million cells of figures are read, and how much memory that takes.

A generated dataset (seeded; a fifth of its cells without a value, a twentieth flagged) in each
format, as Eurostat would give it. Ours: the whole file as a cube, its rows one after the other, and
the cube written. Beside it, on the same file in the same run: pyjstat and pandas, if `--peers`
names an environment that has them (`pip install pandas pyjstat`); else Python's own json and csv,
which only split the text. Neither peer tells a flagged cell from a number, keeps `:` apart from
what isn't there, or has limits.

Each step is a process of its own: CPU seconds of the step alone, memory at the peak of the process,
and how much of it importing took. Medians of three.

    python benchmarks/figures.py [--quick] [--json FILE] [--peers FOLDER]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"
AIM = 150_000
PERIODS, CITIZENSHIPS = 156, 100
PLACES = (
    *("AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU"),
    *("IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI"),
    *("SK", "UK"),
)
COUNTRIES = len(PLACES)
Cell = tuple[tuple[str, ...], list[tuple[float | None, str]]]


def series(count: int) -> Iterator[Cell]:
    """Lines of a dataset: codes, and a value with flags for each period."""
    chance = random.Random(20190617)
    lines = 0
    for applicant in ("FRST", "TOTAL"):
        for citizen in range(CITIZENSHIPS):
            for geo in PLACES:
                if lines * PERIODS >= count:
                    return
                lines += 1
                codes = ("M", "PER", f"C{citizen}", "T", applicant, "TOTAL", geo)
                yield codes, [cell(chance) for _ in range(PERIODS)]


def cell(chance: random.Random) -> tuple[float | None, str]:
    flags = "p" if chance.random() < 0.05 else ""
    if chance.random() < 0.2:
        return None, flags
    return 5 * int(chance.paretovariate(0.6)) % 200_000, flags


def periods() -> list[str]:
    return [f"{2008 + at // 12}-{at % 12 + 1:02}" for at in range(PERIODS)]


def files(folder: Path, count: int) -> dict[str, Path]:
    """The same figures in each format."""
    ids = ["freq", "unit", "citizen", "sex", "applicant", "age", "geo"]
    names = ("figures.json", "figures.tsv", "figures.csv")
    made = dict(zip(("json-stat", "tsv", "sdmx-csv"), map(folder.joinpath, names), strict=True))
    codes: list[dict[str, int]] = [{} for _ in ids]
    lines = list(series(count))
    for key, _ in lines:
        for known, code in zip(codes, key, strict=True):
            known.setdefault(code, len(known))
    with made["tsv"].open("w") as tsv, made["sdmx-csv"].open("w") as table:
        tsv.write(",".join(ids) + "\\TIME_PERIOD\t" + "\t".join(periods()) + "\n")
        table.write(f"DATAFLOW,LAST UPDATE,{','.join(ids)},TIME_PERIOD,OBS_VALUE,OBS_FLAG\n")
        for key, cells in lines:
            shown = [f"{':' if value is None else value} {flags}" for value, flags in cells]
            tsv.write(",".join(key) + "\t" + "\t".join(shown) + "\n")
            for when, (value, flags) in zip(periods(), cells, strict=True):
                number = "" if value is None else value
                about = "ESTAT:MIGR_ASYAPPCTZM(1.0),17/06/19 11:00:00"
                table.write(f"{about},{','.join(key)},{when},{number},{flags}\n")
    sizes = [len(known) for known in codes]
    values: dict[str, float] = {}
    status: dict[str, str] = {}
    for key, cells in lines:
        begin = 0
        for known, size, code in zip(codes, sizes, key, strict=True):
            begin = begin * size + known[code]
        for at, (value, flags) in enumerate(cells):
            place = str(begin * PERIODS + at)
            if value is not None:
                values[place] = value
            if flags or value is None:
                status[place] = flags or ":"
    said = {
        "version": "2.0", "class": "dataset", "source": "ESTAT", "label": "generated",
        "id": [*ids, "time"], "size": [*sizes, PERIODS],
        "dimension": {
            one: {"label": one, "category": {"index": known, "label": {c: c for c in known}}}
            for one, known in zip(
                [*ids, "time"], [*codes, dict(zip(periods(), range(PERIODS), strict=True))],
                strict=True,
            )
        },
        "value": values, "status": status,
    }  # fmt: skip
    made["json-stat"].write_text(json.dumps(said))
    packed = folder / "figures.tsv.gz"
    packed.write_bytes(gzip.compress(made["tsv"].read_bytes()))
    return {**made, "tsv.gz": packed}


def ours(step: str, path: Path) -> Callable[[], int]:
    """A step of ours, with everything imported."""
    from contactpoint.figures.formats import read, rows, write  # noqa: PLC0415

    if step == "read":
        return lambda: len(read(path))
    if step == "rows":
        return lambda: sum(1 for _ in rows(path))
    cube = read(path)
    return lambda: len(write(cube, step.removeprefix("write "))) and len(cube)


def peer(step: str, path: Path) -> Callable[[], int]:
    """What others do with the file, with everything imported."""
    if step == "pyjstat":
        from pyjstat import pyjstat  # noqa: PLC0415

        return lambda: len(pyjstat.Dataset.read(path.read_text()).write("dataframe"))
    if step == "pandas tsv":
        import pandas as pd  # noqa: PLC0415

        def melted() -> int:
            frame = pd.read_csv(path, sep="\t", dtype=str)
            long = frame.melt(id_vars=frame.columns[0])
            long[["value", "flag"]] = long["value"].str.split(" ", n=1, expand=True)
            long["value"] = pd.to_numeric(long["value"], errors="coerce")
            long[frame.columns[0].split("\\")[0].split(",")] = long[frame.columns[0]].str.split(
                ",", expand=True
            )
            return len(long)

        return melted
    if step == "pandas csv":
        import pandas as pd  # noqa: PLC0415

        return lambda: len(pd.read_csv(path))
    if step == "plain json":
        return lambda: len(json.loads(path.read_text())["value"])
    import csv  # noqa: PLC0415

    delimiter = "\t" if step == "plain tsv" else ","

    def split() -> int:
        with path.open(newline="") as file:
            rows = csv.reader(file, delimiter=delimiter)
            return sum(len(row) - 1 if delimiter == "\t" else 1 for row in rows)

    return split


def peak() -> float:
    """MB, of this process so far."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024


def step(whose: str, name: str, path: str) -> None:
    """In a process of its own: one step, measured."""
    run = ours(name, Path(path)) if whose == "ours" else peer(name, Path(path))
    imported = peak()
    begin = time.process_time()
    cells = run()
    spent = time.process_time() - begin
    print(json.dumps({"cells": cells, "cpu": spent, "peak_mb": peak(), "imported_mb": imported}))


def measured(python: str, whose: str, name: str, path: Path, repeats: int) -> dict[str, float]:
    """Medians of several processes."""
    runs = []
    for _ in range(repeats):
        done = subprocess.run(
            [python, __file__, "--step", whose, name, str(path)],
            check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(SOURCE), "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    figures = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    return {**figures, "per_cpu_second": figures["cells"] / figures["cpu"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--peers", metavar="FOLDER", help="an environment with pandas and pyjstat")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        step(*options.step)
        return
    count, repeats = (100_000, 1) if options.quick else (1_000_000, 3)
    python = str(Path(options.peers) / "bin/python") if options.peers else sys.executable
    rivals = {
        "json-stat": "pyjstat" if options.peers else "plain json",
        "tsv": "pandas tsv" if options.peers else "plain tsv",
        "sdmx-csv": "pandas csv" if options.peers else "plain csv",
    }
    figures: dict[str, Any] = {"python": sys.version.split()[0], "cells": count}
    print(f"Cells per CPU second (aim {AIM:,}), peak memory of the process, of that imports")
    with tempfile.TemporaryDirectory() as folder:
        for name, path in files(Path(folder), count).items():
            steps = [("ours", "read"), ("ours", "rows")]
            if name == "tsv":
                steps += [("ours", "write json-stat"), ("ours", "write csv")]
            if name in rivals:
                steps.append(("peer", rivals[name]))
            one = figures[name] = {"mb": path.stat().st_size / 1e6}
            print(f"\n{name}, {one['mb']:.1f} MB")
            for whose, what in steps:
                runner = python if whose == "peer" else sys.executable
                found = one[what] = measured(runner, whose, what, path, repeats)
                print(
                    f"  {what:<16}{found['per_cpu_second']:>12,.0f}"
                    f"{found['peak_mb']:>8.0f} MB{found['imported_mb']:>6.0f} MB"
                )
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
