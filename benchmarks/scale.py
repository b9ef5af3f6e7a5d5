"""How cost grows with the number of items, and what of it readers wait for.

One site of 1,000, 10,000 and 100,000 outputs (pages; a quarter of them things in four languages),
with texts, themes, concepts, institutions, countries, studies and series, and the search index of
all. Pages are asked of the application that a web process runs with CONTACTPOINT_KEEP_PAGES=yes,
beneath the pages that it keeps. At each size: the front page, lists (first page, last page, a
theme's), items, searches, the map of the site, feeds, the interface for programs; then an import of
a thousandth more, publishing one item, and the worker until it is found. *After a change* is the
first answer once something was published. CPU of the process, and of a PostgreSQL server where one
is asked for, beside the clock; medians; queries; the work of SQLite's virtual machine. *Grows by*
is the slope of the logarithm of CPU over that of the number of items, from 10,000 on: 0 where it
stays, 1 where it grows as they do. Marked is what readers wait for and what grows faster than the
logarithm.

    python benchmarks/scale.py [--quick] [--json FILE] [--items N ...] [--site FOLDER]
                               [--database sqlite|postgresql]

Nothing of this happens in a portal's own data. `--site` keeps the sites (SQLite), uses them again
and goes on where it was broken off. `--items 1000000` wants some 40 GB of disk by reckoning.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
SIZES: Final = (1_000, 10_000, 100_000)
QUICK: Final = (200, 1_000)
OWN: Final = ("import, an item", "publishing an item", "until an item is found")
"""What no reader waits for."""


def environment(data: Path, database: str) -> dict[str, str]:
    """What a process needs to know of the site."""
    return {
        **os.environ,
        "CONTACTPOINT_DATA": str(data),
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_KEEP_PAGES": "yes",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        **({"CONTACTPOINT_DATABASE_URL": database} if database else {}),
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
        "PYTHONPATH": os.pathsep.join([str(HERE.parent / "tests"), *sys.path]),
    }


class Site:
    """A folder of data and a database; each part of the work is a process of its own."""

    def __init__(self, data: Path, database: str = "", server: int = 0) -> None:
        self.data, self._database, self._server = data, database, server

    def do(self, what: str, *arguments: object) -> Any:
        """What the process found."""
        command = [sys.executable, __file__, "--do", what, "--server", str(self._server)]
        command += [str(one) for one in arguments]
        told = subprocess.run(
            command, env=environment(self.data, self._database), check=True,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return json.loads(told.stdout.splitlines()[-1])

    def copy(self, folder: Path) -> "Site":
        """The same elsewhere, to be written in; a server's database is written in itself."""
        shutil.copytree(self.data, folder)
        return Site(folder, self._database, self._server)


def grow(items: int) -> dict[str, Any]:
    """In the child: the site with so many outputs and an index of them."""
    from django.core.management import call_command  # noqa: PLC0415 — the environment comes first
    from django.db import connection  # noqa: PLC0415
    from scaled import work  # noqa: PLC0415
    from scaled.site import LANGUAGES, Grown  # noqa: PLC0415

    things, site = items // len(LANGUAGES), Grown()
    before, cpu = site.has(), time.process_time()

    def tell(now: int) -> None:
        if not now % 2500:
            print(f"  {now * len(LANGUAGES):,} outputs written", file=sys.stderr, flush=True)

    site.grow(things, tell)
    built = time.process_time() - cpu
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as the server does by itself within some minutes
    cpu = time.process_time()
    indexed = Path(os.environ["CONTACTPOINT_DATA"]) / "indexed"
    if not indexed.exists() or int(indexed.read_text(encoding="ascii")) != things:
        call_command("index", "rebuild", stdout=sys.stderr)
        work.forget_what_waits()
        indexed.write_text(str(things), encoding="ascii")
    return {
        "written": (things - before) * len(LANGUAGES), "cpu_seconds": round(built, 1),
        "index_cpu_seconds": round(time.process_time() - cpu, 1),
    }  # fmt: skip


def child(options: argparse.Namespace) -> Any:
    """In the child: one part of the work."""
    import django  # noqa: PLC0415

    django.setup()
    from delivered.servers import cpu_of  # noqa: PLC0415
    from scaled import visits, work  # noqa: PLC0415

    from contactpoint.kit import held  # noqa: PLC0415

    server_cpu = (lambda: cpu_of(options.server)) if options.server else None
    if options.do == "grow":
        return grow(options.number)
    if options.do == "read":
        before = work.resident()
        held.begin()  # as a web process that keeps pages does
        rows = visits.Reader(server_cpu).measured(options.number)
        data = Path(os.environ["CONTACTPOINT_DATA"])
        return {"rows": rows, "before": before, "memory": work.resident(), "room": work.room(data)}
    spent = work.Spent(server_cpu)
    done = (
        work.imported(options.number, spent), work.published(spent), work.found_again(spent)
    )  # fmt: skip
    return {"rows": dict(zip(OWN, done, strict=True))}


def measure(site: Site, items: int, rounds: int, scratch: Path) -> dict[str, Any]:
    """One size: what readers ask, then what is written, in a copy."""
    grown = site.do("grow", items)
    found = site.do("read", rounds)
    copy = site.copy(scratch / "written")
    found["rows"] |= copy.do("write", items)["rows"]
    shutil.rmtree(copy.data)
    found["grown"] = grown
    return found


def run(options: argparse.Namespace, sizes: list[int], folder: Path) -> dict[str, Any]:
    """All sizes, the smallest first; a larger site begins as the smaller one."""
    rounds = options.rounds or (2 if options.quick else 7)
    found: dict[str, Any] = {}
    server: Any = None
    if options.database == "postgresql":
        from searchspeed.postgres import Server  # noqa: PLC0415

        server = Server()
    try:
        before: Path | None = None
        for items in sizes:
            print(f"{items:,} items", file=sys.stderr, flush=True)
            data = folder / ("data" if server else str(items))
            if before is not None and not data.exists():
                half = folder / "half"
                shutil.rmtree(half, ignore_errors=True)
                shutil.copytree(before, half)
                half.rename(data)
            data.mkdir(exist_ok=True)
            address = f"postgresql://contactpoint@/postgres?host={server.folder}" if server else ""
            site = Site(data, address, server.process.pid if server else 0)
            with tempfile.TemporaryDirectory(dir=folder) as scratch:
                found[str(items)] = measure(site, items, rounds, Path(scratch))
            before = data
            if options.json:  # a long run that is broken off has told what it had
                write(options.json, tabled(found, options.database))
    finally:
        if server:
            server.stop()
    return tabled(found, options.database)


def tabled(found: Mapping[str, Any], database: str) -> dict[str, Any]:
    """With how each cost grows."""
    from scaled.growth import growth  # noqa: PLC0415

    rows: dict[str, Any] = {}
    names = dict.fromkeys(name for one in found.values() for name in one["rows"])
    for name in names:
        costs = {int(size): one["rows"][name] for size, one in found.items()}
        cpu = growth({size: row["cpu_ms"] for size, row in costs.items()})
        work = growth({size: row.get("work", 0) for size, row in costs.items()}, nothing=50)
        rows[name] = {
            "exponent": cpu.exponent, "work_exponent": work.exponent,
            "grows_fast": cpu.is_fast and name not in OWN,
            "work_grows_fast": work.is_fast and name not in OWN,
        }  # fmt: skip
    machine = f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    return {"database": database, "machine": machine, "load": os.getloadavg()[0],
            "growth": rows, "sizes": dict(found)}  # fmt: skip


def write(path: Path, found: Any) -> None:
    """As JSON."""
    path.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def report(found: Mapping[str, Any]) -> None:
    """The tables."""
    sizes = list(found["sizes"])
    print(f"{found['database']}; {found['machine']}; load {found['load']:.1f}\n")
    heads = "".join(f"{int(size):>11,}" for size in sizes)
    print(f"{'CPU ms with … items':40}{heads}  grows by{'':8}queries{'':6}work")
    for name, grown in found["growth"].items():
        rows = [found["sizes"][size]["rows"][name] for size in sizes]
        cells = "".join(f"{row['cpu_ms']:11.2f}" for row in rows)
        slope = "" if grown["exponent"] is None else f"{grown['exponent']:10.2f}"
        marks = "!" * grown["grows_fast"] + "w" * grown["work_grows_fast"]
        queries = "/".join(str(row.get("queries", "")) for row in rows)
        work = "/".join(f"{row.get('work', 0):.0f}" for row in rows)
        print(f"{name:40}{cells}{slope:>10} {marks:3}{queries:>11}{work:>22}")
    print("\n! readers wait for it and its CPU grows faster than the logarithm; w its work does")
    for size in sizes:
        one = found["sizes"][size]
        room = {name: one["room"][name] for name in ("database_mb", "index_mb")}
        print(f"{int(size):>11,} items: {room} a process {one['memory']}; made: {one['grown']}")


def main() -> int:
    """Print a table; exit code 1 where something that readers wait for grows too fast."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="200 and 1,000 items")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    parser.add_argument("--items", type=int, nargs="+", metavar="N", help="other sizes")
    parser.add_argument("--site", type=Path, metavar="FOLDER", help="keep the sites there")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rounds", type=int, help="7; 2 with --quick")
    parser.add_argument("--do", help=argparse.SUPPRESS)
    parser.add_argument("--server", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("number", type=int, nargs="?", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.do:
        print(json.dumps(child(options)))
        return 0
    sizes = sorted(options.items or (QUICK if options.quick else SIZES))
    if options.site:
        options.site.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="contactpoint-scale-") as folder:
        found = run(options, sizes, options.site or Path(folder))
    report(found)
    if options.json:
        write(options.json, found)
    fast = [name for name, row in found["growth"].items() if row["grows_fast"]]
    print(f"faster than the logarithm: {', '.join(fast) or 'nothing'}")
    return 1 if fast and not options.quick else 0


if __name__ == "__main__":
    sys.exit(main())
