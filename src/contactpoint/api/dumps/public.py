"""What anybody may see at a moment, as short marks, so that a dump can be held against it.

A dump is a copy, and a copy is given to nobody once something in it was taken back: a page, one of
its languages, a file, a term, an answer of a state, a text of guidance. What was edited and is
still there stays in the copy as it was until the next one.
"""

from collections.abc import Iterator
from typing import Any

from contactpoint.api.resources.guidance import live
from contactpoint.api.resources.outputs import Outputs
from contactpoint.consultations import reaching
from contactpoint.consultations.reaching import Circle
from contactpoint.glossary.models import Concept, Theme
from contactpoint.media.models import CustomDocument
from contactpoint.media.visibility import public
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.models import OutputFile
from contactpoint.outputs.querysets import readable
from contactpoint.search.sources.statistics import figures_at


def public_now() -> frozenset[str]:
    """The marks of all that may be in a dump; some thirteen queries, whatever there is."""
    return frozenset(_marks())


def _marks() -> Iterator[str]:
    pages = Outputs().base(readable()).order_by()
    yield from _rows("page", pages.values_list("translation_key", "locale__language_code"))
    files = OutputFile.objects.filter(document__in=public(CustomDocument.objects.all()))
    yield from _rows("file", files.order_by().values_list("document_id"))
    living = Concept.objects.exclude(status=Concept.Status.DEPRECATED).order_by()
    yield from _rows("concept", living.values_list("slug"))
    yield from _rows("theme", Theme.objects.order_by().values_list("slug"))
    yield from _rows("institution", Institution.objects.order_by().values_list("slug"))
    yield from _rows("country", Country.objects.order_by().values_list("code"))
    yield from _rows("figure", ((name,) for name in figures_at()))
    rounds = reaching.rounds(Circle.PUBLIC).order_by()
    yield from _rows("query", rounds.values_list("code"))
    answers = reaching.answers(Circle.PUBLIC).order_by()
    yield from _rows("answer", answers.values_list("pk", "answered_on", "confirmed_on"))
    yield from _rows("guide", live().order_by().values_list("guide__code", "language"))


def _rows(name: str, rows: Any) -> Iterator[str]:
    for row in rows:
        yield " ".join([name, *map(str, row)])
