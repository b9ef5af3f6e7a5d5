"""Two versions side by side: moments by the event's own clock, as they were typed, and yes or no.

Wagtail writes them as Python does.
"""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class


class SpokenComparison(FieldComparison):
    """A fact in words of the active language."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.said_a = _said(self.val_a, getattr(obj_a, "zone", None))
        self.said_b = _said(self.val_b, getattr(obj_b, "zone", None))

    def htmldiff(self) -> str:
        """What was, and what is; both stand in the words of one language."""
        if not self.has_changed():
            return str(escape(self.said_a))
        both = [("deletion", self.said_a), ("addition", self.said_b)]
        return str(TextDiff([part for part in both if part[1]], " ").to_html())

    def has_changed(self) -> bool:
        """As Wagtail asks; what is said may be the same by another clock."""
        return bool(self.val_a != self.val_b)


def _said(value: Any, zone: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value, zone), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return "" if value is None else str(value)


def compare_in_words() -> None:
    """Called once, when Django starts."""
    for field in (models.BooleanField, models.DateTimeField, models.DateField):
        register_comparison_class(field, comparison_class=SpokenComparison)
