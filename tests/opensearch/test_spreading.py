"""Several workers fill an index of the cluster at once, and one shows what they wrote."""

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from factories import make_output, make_site
from index_contents import contents

from contactpoint.kit import spreading
from contactpoint.kit.jobs import JobRunner
from contactpoint.kit.models import Run
from contactpoint.search import engines, sources
from contactpoint.search.documents import Prepared
from contactpoint.search.engines.base import Request
from contactpoint.search.engines.opensearch import OpenSearchEngine, make
from contactpoint.search.engines.queries import Everything, Term
from contactpoint.search.indexing import building
from contactpoint.search.indexing.keeping import catch_up
from contactpoint.search.indexing.spreading import gather, spread
from contactpoint.search.models import Made

pytestmark = pytest.mark.xdist_group("opensearch")


def document(key: str, words: str, number: int) -> Prepared:
    return Prepared(
        key=key,
        texts={"title_en": words, "surface_title": words, "surface": words},
        facets={},
        languages=("en",),
        number=number,
    )


def total(engine: OpenSearchEngine, word: str = "") -> int:
    query = Term("surface", word) if word else Everything()
    return engine.search(Request(query, 0)).total


def test_several_write_at_once_and_nobody_sees_a_part(
    engine: OpenSearchEngine, address: str
) -> None:
    engine.create("new")
    engine.switch("new")

    def fill(worker: int, numbers: Sequence[int]) -> None:
        with make(address).filling("new") as writer:  # type: ignore[union-attr]
            for number in numbers:
                writer.put(document(f"own {worker} {number}", "own", worker))
            writer.put(document("shared", f"word{worker}", worker))
            writer.delete("gone", worker)
            writer.commit()

    workers = [threading.Thread(target=fill, args=(one, range(150))) for one in (3, 1, 2)]
    with engine.writer("new") as writer:  # the lock of the writer is in nobody's way
        for one in workers:
            one.start()
        for one in workers:
            one.join()
        assert total(engine) == 0
        writer.put(document("gone", "late", 1))
        writer.commit()
    assert total(engine) == 3 * 150 + 1
    assert (total(engine, "word3"), total(engine, "word1"), total(engine, "late")) == (1, 0, 0)


@pytest.mark.django_db
def test_a_run_brings_what_one_process_does(
    engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks_db.DatabaseBackend",
            "QUEUES": ["default", "mail", spreading.QUEUE],
        }
    }
    monkeypatch.setattr(engines, "engine", lambda: engine)
    site = make_site()
    pages = [make_output(site, title=f"Item {number}") for number in range(9)]
    assert catch_up()
    first = engine.status().name
    run = spread(engine, size=4)
    pages[0].title = "Changed meanwhile"
    DBTaskResult.objects.exclude(task_path=spreading.work.module_path).delete()
    runner = JobRunner()
    assert runner.run_one()
    pages[1].title = "Changed meanwhile"
    for page in pages[:2]:
        page.save()
    pages[2].unpublish()
    DBTaskResult.objects.exclude(task_path=spreading.work.module_path).delete()
    while runner.run_one():
        pass
    assert not Made.objects.exists(), "documents went to the cluster at once"
    assert engine.status().name == first
    index = building.building()
    assert index is not None
    list(gather(index, engine))
    run.refresh_from_db()
    assert run.state == Run.State.FINISHED
    together = contents(engine)
    assert set(together) == set(sources.keys())
    list(building.build(building.begin(engine), engine))
    assert contents(engine) == together
    titles = [
        one["versions"]["en"]["title"] for one in together.values() if "en" in one["versions"]
    ]
    assert titles.count("Changed meanwhile") == 2
