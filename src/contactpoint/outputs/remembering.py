"""What an editor decided in an item's form is stored when the form is saved, and undone with it.

The form carries the whole state (which suggestions are among the keywords, which are refused), so
saving twice stores once, and taking something back takes its decision back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest
from wagtail.models import Page

from contactpoint.glossary.deciding import settle
from contactpoint.glossary.models import Concept, Decision
from contactpoint.outputs.models import Classification, Output
from contactpoint.outputs.suggesting import (
    REFUSED,
    SHOWN,
    evidence_of,
    keys_of,
    subject_of,
    text_of,
)

_ACCEPTED: Final = Decision.Verdict.ACCEPTED
_REJECTED: Final = Decision.Verdict.REJECTED


def remember(request: HttpRequest, page: Page) -> None:
    """Store what the form that was just saved says; a form without suggestions says nothing."""
    if not isinstance(page, Output) or SHOWN not in request.POST:
        return
    rows = list(page.classifications.all())
    _suggestions(page, rows, keys_of(request.POST.getlist(REFUSED)), request.user)
    _by_hand(page, rows, request.user)


def _suggestions(
    page: Output, rows: Iterable[Classification], refused: Collection[int], user: Any
) -> None:
    chosen = {row.concept_id for row in rows if row.concept_id}
    taken = {
        row.concept_id
        for row in rows
        if row.concept_id and row.source == Classification.Source.SUGGESTED
    }
    known = Concept.objects.filter(pk__in=refused).exclude(pk__in=chosen)
    wanted = {(pk, str(_ACCEPTED)) for pk in taken}
    wanted |= {(pk, str(_REJECTED)) for pk in known.values_list("pk", flat=True)}
    language = str(page.locale.language_code)

    def words(concepts: Collection[int]) -> Mapping[int, Sequence[str]]:
        return evidence_of(page.title, text_of(page), language, concepts)

    settle(
        subject_of(page),
        Decision.Source.SUGGESTED,
        wanted,
        words_of=words,
        language=language,
        user=user,
    )


def _by_hand(page: Output, rows: Iterable[Classification], user: Any) -> None:
    """A typed or imported word for which an editor chose the concept by hand."""
    words: dict[int, list[str]] = {}
    for row in rows:
        is_by_hand = Classification.Source.EDITOR == row.source == row.reason
        if row.concept_id and row.keyword and is_by_hand:
            words.setdefault(row.concept_id, []).append(row.keyword)
    settle(
        subject_of(page),
        Decision.Source.HARMONISED,
        {(pk, str(_ACCEPTED)) for pk in words},
        words_of=lambda concepts: {pk: words[pk] for pk in concepts},
        language=str(page.locale.language_code),
        user=user,
        follows_words=True,
    )
