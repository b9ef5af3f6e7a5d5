"""A site on which somebody works, and which is killed, filled up, set back or shared meanwhile.

    python harried_site.py FAULT,… TIMES SEED      prints what was counted, a line of JSON each

The data folder is that of the environment; it holds a site. One process is set up and forks one
that works for each time, so that a kill costs a fraction of a second instead of a start.
"""

import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from itertools import count, islice
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 — after Django is set up
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django_tasks import TaskResultStatus  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402
from index_contents import contents  # noqa: E402
from wagtail.models import Page  # noqa: E402

from contactpoint.intake.models import ImportedItem  # noqa: E402
from contactpoint.kit import outbox  # noqa: E402
from contactpoint.kit.jobs import JobRunner  # noqa: E402
from contactpoint.kit.models import OutboxEntry  # noqa: E402
from contactpoint.media.models import CustomDocument  # noqa: E402
from contactpoint.outputs.models import NewsItem, NewsList  # noqa: E402
from contactpoint.search.engines import engine  # noqa: E402
from contactpoint.search.indexing.keeping import catch_up  # noqa: E402
from contactpoint.search.meanings import meanings  # noqa: E402

ITEMS, SAVES, FILES = 24, 8, 8
FILLER = "filler"

Work = Callable[[int], None]
numbers = count(1)
"""What is worked on has a number of its own each time."""
found = {"times": 0, "killed": 0, "lost": 0, "doubled": 0, "half": 0, "unserved": 0, "left": 0}
heal: list[float] = []


def confirm(what: object) -> None:
    """Tells the one who asked that it is done: from here on it may not be lost."""
    os.write(1, f"{what}\n".encode())


def begin(work: Work, number: int) -> tuple[int, int]:
    """A process that works; its id, and where it confirms."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.dup2(writing, 1)
            work(number)
            code = 0
        except BaseException as problem:
            os.write(2, f"{work.__name__}: {type(problem).__name__}: {problem}\n"[:300].encode())
        os._exit(code)
    os.close(writing)
    return child, reading


def end(child: int, reading: int) -> tuple[list[str], int]:
    """What it confirmed, and how it ended."""
    with os.fdopen(reading) as pipe:
        lines = pipe.read().splitlines()
    status = os.waitpid(child, 0)[1]
    return lines, os.waitstatus_to_exitcode(status)


def done(work: Work, number: int) -> tuple[list[str], int]:
    """Let it work to its end."""
    return end(*begin(work, number))


def killed(work: Work, number: int, seconds: float) -> list[str]:
    """Kill it after so long, if it is not done by then; what it had confirmed."""
    child, reading = begin(work, number)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    lines, code = end(child, reading)
    assert code in (0, -signal.SIGKILL), f"{work.__name__} failed by itself"
    found["killed"] += code != 0
    return lines


# --- what is done ---


def listing(number: int) -> Path:
    path = settings.DATA / f"listing-{number}.txt"
    path.write_text(
        "".join(
            f"Fedasil published report r{number}p{part} on reception.\n"
            f"When1 May 2020\nKeywords: asiel\n"
            for part in range(ITEMS)
        ),
        encoding="utf-8",
    )
    return path


def import_(number: int) -> None:
    with Path(os.devnull).open("w") as nowhere:
        call_command("import", str(listing(number)), publish=True, stdout=nowhere)
    confirm("imported")


def page_of(number: int) -> NewsItem:
    page = NewsItem.objects.filter(slug=f"page-{number}").first()
    if page is None:
        page = NewsItem(title=f"Title {number} 0", slug=f"page-{number}")
        NewsList.objects.get(locale__language_code="en").add_child(instance=page)
    return page


def publish(number: int) -> None:
    for at in range(1, SAVES + 1):
        page = NewsItem.objects.get(slug=f"page-{number}")
        page.title = f"Title {number} {at}"
        page.save_revision().publish()
        confirm(at)


def body(number: int, at: int) -> bytes:
    return hashlib.sha256(f"{number} {at}".encode()).digest() * 10_000


def upload(number: int) -> None:
    for at in range(FILES):
        CustomDocument.objects.create(
            title=f"File {number} {at}", file=ContentFile(body(number, at), f"{number}-{at}.txt")
        )
        confirm(at)


def work_off(number: int) -> None:
    """What a worker does, without its rounds."""
    runner = JobRunner()
    while outbox.drain() + runner.run_one():
        pass


# --- what came of it ---


def is_read(number: int, title: str) -> bool:
    """Whether a reader gets the page, and finds that on it."""
    reader = Client(HTTP_HOST="localhost", raise_request_exception=False)
    answer = reader.get(f"/en/news/page-{number}/")
    is_there = answer.status_code == 200 and title in answer.content.decode()
    found["unserved"] += not is_there
    return is_there


def judge_import(number: int, confirmed: list[str]) -> None:
    begun = time.monotonic()
    title = f"Fedasil published report r{number}p"
    items = ImportedItem.objects.filter(original__icontains=title)
    pages = Page.objects.filter(title__startswith=title)
    found["half"] += items.count() != pages.count()
    found["half"] += items.exclude(status="accepted").count()
    found["lost"] += bool(confirmed) and pages.count() != ITEMS
    _lines, code = done(import_, number)
    assert code == 0, "the import can't be run again"
    heal.append(time.monotonic() - begun)
    found["lost"] += ITEMS - pages.values("title").distinct().count()
    found["doubled"] += pages.count() - pages.values("title").distinct().count()


def judge_publish(number: int, confirmed: list[str]) -> None:
    begun = time.monotonic()
    page = NewsItem.objects.get(slug=f"page-{number}")
    at, said = int(page.title.rpartition(" ")[2]), int((confirmed or ["0"])[-1])
    found["lost"] += at < said
    found["doubled"] += page.revisions.count() > said + 1
    if page.live_revision is not None:
        found["half"] += page.live_revision.content["title"] != page.title
    else:
        found["half"] += at > 0
    is_read(number, page.title)
    assert catch_up()
    heal.append(time.monotonic() - begun)


def judge_upload(number: int, confirmed: list[str]) -> None:
    rows = {
        one.title: one for one in CustomDocument.objects.filter(title__startswith=f"File {number} ")
    }
    for at in range(FILES):
        row = rows.pop(f"File {number} {at}", None)
        found["lost"] += row is None and str(at) in confirmed
        if row is not None:
            path = Path(row.file.path)
            found["half"] += not path.exists() or path.read_bytes() != body(number, at)
    found["doubled"] += len(rows)
    known = set(CustomDocument.objects.values_list("file", flat=True))
    there = (settings.MEDIA_ROOT / "documents").glob(f"{number}-*")
    found["left"] += sum(f"documents/{path.name}" not in known for path in there)


def judge_index() -> None:
    """What is searched is what the pages say."""
    assert catch_up()
    text = str(contents(engine()))
    for page in NewsItem.objects.filter(slug__startswith="page-", live=True):
        found["lost"] += page.title not in text


# --- the faults ---


def kill(work: Work, judge: Callable[[int, list[str]], None]) -> Callable[[int, Any], None]:
    def fault(times: int, chance: random.Random) -> None:
        first = next(numbers)
        page_of(first)
        begun = time.monotonic()
        assert done(work, first)[1] == 0
        whole = time.monotonic() - begun
        for number in islice(numbers, times):
            page_of(number)
            judge(number, killed(work, number, chance.uniform(0, whole)))
        judge_index()

    return fault


def two_importers(times: int, chance: random.Random) -> None:
    """The same listing at the same moment; either may be told to come again, nothing is doubled."""
    for number in islice(numbers, times):
        listing(number)
        both = [begin(import_, number), begin(import_, number)]
        codes = [end(*one)[1] for one in both]
        found["left"] += sum(code != 0 for code in codes)
        judge_import(number, ["imported"] if 0 in codes else [])


def two_editors(times: int, chance: random.Random) -> None:
    """Both save and publish one page over and over; each save stays in its history."""
    for number in islice(numbers, times):
        page_of(number)
        both = [begin(publish, number), begin(publish, number)]
        ended = [end(*one) for one in both]
        said = sum(len(lines) for lines, _code in ended)
        found["left"] += sum(code != 0 for _lines, code in ended)
        page = NewsItem.objects.get(slug=f"page-{number}")
        found["lost"] += max(0, said - page.revisions.count())
        found["doubled"] += max(0, page.revisions.count() - said)
        found["half"] += page.live_revision.content["title"] != page.title
        is_read(number, page.title)
    judge_index()


def full_disk(times: int, chance: random.Random) -> None:
    """The folder is on a disk of its own, on which hardly any room is left."""
    for number in islice(numbers, times):
        page_of(number)
        connections.close_all()
        filler = settings.DATA / FILLER
        _fill(filler)
        with filler.open("ab") as file:  # some writes still fit
            file.truncate(max(0, filler.stat().st_size - chance.randrange(0, 400_000)))
        confirmed, code = done(publish, number)
        found["killed"] += code != 0
        stored, _code = done(upload, number)
        title = NewsItem.objects.get(slug=f"page-{number}").title
        is_read(number, title)
        connections.close_all()
        begun = time.monotonic()
        filler.unlink()
        judge_publish(number, confirmed)
        judge_upload(number, stored)
        assert done(publish, number)[1] == 0
        heal.append(time.monotonic() - begun)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found["half"] += cursor.fetchone() != ("ok",)
    judge_index()


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (2**20, 2**12):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


def read_only(times: int, chance: random.Random) -> None:
    """The folder can't be written: readers are served what can be read, and writers told."""
    for _time in range(times):
        _lines, code = done(_read_news, 0)
        found["unserved"] += code != 0
        _lines, code = done(publish, 1)
        found["lost"] += code == 0
        _lines, code = done(upload, 1)
        found["lost"] += code == 0
        found["killed"] += 1


def _read_news(number: int) -> None:
    answer = Client(HTTP_HOST="localhost").get("/en/news/")
    assert answer.status_code == 200, answer.status_code


def jumping_clock(times: int, chance: random.Random) -> None:
    """`libfaketime` reads from a file how far the clock is off; days ahead, then days behind."""
    said = Path(os.environ["FAKETIME_TIMESTAMP_FILE"])
    for number in islice(numbers, times):
        hours = chance.choice([-240, -24, -1, 1, 24, 240]) + chance.random()
        said.write_text(f"{hours * 3600:+.0f}")
        page_of(number)
        confirmed, code = done(publish, number)
        assert code == 0
        found["lost"] += len(confirmed) != SAVES
        begun = time.perf_counter()
        assert done(work_off, number)[1] == 0
        # Somebody set it right while things wait that were written by the wrong clock.
        done(publish, number)
        said.write_text("+0")
        assert done(work_off, number)[1] == 0
        heal.append(time.perf_counter() - begun)
        found["killed"] += 1
        found["lost"] += OutboxEntry.objects.filter(done_at=None).count()
        found["lost"] += DBTaskResult.objects.filter(
            status__in=[TaskResultStatus.READY, TaskResultStatus.FAILED]
        ).count()
        is_read(number, NewsItem.objects.get(slug=f"page-{number}").title)
    judge_index()


FAULTS: dict[str, Callable[[int, Any], None]] = {
    "import": kill(import_, judge_import),
    "publish": kill(publish, judge_publish),
    "upload": kill(upload, judge_upload),
    "importers": two_importers,
    "editors": two_editors,
    "full": full_disk,
    "read-only": read_only,
    "clock": jumping_clock,
}


def main(names: str, times: int, seed: int) -> None:
    """One line of JSON a fault."""
    meanings()  # made once, for all who work
    for name in names.split(","):
        found.update(dict.fromkeys(found, 0))
        heal.clear()
        _main(name, times, seed)


def _main(name: str, times: int, seed: int) -> None:
    begun = time.monotonic()
    FAULTS[name](times, random.Random(seed))
    found["times"] = times
    told = {
        **found,
        "heal": round(max(heal, default=0.0), 2),
        "seconds": round(time.monotonic() - begun, 1),
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
