"""Consultations about a theme or a concept, on the pages of these.

Most concepts have none, and each of their pages asks: so it asks by a query that is built once.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.consultations.models import Round
from contactpoint.consultations.pages.listing import entry, told_of
from contactpoint.kit.appearances import Appearance, Subject
from contactpoint.kit.prepared import rows

SHOWN = 5


def consultation_appearances(request: HttpRequest, subject: Subject) -> Iterator[Appearance]:
    """The newest five, with the number of all and the address of the list. One query; two where
    there is any."""
    if subject.what not in ("theme", "concept") or not subject.pks:
        return
    found = rows(
        ("consultations about", subject.what, len(subject.pks)),
        partial(_about, subject.what),
        [timezone.now(), *subject.pks],
    )
    if not found:
        return
    newest = [pk for pk, _day in found[:SHOWN]]
    shown = Round.objects.filter(pk__in=newest).select_related("instrument")
    in_order = sorted(shown, key=lambda one: newest.index(one.pk))
    url = f"/{subject.language}/consultations/?{subject.what}={subject.slug}"
    entries = [entry(one, subject.language, has_themes=False) for one in in_order]
    yield Appearance(_("Consultations"), len(found), entries, url)


def _about(what: str, values: list[Any]) -> "QuerySet[Any, Any]":
    found = told_of(values[0]).filter(**{f"{what}s__in": values[1:]})
    return found.order_by("-opens_at", "-pk").values_list("pk", "opens_at").distinct()
