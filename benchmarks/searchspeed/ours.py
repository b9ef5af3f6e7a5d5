"""Our search over the same documents, through its whole interface: what a page of results takes.

Concepts in the question are recognised and expanded, results explained and highlighted, facets
counted, and the database asked whether what is shown may be seen.
"""

import json
import resource
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page

from contactpoint.glossary.terms import vocabulary
from contactpoint.search.asking import ask, suggest
from contactpoint.search.documents import Document
from contactpoint.search.engines.base import Answer, Request
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.indexing.preparing import prepare
from searchspeed.documents import FACETS, Maker, named

BATCH = 10_000
PAGES = 2_000


class Timed(EmbeddedEngine):
    """Counts the time that is spent in the engine alone."""

    seconds = 0.0

    def search(self, request: Request) -> Answer:
        start = time.perf_counter()
        answer = super().search(request)
        self.seconds += time.perf_counter() - start
        return answer

    def stored(self, hits: Sequence[Any]) -> list[dict[str, Any]]:
        start = time.perf_counter()
        stored = super().stored(hits)
        self.seconds += time.perf_counter() - start
        return stored


class Ours:
    """The portal's search; not a rival of itself, but asked by turns with them."""

    name = "ours"

    def __init__(self, folder: Path) -> None:
        self.engine = Timed(folder / "ours")
        self.prepared_in = self.written_in = 0.0

    def index(self, documents: Iterable[Document]) -> None:
        """Annotated, analysed, written."""
        words = vocabulary()
        self.engine.create("speed")
        with self.engine.writer("speed") as writer:
            for number, document in enumerate(documents, 1):
                start = time.thread_time()
                prepared = prepare(document, words)
                self.prepared_in += time.thread_time() - start
                writer.put(prepared)
                if not number % BATCH:
                    writer.commit()
            writer.commit()
        self.engine.switch("speed")

    def ask(self, text: str, language: str) -> int:
        """A page of twenty results for a reader of that language."""
        return ask(text, language, counted=FACETS, engine=self.engine).total

    def suggest(self, text: str, language: str) -> None:
        """What is shown while a reader types."""
        suggest(text, language, engine=self.engine)

    def size(self) -> int:
        """Bytes on disk."""
        return self.engine.status().size

    def cpu(self) -> float:
        """CPU seconds so far."""
        return time.process_time()

    def close(self) -> None:
        """Nothing is left running."""


def make_pages() -> list[int]:
    """Published pages that stand behind the documents, many documents to a page."""
    root = Page.objects.get(depth=1)
    wanted = PAGES - Page.objects.filter(slug__startswith="speed-").count()
    locale, kind = Locale.objects.first(), ContentType.objects.get_for_model(Page)
    made = []
    for number in range(wanted):
        slug = f"speed-{number}"
        place = Page._get_path(root.path, 2, 1000 + number)
        made.append(
            Page(
                title=slug, slug=slug, url_path=f"/{slug}/", path=place, depth=2, live=True,
                locale=locale, content_type=kind,
            )
        )  # fmt: skip
    Page.objects.bulk_create(made)
    return list(Page.objects.filter(slug__startswith="speed-").values_list("pk", flat=True))


def maker() -> Maker:
    """Of documents that are about the glossary's concepts."""
    return Maker(named(vocabulary()), make_pages())


def rebuild(number: int, folder: Path) -> None:
    """Index so many documents in this process and print what it took, as JSON.

    `own_mb` leaves out what is mapped of files: pages of the index that the system keeps in memory
    as long as nobody needs the room.
    """
    documents = maker().documents(0, number)
    before = own = _own_mb()
    ours = Ours(folder)

    def watched() -> Iterable[Document]:
        nonlocal own
        for count, document in enumerate(documents):
            if not count % 1000:
                own = max(own, _own_mb())
            yield document

    start, wall = time.process_time(), time.perf_counter()
    ours.index(watched())
    told = {
        "documents": number,
        "cpu_seconds": time.process_time() - start,
        "wall_seconds": time.perf_counter() - wall,
        "before_mb": before,
        "own_mb": max(own, _own_mb()),
        "resident_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size_mb": ours.size() / 1e6,
    }
    print(json.dumps(told))


def _own_mb() -> float:
    """Memory of this process that is not a file's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("RssAnon:")[2].split()[0]) / 1024
