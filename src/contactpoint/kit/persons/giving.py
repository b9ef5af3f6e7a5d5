"""Somebody is given what is kept of them; that it was done is written down, and not who it was."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log as record

from contactpoint.kit.models import PersonRequest
from contactpoint.kit.persons.exporting import exported, number_of_rows
from contactpoint.kit.persons.requests import note


@transaction.atomic
def give(address: str, *, by: Any = None) -> dict[str, Any]:
    """As `exporting.exported`; `by` is the administrator who asks."""
    told = exported(address)
    rows = number_of_rows(told)
    request = note(PersonRequest.Kind.EXPORTED, rows=rows)
    record(instance=request, action="persons.exported", user=by, data={"rows": rows})
    return told
