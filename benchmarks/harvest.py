"""What harvesting and dumps cost, beside the interface's own list of the same records.

A portal with some thousands of outputs in four languages (5,000; quick: 200), each with themes,
terms, institutions and a country. In one process, by Django's own client: every record by OAI-PMH
in both forms, page by page; the same records from `/api/v1/outputs` in pages of the same size; a
dump. Counted is CPU of the process, the database (SQLite) included. Beside it: what noting all
records for the first time costs, what a look of the worker costs where nothing changed, the queries
of a page, and how much memory a dump takes on top.

    python benchmarks/harvest.py [--quick] [--json FILE] [--things N]
"""

import argparse
import json
import os
import platform
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]
TOKEN = re.compile(rb"<resumptionToken[^>]*>([^<]+)</resumptionToken>")


def pages(first: str, following: Callable[[bytes], str]) -> Iterator[bytes]:
    """A list, page by page."""
    from django.core.cache import cache  # noqa: PLC0415 — the environment comes first
    from django.test import Client  # noqa: PLC0415

    client, path = Client(SERVER_NAME="localhost"), first
    while path:
        answer = client.get(path)
        assert answer.status_code == 200, answer.content[:500]
        yield answer.content
        path = following(answer.content)
        cache.clear()  # the limit of requests a minute is not what is measured


def harvested(prefix: str) -> int:
    """All records in a form; how many."""

    def following(content: bytes) -> str:
        found = TOKEN.search(content)
        return f"/oai?verb=ListRecords&resumptionToken={found[1].decode()}" if found else ""

    first = f"/oai?verb=ListRecords&metadataPrefix={prefix}"
    return sum(page.count(b"<record>") for page in pages(first, following))


def listed() -> int:
    """The same from the interface's own list."""
    from contactpoint.api.harvesting.records import FIELDS  # noqa: PLC0415

    def following(content: bytes) -> str:
        found = json.loads(content)["next"] or ""
        return str(found[found.find("/api/") :]) if found else ""

    first = f"/api/v1/outputs?limit=100&sort=changed&fields={','.join(sorted(FIELDS))}"
    return sum(len(json.loads(page)["data"]) for page in pages(first, following))


def dumped() -> int:
    """A whole dump; rows in it."""
    from contactpoint.api.dumps.making import make  # noqa: PLC0415

    return sum(one["rows"] for one in make(keep=1).manifest["files"])


def timed(work: Callable[[], int]) -> dict[str, float]:
    """How many, and CPU seconds."""
    begun = time.process_time()
    number = work()
    took = time.process_time() - begun
    return {"number": number, "cpu_seconds": round(took, 3), "per_cpu_second": round(number / took)}


def queries(path: str) -> int:
    """Of an address, after it was asked for once."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    Client(SERVER_NAME="localhost").get(path)
    with CaptureQueriesContext(connection) as found:
        Client(SERVER_NAME="localhost").get(path)
    return len(found)


def measure(things: int) -> dict[str, Any]:
    """Everything, on a portal made for it."""
    from desk import Site  # noqa: PLC0415

    Site(things).outputs()
    from contactpoint.api.harvesting import records  # noqa: PLC0415

    found: dict[str, Any] = {"things": things, "noting": timed(records.note_all)}
    for path in ("/oai?verb=ListRecords&metadataPrefix=oai_dc", "/api/v1/outputs?limit=1"):
        queries(path)  # what a process loads once
    found["look"] = timed(lambda: len(records.behind()) + 1)
    found["list"] = timed(listed)
    for prefix in ("oai_dc", "oai_datacite"):
        found[prefix] = timed(lambda prefix=prefix: harvested(prefix))  # type: ignore[misc]
        found[prefix]["of_the_list"] = round(
            found[prefix]["per_cpu_second"] / found["list"]["per_cpu_second"], 2
        )
        assert found[prefix]["number"] == found["noting"]["number"], "a record was lost"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found["dump"] = timed(dumped)
    found["dump"]["more_memory_mb"] = round(
        (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1
    )
    found["queries"] = {
        "a page of ListRecords": queries("/oai?verb=ListRecords&metadataPrefix=oai_dc"),
        "a page of ListIdentifiers": queries("/oai?verb=ListIdentifiers&metadataPrefix=oai_dc"),
        "a page of the list": queries("/api/v1/outputs?limit=100"),
    }
    return found


def main() -> int:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="few things, under 45 seconds")
    parser.add_argument("--things", type=int, help="outputs; 5,000 without it, 200 with --quick")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            CONTACTPOINT_DATA=folder,
            CONTACTPOINT_ENVIRONMENT="demo",
            CONTACTPOINT_LOG_LEVEL="ERROR",
            DJANGO_SETTINGS_MODULE="contactpoint.config.settings",
        )
        import django  # noqa: PLC0415 — the environment comes first

        django.setup()
        found = measure(options.things or (200 if options.quick else 5000))
    found["machine"] = platform.processor() or platform.machine()
    print(f"{'':16}{'number':>9}{'CPU s':>9}{'a CPU second':>14}{'of the list':>13}")
    for name in ("noting", "list", "oai_dc", "oai_datacite", "dump"):
        one = found[name]
        print(f"{name:16}{one['number']:>9,}{one['cpu_seconds']:>9.2f}{one['per_cpu_second']:>14,}"
              f"{one.get('of_the_list', ''):>13}")  # fmt: skip
    print(f"a look where nothing changed: {found['look']['cpu_seconds'] * 1000:.0f} ms")
    print(f"a dump takes {found['dump']['more_memory_mb']} MB more; queries: {found['queries']}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
