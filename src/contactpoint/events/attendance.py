"""The attendance list of an event, as rows for a table, CSV or a spreadsheet."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.events.models import Registration
from contactpoint.glossary.collation import sort_key
from contactpoint.glossary.languages import name_in
from contactpoint.kit.spreadsheets import as_csv, as_xlsx

CSV: Final = "csv"
XLSX: Final = "xlsx"
TYPES: Final = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it a spreadsheet takes UTF-8 for something else."""


def people(key: UUID) -> list[Registration]:
    """Those with a place by name, then the waiting list as it stands."""
    reader = get_language() or "en"
    found = list(Registration.objects.filter(register__key=key).order_by("pk"))
    has_place = Registration.Status.PLACE
    placed = [one for one in found if one.status == has_place]
    placed.sort(key=lambda one: (sort_key(one.name, reader), one.pk))
    return placed + [one for one in found if one.status != has_place]


def rows(registrations: Sequence[Registration]) -> list[list[str]]:
    """The heading, then a row a person."""
    reader = get_language() or "en"
    heading = [
        _("Name"), _("Organisation"), _("E-mail address"), _("Status"), _("Language"),
        _("What they need to take part"), _("Registered"),
    ]  # fmt: skip
    return [
        heading,
        *(
            [
                one.name,
                one.organisation,
                one.email,
                one.get_status_display(),
                name_in(one.language, reader),
                one.needs,
                f"{timezone.localtime(one.created_at):%Y-%m-%d %H:%M}",
            ]
            for one in registrations
        ),
    ]


def exported(registrations: Sequence[Registration], form: str) -> bytes:
    """The list as a file; no cell is ever run as a formula."""
    table = rows(registrations)
    if form == CSV:
        return (_BOM + as_csv(table)).encode()
    return as_xlsx(table, "List")
