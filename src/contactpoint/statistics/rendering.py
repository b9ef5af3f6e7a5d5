"""Rows of tables as HTML. A page has some hundred cells; a template takes five times as long for
them as all the rest of the page, so that these are written by hand. All text is escaped here."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from contactpoint.statistics.showing import Cell, Countries, PeriodRow


def cell(one: Cell) -> str:
    """A number with its flags; that there is none is said in words, too."""
    said = escape(one.text)
    if one.missing:
        words = escape(one.missing)
        said = f'<span role="img" aria-label="{words}" title="{words}">{said}</span>'
    flags = f"<sup>{escape(one.flags)}</sup>" if one.flags else ""
    return f'<td class="number">{said}{flags}</td>'


def number_cell(one: Cell) -> SafeString:
    """The same for a template."""
    return mark_safe(cell(one))  # noqa: S308 — escaped above


def plain(text: str) -> str:
    """A number that is only text."""
    return f'<td class="number">{escape(text)}</td>'


def period_rows(rows: Iterable[PeriodRow], *, has_changes: bool, has_previous: bool) -> SafeString:
    """A row for each period."""
    made = []
    for row in rows:
        cells = "".join(map(cell, row.cells))
        if has_changes:
            cells += (plain(row.previous) if has_previous else "") + plain(row.year)
        anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
        made.append(f'<tr{anchor}><th scope="row">{escape(row.period)}</th>{cells}</tr>\n')
    return mark_safe("".join(made))  # noqa: S308 — escaped above


def country_rows(beside: Countries) -> SafeString:
    """A row for each country."""
    made = []
    for row in beside.rows:
        chosen = ' class="is-chosen"' if row.is_chosen else ""
        cells = cell(row.cell) + plain(row.year)
        if beside.has_shares:
            cells += plain(row.share)
        if beside.has_rates:
            cells += plain(row.rate)
        made.append(
            f'<tr{chosen}><td class="quiet">{escape(row.position)}</td><th scope="row">'
            f'<a href="{escape(row.url)}">{escape(row.name)}</a></th>{cells}</tr>\n'
        )
    return mark_safe("".join(made))  # noqa: S308 — escaped above
