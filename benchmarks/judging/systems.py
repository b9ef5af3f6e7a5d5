"""What is compared: each takes a question and its language, and gives keys of the index in order.

Import it once Django is set up.
"""

from collections.abc import Callable, Sequence
from typing import Final

from django.utils import timezone
from wagtail.models import Page

from contactpoint.search.analysis import surfaces
from contactpoint.search.asking import ask
from contactpoint.search.engines import engine
from contactpoint.search.engines.base import Request
from contactpoint.search.engines.queries import AnyOf, Term

Ranking = list[str]
System = Callable[[str, str], Ranking]
ASKED: Final = 60
"""Results that are taken of each: what is not judged is dropped before the first twenty count."""


def ours(query: str, language: str) -> Ranking:
    """The search page: what answers all of the question, then what it lists as answering some."""
    found = ask(query, language, limit=ASKED, counted=())
    return _once([result.key for result in [*found.results, *found.partial]])


def mended(query: str, language: str) -> Ranking:
    """The search page after a click on the first “did you mean”, if there is one."""
    offered = ask(query, language, limit=1, counted=()).corrections
    return ours(offered[0].text if offered else query, language)


def words(query: str, language: str) -> Ranking:
    """Any of the words as they are written, scored by BM25 in the same engine, and nothing else."""
    terms = [
        Term(field, word) for word in surfaces(query) for field in ("surface_title", "surface")
    ]
    if not terms:
        return []
    now = int(timezone.now().timestamp()) // 60
    answer = engine().search(Request(AnyOf(tuple(terms)), now, limit=ASKED))
    return [hit.key for hit in answer.hits]


def wagtail(query: str, language: str) -> Ranking:
    """Wagtail's database search over the pages of all languages, as it comes: every word."""
    return _wagtail(query, "and")


def wagtail_any(query: str, language: str) -> Ranking:
    """The same for any of the words."""
    return _wagtail(query, "or")


def _wagtail(query: str, operator: str) -> Ranking:
    found = Page.objects.live().search(query, operator=operator)[: 8 * ASKED]
    return _once([f"page:{page.translation_key}" for page in found])


def _once(keys: Sequence[str]) -> Ranking:
    return list(dict.fromkeys(keys))
