"""What readers ask of the site, each in the process that is measured: CPU, queries, work, waiting.

Work is what SQLite's virtual machine did, in hundreds of instructions, which no other process
disturbs. *After a change* is the first answer once anything was published: what a process keeps in
memory is none any more.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from searchspeed.documents import Maker

FREQUENT, RARE, EVERYWHERE = 100, 4_000, 0
"""Places of words that are asked for, by how often they stand in texts."""
ADDRESS: Final = b"<loc>"


@dataclass(frozen=True, slots=True)
class Visit:
    """`after` says that something was changed just before; cost is told by so many addresses of a
    map of the site where `by_address` is set."""

    name: str
    path: str
    after: bool = False
    by_address: int = 0


def visits() -> Iterator[Visit]:
    """All that is measured, on the site that is there."""
    from contactpoint.outputs.models import FamilyLink, Output  # noqa: PLC0415
    from contactpoint.outputs.querysets import newest_first, offered  # noqa: PLC0415

    english = offered("en")
    news = newest_first(english.filter(kind="news-item"), "news-item")
    latest = news.first()
    issues = FamilyLink.objects.filter(family__form="series", page__locale__language_code="en")
    issue = issues.order_by("page")[min(10, issues.count() - 1)]
    theme = latest.theme_links.first().theme.slug
    concept = latest.classifications.exclude(concept=None).first().concept
    institution = latest.institution_links.first().institution.slug
    words = Maker([], []).words["en"]
    label = concept.labels.get("en", concept.slug)
    last = -(-news.count() // 20)
    yield Visit("front page", "/en/")
    yield Visit("front page, after a change", "/en/", after=True)
    yield Visit("list", "/en/news/")
    yield Visit("list, after a change", "/en/news/", after=True)
    yield Visit("list, last page", f"/en/news/?page={last}")
    yield Visit("list, last page, after a change", f"/en/news/?page={last}", after=True)
    yield Visit("list of a theme", f"/en/news/?theme={theme}")
    yield Visit("list of a theme, after a change", f"/en/news/?theme={theme}", after=True)
    yield Visit("chronicle", "/en/chronicle/")
    yield Visit("chronicle, after a change", "/en/chronicle/", after=True)
    yield Visit("item", latest.url)
    yield Visit("item, after a change", latest.url, after=True)
    yield Visit("issue of a series", Output.objects.get(pk=issue.page_id).url)
    yield Visit("theme", f"/en/themes/{theme}/")
    yield Visit("concept", f"/en/glossary/{concept.slug}/")
    yield Visit("institution", f"/en/network/{institution}/")
    yield Visit("search, a rare word", f"/en/search/?q={words[RARE]}")
    yield Visit("search, a frequent word", f"/en/search/?q={words[FREQUENT]}")
    yield Visit("search, the commonest word", f"/en/search/?q={words[EVERYWHERE]}")
    yield Visit("search, a concept", f"/en/search/?q={label}")
    yield Visit("search, two words", f"/en/search/?q={words[FREQUENT]} {words[FREQUENT + 9]}")
    yield Visit("search, while typing", f"/en/search/suggest?q={words[FREQUENT][:4]}")
    yield Visit("sitemap (first answer)", "/sitemap.xml")
    yield Visit("sitemap, first part, 1,000 addresses", "/sitemap.xml?part=1", by_address=1000)
    yield Visit("feed", "/en/feed.atom")
    yield Visit("feed, a later page", f"/en/feed.atom?page={min(6, -(-english.count() // 40))}")
    yield Visit("feed of a list", "/en/news/feed.atom")
    yield Visit("feed of a theme", f"/en/themes/{theme}/feed.atom")
    yield Visit("interface for programs", "/api/v1/outputs?limit=25")


class Reader:
    """Asks, and says what it cost; on a database server its CPU too."""

    def __init__(self, server_cpu: Callable[[], float] | None = None) -> None:
        from django.conf import settings  # noqa: PLC0415 — the environment comes first
        from django.test import Client  # noqa: PLC0415

        settings.ALLOWED_HOSTS = ["*"]
        self.client = Client(SERVER_NAME="localhost")
        self.server_cpu = server_cpu or (lambda: 0.0)

    def ask(self, visit: Visit) -> bytes:
        """The answer; anything else than a page ends the run."""
        from contactpoint.kit.changes import generations  # noqa: PLC0415

        if visit.after:
            generations().drop()
        answer = self.client.get(visit.path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code != 200:
            raise RuntimeError(f"{visit.path} answered {answer.status_code}")
        return content

    def measured(self, rounds: int) -> dict[str, dict[str, float]]:
        """Every visit by its name: `cpu_ms`, `wall_ms`, `queries`, `work`; medians of rounds by
        turns, so that whatever else the machine does hits all alike."""
        from django.core.cache import cache  # noqa: PLC0415

        asked = list(visits())
        found = {visit.name: self._counted(visit) for visit in asked}
        times: dict[str, list[tuple[float, float]]] = {visit.name: [] for visit in asked}
        server = dict.fromkeys(found, 0.0)
        for _round in range(rounds):
            for visit in asked:
                cache.clear()  # limits of requests a minute are not what is measured
                self.ask(visit)  # after whatever the visit before has left
                spent, cpu, wall = self.server_cpu(), time.process_time(), time.perf_counter()
                self.ask(visit)
                times[visit.name].append((time.process_time() - cpu, time.perf_counter() - wall))
                server[visit.name] += self.server_cpu() - spent
        for visit in asked:
            row, taken = found[visit.name], times[visit.name]
            per = row["addresses"] / visit.by_address if visit.by_address else 1
            cpu = statistics.median(one for one, _wall in taken) + server[visit.name] / rounds
            row["cpu_ms"] = round(1000 * cpu / per, 2)
            row["wall_ms"] = round(1000 * statistics.median(one for _cpu, one in taken) / per, 2)
            row["work"] = round(row["work"] / per, 1)
        return found

    def _counted(self, visit: Visit) -> dict[str, float]:
        from django.db import connection  # noqa: PLC0415
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        self.ask(visit)
        with CaptureQueriesContext(connection) as captured:
            content = self.ask(visit)
        row: dict[str, Any] = {"queries": len(captured), "kb": round(len(content) / 1024)}
        row["work"] = steps(lambda: self.ask(visit))
        return row | {"addresses": content.count(ADDRESS)}


def steps(ask: Callable[[], Any]) -> int:
    """Hundreds of instructions that SQLite takes for an answer; 0 on another database."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "sqlite":
        return 0
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection.connection.set_progress_handler(count, 100)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return taken
