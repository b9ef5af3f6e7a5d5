"""`{{ structured|data_block }}`, what search engines read of an indicator; and rows of tables."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from contactpoint.kit.datablock import data_block as escaped
from contactpoint.statistics import rendering
from contactpoint.statistics.showing import Cell, Countries, PeriodRow

register = template.Library()


@register.filter
def data_block(properties: dict[str, Any]) -> SafeString:
    """The properties as JSON for a data block."""
    return escaped(properties)


@register.simple_tag
def period_rows(rows: Iterable[PeriodRow], has_changes: object, has_previous: object) -> SafeString:
    """A row for each period."""
    return rendering.period_rows(
        rows, has_changes=bool(has_changes), has_previous=bool(has_previous)
    )


@register.simple_tag
def country_rows(beside: Countries) -> SafeString:
    """A row for each country."""
    return rendering.country_rows(beside)


@register.simple_tag
def number_cell(one: Cell) -> SafeString:
    """One cell with a number."""
    return rendering.number_cell(one)
