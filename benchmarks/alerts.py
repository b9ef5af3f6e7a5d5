"""What an item costs where 100,000 rules are followed, on SQLite and on PostgreSQL.

Distinct rules (themes, concepts, countries, institutions, kinds, AND and OR, one of five a search)
are held against 100 items in four languages, each tenth a report of some 20,000 words. Counted are
CPU and wall of finding the rules that hold and of writing them down, once rules are in memory and
searches taken apart, which stands by itself, as does reading and analysing the item, which the
index does too (`prepare`). The plain peer runs each saved search against the index for the new
item: a sample of the rules, times their number; the verdicts of both are compared. CPU of
PostgreSQL's own processes is counted in hundredths of a second.

    python benchmarks/alerts.py [--quick] [--json FILE] [--rules N] [--items N] [--only sqlite]
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]


def child(options: argparse.Namespace) -> None:
    """Measure on the database of the environment, and print what was found."""
    from search_speed import prepare_portal  # noqa: PLC0415 — the environment comes first

    prepare_portal(os.environ["CONTACTPOINT_DATA"])
    from answering_at_once import cpu_of, family  # noqa: PLC0415
    from following.measured import measure  # noqa: PLC0415

    server = options.server
    found = measure(
        Path(os.environ["CONTACTPOINT_DATA"]),
        options.rows,
        followed=options.rules,
        number=options.items,
        indexed=options.indexed,
        sampled=options.sampled,
        searches=options.searches,
        server=lambda: cpu_of(family(server)) if server else 0.0,
    )
    print(json.dumps(found))


def measured(database: str, rows: Path, options: argparse.Namespace) -> dict[str, Any]:
    """A process of its own, with a database of its own."""
    from searchspeed.postgres import Server  # noqa: PLC0415

    server = Server() if database == "PostgreSQL" else None
    try:
        with tempfile.TemporaryDirectory() as folder:
            if options.made and server is None:
                shutil.copytree(options.made, folder, dirs_exist_ok=True)
            quoted = str(server.folder).replace("/", "%2F") if server else ""
            url = f"postgresql://contactpoint@{quoted}/postgres" if server else ""
            given = [f"--{name}={getattr(options, name)}"
                     for name in ("rules", "items", "indexed", "sampled", "searches")]  # fmt: skip
            given += [f"--server={server.process.pid}"] if server else []
            done = subprocess.run(
                [sys.executable, __file__, "--child", f"--rows={rows}", *given],
                env={**os.environ, "CONTACTPOINT_DATA": folder, "CONTACTPOINT_DATABASE_URL": url},
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            return {"database": database, **json.loads(done.stdout.splitlines()[-1])}
    finally:
        if server is not None:
            server.stop()


def main() -> int:
    """Print a table; exit code 1 where a verdict was not that of the search."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few rules, under 45 seconds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    parser.add_argument("--rules", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=100)
    parser.add_argument("--indexed", type=int, default=5_000)
    parser.add_argument("--sampled", type=int, default=500)
    parser.add_argument("--searches", type=int, default=20, help="in a hundred rules")
    parser.add_argument("--made", type=Path, help="a data folder to begin with, to spare time")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--server", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options)
        return 0
    if options.quick:
        options.rules, options.items, options.indexed, options.sampled = 1_000, 10, 300, 50
        options.only = options.only or "sqlite"
    from searchspeed.postgres import MissingError  # noqa: PLC0415

    found = []
    with tempfile.TemporaryDirectory() as folder:
        for database in ("SQLite", "PostgreSQL"):
            if options.only not in (None, database.lower()):
                continue
            try:
                found.append(measured(database, Path(folder) / "rows.json", options))
            except MissingError as missing:
                print(f"{database}: not measured. {missing}")
    _tell(found)
    if options.json:
        machine = f"Python {platform.python_version()}, {platform.machine()}, "
        machine += f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
        told = {"machine": machine, "rows": found}
        options.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return 1 if not found or any(one["peer"]["disagreeing"] for one in found) else 0


def _tell(found: list[dict[str, Any]]) -> None:
    for one in found:
        print(f"{one['database']}: {one['followed']} rules, {one['matches']} matches of "
              f"{one['write_cpu_us_a_match']} µs CPU, {one['database_mb']} MB")  # fmt: skip
        for name in ("median", "warm", "p95"):
            said = one[name]
            print(f"  {name:7}" + "".join(f"  {key} {value}" for key, value in said.items()))
        print(f"  memory {one['memory_mb']}  making {one['making']}  loading {one['loading']}")
        print(f"  searches {one['searches']}")
        print(f"  peer {one['peer']}")


if __name__ == "__main__":
    sys.exit(main())
