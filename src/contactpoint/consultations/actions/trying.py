"""A test run: an editor answers as others will, before anybody can. It is counted nowhere."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from contactpoint.consultations.models import Answer, Response, Round, Version
from contactpoint.consultations.questions import Value


@transaction.atomic
def begin_try(round: Round, version: Version, *, user: Any, language: str) -> Response:
    """A new test run of somebody; the one that they began before goes."""
    tries(round, user).delete()
    return Response.objects.create(
        round=round,
        version=version,
        is_test=True,
        written_by=user,
        language=language,
        begun_on=timezone.localdate(),
    )


def tries(round: Round, user: Any) -> Any:
    """The test run that somebody has begun."""
    return Response.objects.filter(round=round, is_test=True, written_by=user)


def tried(response: Response) -> dict[str, Value]:
    """What was answered in a test run."""
    own = Answer.objects.filter(response=response, response__is_test=True)
    return dict(own.values_list("question", "value"))


@transaction.atomic
def save_try(response: Response, values: Mapping[str, Value], *, today: datetime.date) -> None:
    """Keep the answers of one page; None takes one back."""
    Answer.objects.filter(response=response, question__in=values).delete()
    Answer.objects.bulk_create(
        Answer(response=response, question=code, value=value, answered_on=today)
        for code, value in values.items()
        if value is not None
    )
