"""A node dies while others write and read; a writer dies while it writes."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from opensearch_cluster import Cluster

from contactpoint.search.documents import Prepared
from contactpoint.search.engines.base import Answer, Request
from contactpoint.search.engines.opensearch import OpenSearchEngine, make
from contactpoint.search.engines.queries import Everything, Term

pytestmark = pytest.mark.xdist_group("opensearch")
DOCUMENTS = 2400
AT_ONCE = 60
NOW = 1000


def document(number: int) -> Prepared:
    word = f"w{number % 10}"
    return Prepared(
        key=f"k:{number}",
        texts={"surface": f"all {word}", "title_en": word},
        facets={"year": [str(2000 + number % 10)]},
        languages=["en"],
        stored={"number": number},
        number=number + 1,
    )


class Reader(threading.Thread):
    """Asks without a pause, as readers do, and counts what goes wrong."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.engine = make(address)
        self.done = threading.Event()
        self.asked = 0
        self.problems: list[str] = []

    def run(self) -> None:
        request = Request(Term("surface", "all"), NOW, counted=["year"], limit=5)
        while not self.done.is_set():
            self.asked += 1
            try:
                answer = self.engine.search(request)
                kept = self.engine.stored(answer.hits)
                self.engine.frequencies([("surface", "all")])
                self._compare(answer, kept)
            except Exception as problem:
                self.problems.append(repr(problem))

    def _compare(self, answer: Answer, kept: Sequence[Mapping[str, int]]) -> None:
        assert sum(answer.facets["year"].values()) == answer.total
        for each, hit in zip(kept, answer.hits, strict=True):
            assert f"k:{each['number']}" == hit.key

    def stop(self) -> None:
        self.done.set()
        self.join(timeout=60)


class Scribe(threading.Thread):
    """Puts many documents, a few in each commit."""

    def __init__(self, engine: OpenSearchEngine, numbers: range) -> None:
        super().__init__(daemon=True)
        self.engine = engine
        self.numbers = numbers
        self.committed = 0
        self.problem: Exception | None = None

    def run(self) -> None:
        try:
            with self.engine.writer("a") as writer:
                for number in self.numbers:
                    writer.put(document(number))
                    if (number + 1) % AT_ONCE == 0:
                        writer.commit()
                        self.committed = number + 1
        except Exception as problem:
            self.problem = problem


def everything(engine: OpenSearchEngine) -> Counter[str]:
    keys: Counter[str] = Counter()
    for offset in range(0, DOCUMENTS + 500, 500):
        page = engine.search(Request(Everything(), NOW, offset=offset, limit=500))
        keys.update(hit.key for hit in page.hits)
    return keys


@pytest.mark.parametrize("role", ["primary", "manager"])
def test_a_node_dies_while_others_write_and_read(
    cluster: Cluster, engine: OpenSearchEngine, address: str, role: str
) -> None:
    engine.create("a")
    engine.switch("a")
    with engine.writer("a"):
        pass  # Now the locks have their index too: nobody can keep what only one node has.
    cluster.wait()
    prefix = address.rpartition("/")[2]
    dying = cluster.holder(prefix) if role == "primary" else cluster.manager()
    reader, scribe = Reader(address), Scribe(engine, range(DOCUMENTS))
    reader.start()
    scribe.start()
    while scribe.committed < DOCUMENTS // 4 and scribe.is_alive():
        threading.Event().wait(0.01)
    before = scribe.committed
    cluster.kill(dying)
    try:
        killed_after = scribe.committed
        scribe.join(timeout=240)
        cluster.wait(status="yellow", nodes=2)
        reader.stop()
        assert scribe.problem is None
        assert (scribe.committed, before <= killed_after < DOCUMENTS) == (DOCUMENTS, True)
        assert reader.problems == []
        assert reader.asked > 20
        assert everything(engine) == Counter(f"k:{number}" for number in range(DOCUMENTS))
    finally:
        cluster.start(dying)
    cluster.wait()
    for host in cluster.hosts().split(","):
        alone = make(f"http://{host}/{prefix}")
        for word in range(10):
            request = Request(Term("surface", f"w{word}"), NOW, counted=["year"])
            answer = alone.search(request)
            assert answer.total == DOCUMENTS // 10
            assert answer.facets == {"year": {str(2000 + word): DOCUMENTS // 10}}


WRITE = """
import sys
from contactpoint.search.documents import Prepared
from contactpoint.search.engines.opensearch import make
with make(sys.argv[1]).writer("a") as writer:
    for number in range(100_000):
        texts = {"surface": f"all w{number % 10}"}
        writer.put(Prepared(f"k:{number}", texts, {}, ["en"], number=number + 1))
        if number % 50 == 49:
            writer.commit()
            print(number + 1, flush=True)
"""


def test_a_writer_dies_and_the_next_one_goes_on(engine: OpenSearchEngine, address: str) -> None:
    engine.create("a")
    engine.switch("a")
    paths = os.pathsep.join(path for path in sys.path if path)
    writing = subprocess.Popen(
        [sys.executable, "-c", WRITE, address],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
        cwd=Path(__file__).parents[1],
    )
    assert writing.stdout is not None
    committed = 0
    while committed < 300:
        committed = int(writing.stdout.readline())
    os.kill(writing.pid, signal.SIGKILL)
    writing.wait(timeout=30)
    kept = engine.search(Request(Everything(), NOW)).total
    assert kept >= committed
    with engine.writer("a") as writer:
        for number in range(kept + 100):
            writer.put(document(number))
        writer.commit()
    assert everything(engine) == Counter(f"k:{number}" for number in range(kept + 100))
