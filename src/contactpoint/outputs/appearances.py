"""The outputs that are about a theme or a concept, by kind: three queries for all kinds."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest

from contactpoint.kit.appearances import Appearance, Subject, Tally
from contactpoint.kit.locating import roots
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.filters import LINKS, token
from contactpoint.outputs.models import OutputInstitution
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.querysets import entries, offered

SHOWN = 5


def output_appearances(request: HttpRequest, subject: Subject) -> Iterator[Appearance]:
    """The newest five of each kind, with the number of all and the address of the list."""
    model, key = LINKS[subject.what]
    pages = model.objects.filter(**{key: list(subject.pks)}).order_by().values("page")
    outputs = offered(subject.language).filter(pk__in=pages)
    totals = dict(outputs.values_list("kind").annotate(number=Count("pk")))
    if not totals:
        return
    ranked = outputs.annotate(
        place=Window(
            RowNumber(),
            partition_by="kind",
            order_by=[F("published_on").desc(nulls_last=True), F("pk").desc()],
        )
    ).filter(place__lte=SHOWN)
    shown: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries(ranked.order_by("place"), subject.language, roots(request)):
        shown[entry.kind].append(entry)
    for kind, (slug, heading) in LISTS.items():
        if kind in totals:
            url = f"/{subject.language}/{slug}/?{token(subject.what, subject.slug)}"
            yield Appearance(str(heading), totals[kind], shown[kind], url)


def outputs_of_institutions(language: str) -> dict[str, Tally]:
    """How many outputs in a language each institution made, and by its part in them; one query."""
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
