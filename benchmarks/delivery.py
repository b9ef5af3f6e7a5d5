"""What a page costs however it is delivered, in one run on one machine, under load by wrk.

Kept pages ahead of Django in granian; the same as files behind nginx, with what the portal does for
it; the same bytes as files by nginx alone and from a bare WSGI function (the limits); our page made
each time; a plain Wagtail site with the same content (`plainsite/`), made each time and from
Django's own full-page cache in memory. One server process each; by turns, so that whatever else
the machine does hits all. CPU is user and system time of the server's processes and children over
the requests that they answered. Times that readers wait mean something on a quiet machine only,
which is looked at before and said.

    python benchmarks/delivery.py [--quick] [--json FILE]
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from delivered.load import Figures, others, run
from delivered.servers import Server, granian, nginx, nginx_before, rest
from pages import build, prepare_environment

HERE: Final = Path(__file__).parent
AIM_KEPT: Final = 0.04
AIM_UNCACHED: Final = 0.5
"""Of plain Wagtail."""
PAGES: Final = ("list", "item")


class Site:
    """The servers over one folder of data, and the addresses that each gives."""

    def __init__(self, folder: Path, items: int) -> None:
        self.folder = folder
        prepare_environment(folder)
        self.paths = build(items)
        from django.db import connection  # noqa: PLC0415 — the environment comes first

        connection.close()
        self.servers: dict[str, Server] = {}
        parts = (str(HERE), str(folder), str(HERE.parent / "src"))
        self._shared = {"PYTHONPATH": os.pathsep.join(parts)}

    def start(self) -> None:
        """All of them, and ask each for its pages until they answer."""
        portal, plain = "contactpoint.config.wsgi:application", "plainsite.wsgi:application"
        filed = self.folder / "filed"
        self._python(
            "kept", portal, CONTACTPOINT_KEEP_PAGES="yes", CONTACTPOINT_PAGE_FILES=str(filed)
        )
        self._python("uncached", portal, CONTACTPOINT_KEEP_PAGES="no")
        self._python("plain_wagtail", plain, PLAINSITE="plain")
        self._python("page_cache", plain, PLAINSITE="cached")
        self._warm("kept")
        self._written()
        self._python("bare", plain, PLAINSITE="bare", BARE_PAGES=str(self.folder / "bare.json"))
        headers, _body = self.servers["kept"].get(self.paths["ours"][0])
        self.servers["nginx"] = nginx("nginx", self.folder / "files", headers)
        self.servers["behind_nginx"] = nginx_before(
            self.servers["kept"], filed, self.folder / "before"
        )
        for name in self.servers:
            self._warm(name)
        rest(list(self.servers.values()))

    def path(self, name: str, page: str) -> str:
        """The address of a page on one of the servers."""
        whose = "plain" if name in ("plain_wagtail", "page_cache") else "ours"
        return self.paths[whose][PAGES.index(page)]

    def stop(self) -> None:
        """All that were started."""
        for server in self.servers.values():
            server.stop()

    def _python(self, name: str, application: str, **environment: str) -> None:
        self.servers[name] = granian(name, application, {**self._shared, **environment})

    def _warm(self, name: str) -> None:
        server = self.servers[name]
        for page in PAGES:
            server.wait(self.path(name, page))
            for _time in range(12):
                server.get(self.path(name, page), "br")

    def _written(self) -> None:
        """The kept bytes for those that only hand them out."""
        bare: dict[str, Any] = {}
        for path in self.paths["ours"]:
            at = self.folder / "files" / "pages" / path.strip("/")
            at.mkdir(parents=True)
            for encoding, end in (("", ""), ("gzip", ".gz"), ("br", ".br")):
                headers, body = self.servers["kept"].get(path, encoding)
                (at / f"index.html{end}").write_bytes(body)
            own = [pair for pair in headers.items() if pair[0].lower() not in ("date", "server")]
            bare[path] = {"headers": own, "body": body.hex()}
        (self.folder / "bare.json").write_text(json.dumps(bare))


def has(program: str) -> bool:
    """Whether it is installed; nginx often stands where only root looks."""
    return shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin") is not None


def measured(site: Site, rounds: int, seconds: int) -> dict[str, dict[str, dict[str, float]]]:
    """Medians of the rounds, by page and server."""
    runs: dict[tuple[str, str], list[Figures]] = {}
    for _round in range(rounds):
        for page in PAGES:
            for name, server in site.servers.items():
                found = run(server, site.path(name, page), seconds)
                runs.setdefault((page, name), []).append(found)
    return {
        page: {
            name: {
                field: round(statistics.median(asdict(one)[field] for one in runs[page, name]), 4)
                for field in ("requests", "per_second", "cpu_ms", "p50_ms", "p99_ms")
            }
            for name in site.servers
        }
        for page in PAGES
    }


def shown(figures: dict[str, Any]) -> None:
    """The table."""
    print(f"{'page':5} {'server':14} {'CPU ms':>9} {'per s':>9} {'p50 ms':>8} {'p99 ms':>8}")
    for page in PAGES:
        for name, row in figures[page].items():
            print(
                f"{page:5} {name:14} {row['cpu_ms']:9.4f} {row['per_second']:9.0f} "
                f"{row['p50_ms']:8.2f} {row['p99_ms']:8.2f}"
            )
        ratio = figures[page]["uncached"]["cpu_ms"] / figures[page]["plain_wagtail"]["cpu_ms"]
        print(f"{page:5} uncached is {ratio:.2f} of plain Wagtail   aim {AIM_UNCACHED}")
    for when in ("before", "after"):
        other = figures[when]
        print(
            f"{when}: load {other['load']:.1f}, CPUs {other['busy']:.0%} busy with others: "
            f"{'quiet' if other['quiet'] else 'not quiet, so only CPU time counts'}"
        )


def main() -> int:
    """Print a table; exit code 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="short rounds, under 45 seconds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    options = parser.parse_args()
    if missing := [name for name in ("wrk", "nginx") if not has(name)]:
        sys.exit(f"{' and '.join(missing)} missing: apt-get install nginx wrk.")
    found: dict[str, Any] = {"machine": f"Python {platform.python_version()}, {platform.machine()}"}
    before = others()
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), 24 if options.quick else 200)
        try:
            site.start()
            found |= measured(site, *((1, 1) if options.quick else (5, 4)))
        finally:
            site.stop()
    for when, other in (("before", before), ("after", others())):
        found[when] = {**asdict(other), "quiet": other.is_quiet}
    for name in (
        "kept",
        "nginx",
        "behind_nginx",
        "bare",
        "uncached",
        "plain_wagtail",
        "page_cache",
    ):
        found[f"{name}_cpu_ms"] = found["list"][name]["cpu_ms"]
    found["quiet"] = before.is_quiet
    shown(found)
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    uncached = found["uncached_cpu_ms"] / found["plain_wagtail_cpu_ms"]
    return int(found["kept_cpu_ms"] > AIM_KEPT or uncached > AIM_UNCACHED)


if __name__ == "__main__":
    sys.exit(main())
