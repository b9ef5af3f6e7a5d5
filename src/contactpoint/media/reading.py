"""The text of documents by page, as search asks for it.

    pages([7, 9])                       {7: [(1, "…"), (2, "…")], 9: […]}
    pages_with([7], ["asyl", "family reunification"])   the pages on which such words begin

Only documents that any reader may have are told of, whatever is asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import Case, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber, StrIndex

from contactpoint.media.models import CustomDocument, DocumentText
from contactpoint.media.visibility import public
from contactpoint.vocabulary.normalise import tokenise

MOST_WORDS: Final = 12
"""As many words (or phrases) as `pages_with` looks for; the rest is left out."""


def pages(documents: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Number and text of each page that has text, by document; in one query.

    A very long page comes in parts, one after the other, each with its number.
    """
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = _texts(documents).order_by("document_id", "number", "part")
    for document, number, text in rows.values_list("document_id", "number", "text").iterator():
        found[document].append((number, text))
    return dict(found)


def pages_with(
    documents: Iterable[int], words: Sequence[str], *, most: int = 3
) -> dict[int, list[tuple[int, str]]]:
    """The `most` pages of each document in which the most of `words` begin, first pages first.

    `words` are folded as `vocabulary.normalise` folds; one with spaces is a phrase. A document with
    none of them is not in the answer. One query, which reads the pages of these documents only, so
    it may be asked for every result that is shown.
    """
    looked_for = [" " + " ".join(word.split()) for word in dict.fromkeys(words) if word.strip()]
    if not looked_for:
        return {}
    hits: list[Case] = [
        Case(
            When(**{f"_at{place}__gt": 0}, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
        for place in range(len(looked_for[:MOST_WORDS]))
    ]
    rows = (
        _texts(documents)
        .alias(
            **{
                f"_at{place}": StrIndex(F("words"), Value(word))
                for place, word in enumerate(looked_for[:MOST_WORDS])
            }
        )
        .alias(hits=sum(hits[1:], hits[0]))
        .filter(hits__gt=0)
        .alias(
            rank=Window(
                RowNumber(),
                partition_by=F("document_id"),
                order_by=[F("hits").desc(), F("number"), F("part")],
            )
        )
        .filter(rank__lte=most)
        .order_by("document_id", "rank")
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for document, number, text in rows.values_list("document_id", "number", "text"):
        found[document].append((number, text))
    return dict(found)


def spaced(text: str) -> str:
    """The words of a text as they are compared, each after a space."""
    return "".join(f" {token.folded}" for token in tokenise(text))


def _texts(documents: Iterable[int]) -> QuerySet[DocumentText]:
    """All pages of those of the documents that are public."""
    wanted = public(CustomDocument.objects.filter(pk__in=list(documents)))
    return DocumentText.objects.filter(document__in=wanted)
