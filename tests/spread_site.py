"""The portal's own end of `spread_workers.py`, run by `contactpoint shell -c`.

One document can't be indexed, whoever tries. Another holds the first worker that comes to it, while
the file of the name `HOLD` is not there: that is where a worker is killed.
"""

import json
import os
import random
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from index_contents import contents

from contactpoint.config.site import prepare as prepare_site
from contactpoint.kit.worker import Worker
from contactpoint.outputs.batch import create_pages
from contactpoint.outputs.models import NewsItem, NewsList
from contactpoint.search import sources
from contactpoint.search.documents import FACETS, Document, Prepared
from contactpoint.search.engines import engine
from contactpoint.search.engines.base import Request
from contactpoint.search.engines.queries import Everything, Term
from contactpoint.search.indexing import applying
from contactpoint.search.indexing.preparing import prepare
from contactpoint.search.meanings import meanings
from contactpoint.search.models import Change, Index
from contactpoint.vocabulary import Vocabulary

BAD, HOLDS = "Nobody can index this", "Hold whoever reads this"
SAMPLE = 25
"""Words of each field that are looked for."""
WORDS = ["asylum", "return", "visa", "family reunification", "border", "human trafficking"]


def fill(number: int) -> None:
    """A site with its glossary, and so many items."""
    prepare_site()
    news = NewsList.objects.get(locale__language_code="en")
    create_pages(
        news,
        [
            NewsItem(
                title=f"{WORDS[one % len(WORDS)].capitalize()}, number {one}",
                teaser=f"On {WORDS[(one * 7 + 1) % len(WORDS)]} and what became of it in {one}.",
                published_on=date(2020, 1 + one % 12, 1),
            )
            for one in range(number)
        ],
    )
    create_pages(news, [NewsItem(title=BAD), NewsItem(title=HOLDS)])


def edit(seed: int) -> None:
    """What editors do while an index is built: some of all, in a transaction each."""
    dice = random.Random(seed)
    items = list(NewsItem.objects.exclude(title__in=[BAD, HOLDS]).order_by("pk"))
    for number, page in enumerate(dice.sample(items, 18)):
        with transaction.atomic():
            if number % 3 == 0:
                page.title = f"Changed meanwhile {number}"
                page.save_revision().publish()
            elif number % 3 == 1:
                page.unpublish()
            else:
                page.delete()
    news = NewsList.objects.get(locale__language_code="en")
    create_pages(news, [NewsItem(title=f"New meanwhile {one}") for one in range(9)])


def tell(path: str) -> None:
    """All that is in the index, once nothing waits: documents, counts, who has which word."""
    until = time.monotonic() + 120
    while Change.objects.filter(index__state=Index.State.CURRENT).exists():
        assert time.monotonic() < until, "changes wait"
        time.sleep(0.2)
    asked = engine()
    every = Request(Everything(), now=0, counted=FACETS, limit=0, most_values=10_000)
    told: dict[str, Any] = {
        "documents": contents(asked, now=0) if asked.status().engine == "embedded" else {},
        "facets": asked.search(every).facets,
        "words": {},
    }
    for field, word in _words():
        answer = asked.search(Request(Term(field, word), now=0, limit=5_000))
        told["words"][f"{field} {word}"] = sorted(hit.key for hit in answer.hits)
        if field == "surface":
            stored = asked.stored(answer.hits)
            told["documents"] |= {
                hit.key: one for hit, one in zip(answer.hits, stored, strict=True)
            }
    Path(path).write_text(json.dumps(told, sort_keys=True), encoding="utf-8")


def _words() -> list[tuple[str, str]]:
    fields: dict[str, set[str]] = {}
    for document in sources.documents(list(sources.keys())):
        for field, text in prepare(document, meanings()).texts.items():
            fields.setdefault(field, set()).update(text.split())
    dice = random.Random(7)
    return [
        (field, word)
        for field, words in sorted(fields.items())
        for word in dice.sample(sorted(words), min(SAMPLE, len(words)))
    ]


def odd() -> None:
    """From here on this process can't index the one, and is held by the other."""
    applying.prepare = _odd


def _odd(document: Document, words: Vocabulary, *, number: int = 0) -> Prepared:
    title = document.versions[0].title
    if title == BAD:
        raise ValueError(title)
    if title == HOLDS:
        held = Path(os.environ["HOLD"])
        try:
            held.touch(exist_ok=False)
        except FileExistsError:
            pass
        else:
            held.write_text(str(os.getpid()), encoding="ascii")
            time.sleep(600)
    return prepare(document, words, number=number)


def work() -> None:
    """A worker."""
    odd()
    Worker().run()
