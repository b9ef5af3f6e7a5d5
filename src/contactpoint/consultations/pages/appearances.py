"""Consultations about a theme or a concept, on the pages of these; one query."""

from collections.abc import Iterator

from django.db.models import Count, Window
from django.http import HttpRequest
from django.utils.translation import gettext as _

from contactpoint.consultations.pages.listing import entry, told_of
from contactpoint.kit.appearances import Appearance, Subject

SHOWN = 5


def consultation_appearances(request: HttpRequest, subject: Subject) -> Iterator[Appearance]:
    """The newest five, with the number of all and the address of the list."""
    if subject.what not in ("theme", "concept") or not subject.pks:
        return
    about = {f"{subject.what}s__in": list(subject.pks)}
    keys = told_of().filter(**about).order_by().values("pk")
    found = list(
        told_of()
        .filter(pk__in=keys)
        .select_related("instrument")
        .annotate(total=Window(Count("pk")))
        .order_by("-opens_at", "-pk")[:SHOWN]
    )
    if found:
        url = f"/{subject.language}/consultations/?{subject.what}={subject.slug}"
        shown = [entry(one, subject.language, has_themes=False) for one in found]
        yield Appearance(_("Consultations"), found[0].total, shown, url)
