"""What the portal's own people wait for, and what the site takes: importing, publishing, room."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from import_listing import listing

from scaled.visits import steps

LEAST_IMPORTED: Final = 50
PUBLISHED: Final = 5


class Spent:
    """CPU of this process and of a database server."""

    def __init__(self, server_cpu: Callable[[], float] | None) -> None:
        self._server = server_cpu or (lambda: 0.0)
        self.seconds = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """What is done in here."""
        began = time.process_time() + self._server()
        yield
        self.seconds = time.process_time() + self._server() - began


def imported(items: int, spent: Spent) -> dict[str, float]:
    """A thousandth of the site brought in by the importer of listings and published, an item."""
    from contactpoint.intake.actions import read_source  # noqa: PLC0415

    many = max(LEAST_IMPORTED, items // 1000)
    with tempfile.TemporaryDirectory() as folder:
        for count, seed in ((5, 1), (many, items)):  # the first: what a process learns once
            path = Path(folder) / f"{seed}.txt"
            path.write_text("\n".join(listing(count, seed)) + "\n", encoding="utf-8")
            with spent.watched():
                result = read_source(path, publish=True)
    if result.published < many // 2:
        raise RuntimeError(f"{result.published} of {many} items were published")
    return {"cpu_ms": round(1000 * spent.seconds / result.published, 2)}


def published(spent: Spent) -> dict[str, float]:
    """An item that an editor changes and publishes: as the editor waits for it, and what the worker
    then does until it is found."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from contactpoint.outputs.models import NewsItem  # noqa: PLC0415

    found = NewsItem.objects.filter(live=True, locale__language_code="en")
    pages = list(found.order_by("-pk")[: PUBLISHED + 2])
    taken = []
    for page in pages[1:]:
        page.title += " again"
        with spent.watched():
            page.save_revision().publish()
        taken.append(spent.seconds)
    page = pages[0]
    with CaptureQueriesContext(connection) as captured:
        page.save_revision().publish()
    row: dict[str, float] = {"cpu_ms": round(1000 * statistics.median(taken[1:]), 2)}
    row["queries"] = len(captured)
    page.title += " anew"
    return row | {"work": steps(lambda: page.save_revision().publish())}


def found_again(spent: Spent) -> dict[str, float]:
    """What the worker does once an item was published, until it is found; nothing else waits."""
    from contactpoint.kit import outbox  # noqa: PLC0415
    from contactpoint.outputs.models import NewsItem  # noqa: PLC0415
    from contactpoint.search.indexing.keeping import catch_up  # noqa: PLC0415

    forget_what_waits()
    taken = []
    for page in NewsItem.objects.filter(live=True, locale__language_code="en").order_by("pk")[:5]:
        page.title += " again"
        page.save_revision().publish()
        with spent.watched():
            while outbox.drain():
                pass
            catch_up()
        taken.append(spent.seconds)
    return {"cpu_ms": round(1000 * statistics.median(taken[2:]), 2)}


def forget_what_waits() -> None:
    """What was written in bulk has told a worker of each page; the index has all of them."""
    from contactpoint.kit.models import OutboxEntry  # noqa: PLC0415
    from contactpoint.search.models import Change  # noqa: PLC0415

    OutboxEntry.objects.all().delete()
    Change.objects.all().delete()


def room(data: Path) -> dict[str, Any]:
    """Megabytes on disk: of the database by table where it can tell, and of the index."""
    from django.db import connection  # noqa: PLC0415

    parts: dict[str, float] = {}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
            cursor.execute(
                "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
            )
            parts = {name: round(number / 1e6, 1) for name, number in cursor.fetchall()}
            cursor.execute("SELECT %s", [size])
        size = cursor.fetchone()[0]
    index = sum(one.stat().st_size for one in data.glob("index/**/*") if one.is_file())
    largest = dict(sorted(parts.items(), key=lambda one: -one[1])[:12])
    return {"database_mb": round(size / 1e6, 1), "index_mb": round(index / 1e6, 1), **largest}


def resident() -> dict[str, float]:
    """Megabytes of this process: its own, and of files that the system keeps in memory for it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return {
        name: round(int(lines[key].split()[0]) / 1024, 1)
        for name, key in (("own_mb", "RssAnon"), ("files_mb", "RssFile"), ("all_mb", "VmRSS"))
    }
