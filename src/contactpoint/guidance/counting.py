"""Counts what readers say of a page by one click: how often in a day, and nothing else."""

from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contactpoint.guidance.languages import ALSO_ASKED, languages
from contactpoint.guidance.models import Click, Guide

MOST_A_DAY: Final = 10_000
"""Of one kind on one page: beyond it somebody plays, and the number says nothing more."""
OTHER: Final = "other"


def asked_for(language: str) -> str:
    """A language that may be asked for; empty where it is none of those that are offered."""
    return language if language in {*languages(), *ALSO_ASKED, OTHER} else ""


@transaction.atomic
def count(page: str, language: str, kind: Click.Kind, wanted: str = "") -> None:
    """One click more. A page that is none of ours is not counted."""
    if page and not Guide.objects.filter(code=page).exists():
        return
    row, _made = Click.objects.get_or_create(
        day=timezone.localdate(), page=page, language=language, kind=kind, wanted=wanted
    )
    Click.objects.filter(pk=row.pk, number__lt=MOST_A_DAY).update(number=F("number") + 1)
