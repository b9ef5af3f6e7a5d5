"""What the worker does for translations: compares those that were never compared.

Publishing compares by itself. Pages that stood there before, or were written without being
published one by one, are compared once, when a worker starts.
"""

from typing import Final

from django.db.models import Count, Exists, Min, OuterRef, Q
from wagtail.models import Page

from contactpoint.kit.rounds import each_round
from contactpoint.languages.following import follow
from contactpoint.languages.models import Standing

_STEP: Final = 20


class _Walk:
    """How far this process has come; None when it is through."""

    after: int | None = 0


_walk = _Walk()


@each_round
def compare_what_never_was() -> bool:
    """The next few items in several languages that no translation was compared for."""
    if _walk.after is None:
        return False
    known = Standing.objects.filter(page__translation_key=OuterRef("translation_key"))
    found = list(
        Page.objects.filter(~Exists(known), live=True, alias_of=None, depth__gt=2)
        .order_by()
        .values("translation_key")
        .annotate(first=Min("pk"), versions=Count("pk"))
        .filter(Q(versions__gt=1), first__gt=_walk.after)
        .order_by("first")[:_STEP]
    )
    for row in found:
        page = Page.objects.get(pk=row["first"]).specific
        if getattr(page, "offered_in_every_language", False):
            follow(page)
    _walk.after = found[-1]["first"] if found else None
    return bool(found)


def walk_again() -> None:
    """From the start, as a new process does."""
    _walk.after = 0
