"""The outputs that are about a theme or a concept, by kind: two queries for all kinds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils import timezone

from contactpoint.kit.appearances import Appearance, Subject, Tally, What
from contactpoint.kit.held import held
from contactpoint.kit.locating import roots
from contactpoint.kit.prepared import rows
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.filters import LINKS, token
from contactpoint.outputs.models import OutputInstitution
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.querysets import FIELDS, described, offered

SHOWN = 5


def output_appearances(request: HttpRequest, subject: Subject) -> Iterator[Appearance]:
    """The newest five of each kind, with the number of all and the address of the list."""
    if not subject.pks:
        return
    found = held(
        ("appearances", subject.what, subject.language, *subject.pks),
        lambda: rows(
            ("appearances", subject.what, subject.language, len(subject.pks)),
            lambda values: _newest(subject.what, subject.language, values[0], values[1:]),
            [timezone.now(), *subject.pks],
        ),
    )
    if not found:
        return
    shown: dict[str, list[Entry]] = defaultdict(list)
    made = described([row[:-1] for row in found], subject.language, roots(request))
    for entry in made:
        shown[entry.kind].append(entry)
    totals = {entry.kind: row[-1] for entry, row in zip(made, found, strict=True)}
    for kind, (slug, heading) in LISTS.items():
        if kind in totals:
            url = f"/{subject.language}/{slug}/?{token(subject.what, subject.slug)}"
            yield Appearance(str(heading), totals[kind], shown[kind], url)


def _newest(what: What, language: str, now: datetime, pks: Sequence[int]) -> "QuerySet[Any, Any]":
    """`FIELDS` of the newest of each kind, and how many there are of it."""
    model, key = LINKS[what]
    pages = model.objects.filter(**{key: pks}).order_by()
    ranked = offered(language, now).filter(pk__in=pages.values("page")).annotate(
        place=Window(
            RowNumber(),
            partition_by="kind",
            order_by=[F("published_on").desc(nulls_last=True), F("pk").desc()],
        ),
        total=Window(Count("pk"), partition_by="kind"),
    )  # fmt: skip
    return ranked.filter(place__lte=SHOWN).order_by("place").values_list(*FIELDS, "total")


def outputs_of_institutions(language: str) -> dict[str, Tally]:
    """How many outputs in a language each institution made, and by its part in them; one query."""
    return held(("institutions", language), lambda: _of_institutions(language))


def _of_institutions(language: str) -> dict[str, Tally]:
    roles = list(OutputInstitution.Role)
    mentioned = Q(role=OutputInstitution.Role.MENTIONED)
    numbers = {role.value: Count("page", distinct=True, filter=Q(role=role)) for role in roles}
    found = (
        OutputInstitution.objects.filter(page__in=offered(language).values("pk"))
        .order_by()
        .values("institution__slug")
        .annotate(made=Count("page", distinct=True, filter=~mentioned), **numbers)
    )
    return {
        row["institution__slug"]: Tally(
            row["made"],
            [(str(role.label), row[role.value]) for role in roles if row[role.value]],
        )
        for row in found
    }
