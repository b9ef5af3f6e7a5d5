"""Gives what editors put first for a question."""

from typing import Final

from django.db.models import Case, F, IntegerField, Q, When
from django.utils import timezone

from contactpoint.glossary.models.decisions import key_of
from contactpoint.search.models import PinnedThing
from contactpoint.search.models.pins import MOST

OWN: Final = Case(When(pin__language="", then=1), default=0, output_field=IntegerField())


def pinned(question: str, language: str) -> list[str]:
    """Keys of documents that stand first for a whole question of a reader of `language`.

    Those for that language go before those for all. What is not public may be among them: whoever
    shows it looks. One query; the question need not be folded.
    """
    rows = (
        PinnedThing.objects.filter(
            Q(pin__until=None) | Q(pin__until__gte=timezone.localdate()),
            pin__folded=key_of(question),
            pin__language__in=("", language),
        )
        .order_by(OWN, F("sort_order").asc(nulls_last=True), "pk")
        .values_list("page__output__kind", "page__translation_key", "concept__slug")
    )
    return list(dict.fromkeys(map(_key, rows)))[:MOST]


def _key(row: tuple[str | None, object, str | None]) -> str:
    kind, page, concept = row
    if concept:
        return f"concept:{concept}"
    return f"output:{page}" if kind else f"page:{page}"
