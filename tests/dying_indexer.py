"""A process that edits, indexes and is killed, again and again, at each point between the two.

Run with a data folder in the environment. It prints, as JSON: how often a child was killed where,
and what differs between the index that caught up and one that was built anew.
"""

import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 — after Django is set up
from django.db import connections, transaction  # noqa: E402
from index_contents import contents  # noqa: E402
from wagtail.models import PageViewRestriction  # noqa: E402

from contactpoint.outputs.batch import create_pages  # noqa: E402
from contactpoint.outputs.models import NewsItem, NewsList  # noqa: E402
from contactpoint.search.engines import engine  # noqa: E402
from contactpoint.search.engines.embedded import EmbeddedEngine, writing  # noqa: E402
from contactpoint.search.indexing import applying, building  # noqa: E402
from contactpoint.search.indexing.keeping import catch_up  # noqa: E402
from contactpoint.search.meanings import meanings  # noqa: E402
from contactpoint.search.models import Change, Index  # noqa: E402

points: list[str] = []
fatal = [0, 0]
"""At which point to die; what stands behind comes in when a rebuild begins."""


def point(name: str) -> None:
    """Here the process may die."""
    points.append(name)
    if len(points) == fatal[0]:
        os.write(1, f"{name}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)


def hook(module: Any, name: str, before: str, after: str) -> None:
    real: Callable[..., Any] = getattr(module, name)

    def hooked(*args: Any, **kwargs: Any) -> Any:
        point(before)
        result = real(*args, **kwargs)
        point(after)
        return result

    setattr(module, name, hooked)


def edit(chance: random.Random) -> None:
    """Something of what editors do, in one transaction."""
    news = NewsList.objects.get(locale__language_code="en")
    items = list(NewsItem.objects.order_by("pk"))
    with transaction.atomic():
        what = chance.choice(["make", "change", "change", "unpublish", "delete", "close", "open"])
        if what == "make" or len(items) < 4:
            number = chance.randrange(10**6)
            pages = [
                NewsItem(title=f"Asylum {number} {one}", published_on=date(2020, 1, 1))
                for one in range(3)
            ]
            create_pages(news, pages)
        elif what == "change":
            page = chance.choice(items)
            page.title = f"Changed {chance.randrange(10**6)}"
            page.save_revision().publish()
        elif what == "unpublish":
            chance.choice(items).unpublish()
        elif what == "delete":
            chance.choice(items).delete()
        elif what == "close":
            page = chance.choice(items)
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        else:
            PageViewRestriction.objects.all().delete()
        point("before the transaction ends")
    point("after the transaction has ended")


def follow(chance: random.Random) -> None:
    edit(chance)
    catch_up()
    edit(chance)
    catch_up()


def rebuild(chance: random.Random) -> None:
    """Kept after each batch, so that a child that comes later goes on where this one was."""
    building.KEPT_EVERY = 1  # type: ignore[misc]
    edit(chance)
    fatal.reverse()
    points.clear()
    for _documents in building.build(building.begin(engine()), engine(), batch=150):
        pass


def killed(work: Callable[[random.Random], None], number: int) -> str:
    """Let a child work until it comes to the point of that number; where it was, or nothing."""
    connections.close_all()
    reading, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing_end, 1)
        fatal[work is rebuild] = number
        points.clear()
        work(random.Random(number))
        os._exit(0)
    os.close(writing_end)
    with os.fdopen(reading) as pipe:
        said = pipe.read().strip()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return said
    assert os.waitstatus_to_exitcode(status) == 0
    return ""


def differences() -> list[str]:
    """Keys that an index built anew would have otherwise."""
    assert catch_up()
    waiting = Change.objects.filter(index__state=Index.State.CURRENT).count()
    followed = contents(engine())
    list(building.build(building.begin(engine()), engine()))
    anew = contents(engine())
    differing = sorted(key for key in {*followed, *anew} if followed.get(key) != anew.get(key))
    return [*differing, *["still waiting"] * waiting]


def main() -> None:
    hook(applying, "write", "before documents are read", "after documents were put")
    hook(building, "write", "before documents are read", "after documents were put")
    hook(writing.EmbeddedWriter, "commit", "before the engine keeps", "after the engine has kept")
    hook(EmbeddedEngine, "switch", "before the switch", "after the switch")
    hook(building, "clear", "before old ones go", "after old ones have gone")
    meanings()  # made once, for all children
    report: dict[str, Any] = {"differences": {}, "killed": {}}
    for name, work, numbers in (
        ("following", follow, range(1, 13)),
        ("rebuilding", rebuild, random.Random(4).choices(range(1, 10), k=36)),
    ):
        places: Counter[str] = Counter()
        for number in numbers:
            place = killed(work, number)
            places[place or "not at all"] += 1
        report["killed"][name] = places
        report["differences"][name] = differences()
    report["documents"] = len(contents(engine()))
    report["indexes"] = [str(one) for one in Index.objects.all()]
    report["folders"] = list(engine().status().names)
    report["folder"] = str(settings.DATA)
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    main()
