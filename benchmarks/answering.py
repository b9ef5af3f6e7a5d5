"""Whether a thousand people can answer at once, what a page costs then, and whether all is stored.

Each of the respondents answers ten pages of three questions, reviews and sends: 24 pages by HTTP of
a real `contactpoint serve`, on SQLite and on PostgreSQL. 64 of them wait for an answer at the same
moment. In every answer stands whose it is; what the portal confirmed is compared with what it has
stored. Pages per CPU second count the CPU of the portal's processes (with PostgreSQL its own too);
the 99th percentile is what a respondent waits, clients and server sharing the machine.

    python benchmarks/answering.py [--quick] [--json FILE] [--respondents N] [--only sqlite]
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from answering_at_once import Portal, compared, cpu_of, crowd, family, serving  # noqa: E402
from searchspeed.postgres import MissingError, Server  # noqa: E402

AT_ONCE = 64
WORKERS = 2


def measure(database: str, respondents: int, made: Path | None) -> dict[str, Any]:
    """One crowd on one database."""
    server = Server() if database == "PostgreSQL" else None
    try:
        with tempfile.TemporaryDirectory() as folder:
            if made is not None:
                shutil.copytree(made, folder, dirs_exist_ok=True)
            url = f"postgresql://contactpoint@{_quoted(server.folder)}/postgres" if server else ""
            return _measured(Portal(Path(folder), url), server, respondents) | {
                "database": database
            }
    finally:
        if server is not None:
            server.stop()


def _measured(portal: Portal, server: Server | None, respondents: int) -> dict[str, Any]:
    portal.make(is_anonymous=True)
    with serving(portal, WORKERS):
        crowd(portal.address, 4, at_once=4)  # what a process does once is not what a page costs
        warm = portal.stored()
        cpu, beside, start = portal.cpu(), _beside(server), time.monotonic()
        told = crowd(portal.address, respondents, at_once=AT_ONCE)
        seconds = time.monotonic() - start
        cpu, beside = portal.cpu() - cpu, _beside(server) - beside
        load = os.getloadavg()[0]
    found = compared(_without(portal.stored(), warm), told)
    pages = len(told.seconds)
    cut = statistics.quantiles(told.seconds, n=100)
    return {
        "respondents": len(told.sent),
        "pages": pages,
        "seconds": round(seconds, 1),
        "pages_per_second": round(pages / seconds, 1),
        "pages_per_cpu_second": round(pages / (cpu + beside), 1),
        "cpu_ms_portal": round(1000 * cpu / pages, 2),
        "cpu_ms_database": round(1000 * beside / pages, 2),
        "p50_ms": round(1000 * cut[49]),
        "p99_ms": round(1000 * cut[98]),
        "asked_again": told.asked_again,
        "load": round(load, 1),
        **found,
    }


def _without(stored: dict[str, Any], warm: dict[str, Any]) -> dict[str, Any]:
    """Leaves out one response for each that was there before the crowd came."""
    left = list(warm["responses"])
    kept = []
    for one in stored["responses"]:
        if one in left:
            left.remove(one)
        else:
            kept.append(one)
    return {"responses": kept, "rows": sum(len(one["answers"]) for one in kept)}


def _beside(server: Server | None) -> float:
    return cpu_of(family(server.process.pid)) if server is not None else 0.0


def _quoted(folder: Path) -> str:
    return str(folder).replace("/", "%2F")


def main() -> int:
    """Print a table; exit code 1 where an answer was lost, doubled or mixed up."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few respondents, under 45 seconds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    parser.add_argument("--respondents", type=int, default=1000)
    parser.add_argument("--made", type=Path, help="a data folder to begin with, to spare time")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    respondents = 20 if options.quick else options.respondents
    names = [name for name in ("SQLite", "PostgreSQL") if options.only in (None, name.lower())]
    rows = []
    for name in names:
        try:
            rows.append(measure(name, respondents, options.made))
        except MissingError as missing:
            print(f"{name}: not measured. {missing}")
    columns = ("respondents", "pages", "pages_per_cpu_second", "pages_per_second", "p50_ms",
               "p99_ms", "confirmed", "lost", "doubled", "mixed")  # fmt: skip
    print(f"{'':11}" + "".join(f"{one.replace('_', ' '):>22}" for one in columns))
    for row in rows:
        print(f"{row['database']:11}" + "".join(f"{row[one]:>22}" for one in columns))
    found = {
        "at_once": AT_ONCE,
        "workers": WORKERS,
        "machine": f"Python {platform.python_version()}, {platform.machine()}, "
        f"{os.cpu_count()} cores",
        "rows": rows,
    }
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    is_whole = all(
        not (row["lost"] or row["doubled"] or row["mixed"]) and row["respondents"] == respondents
        for row in rows
    )
    return 0 if rows and is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
