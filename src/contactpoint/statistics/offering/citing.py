"""Where figures come from, how they are cited, and what may be done with them.

Eurostat allows its data to be used again where it is named as the source, and asks that whoever
changes them says so. What stands here says both in the reader's language: the source line is that
of `figures.telling`, so that a page, a file and a sentence say the same.
https://ec.europa.eu/eurostat/help/copyright-notice
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.figures import Figure, Period, Vintage
from contactpoint.figures.telling import Teller
from contactpoint.kit.citing import Cited
from contactpoint.statistics.offering.tables import Part, Table

EUROSTAT: Final = "Eurostat"
BROWSER: Final = "https://ec.europa.eu/eurostat/databrowser/view"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
COPYRIGHT: Final = "https://ec.europa.eu/eurostat/help/copyright-notice"
_ANY: Final = Period(1, 1, "A")


def dataset_address(dataset: str) -> str:
    """The page of a table in Eurostat's data browser."""
    return f"{BROWSER}/{dataset}/default/table"


def source_line(source: str, vintage: Vintage | None, language: str) -> str:
    """“Source: Eurostat (migr_asyappctzm), extracted 17 June 2019”; the month where no day is
    known."""
    figure = Figure(None, _ANY, source=source, vintage=vintage)
    return Teller(language).source_of(figure)


def source_lines(parts: Iterable[Part], language: str) -> list[str]:
    """One for each table that figures were taken from, and for each day."""
    asked = dict.fromkeys(origin for one in parts for origin in one.origins)
    return [source_line(source, vintage, language) for source, vintage in asked]


def remarks(
    *,
    language: str,
    is_computed: bool = False,
    is_example: bool = False,
    is_printed: bool = False,
    publisher: str = EUROSTAT,
) -> list[str]:
    """What has to stand beside figures that aren't, or aren't quite, the source's own."""
    with override(language):
        said = [example()] if is_example else []
        if is_printed:
            said.append(_("As printed at the time, in part rounded; revised since."))
        if is_computed:
            said.append(
                _(
                    "Computed by %(site)s from figures of %(source)s, which is not answerable for "
                    "the result."
                )
                % {"site": settings.SITE_NAME, "source": publisher}
            )
        return said


def example() -> str:
    """What stands wherever a series is made up to show what the portal can do."""
    return _("Example series, not official figures")


def remarks_of(table: Table) -> list[str]:
    """Those of a table as a whole."""
    publishers = dict.fromkeys(one.publisher for one in table.parts if one.is_computed)
    return remarks(
        is_computed=table.is_computed,
        is_example=table.is_example,
        is_printed=any(one.is_printed for one in table.parts),
        language=table.language,
        publisher=", ".join(publishers) or EUROSTAT,
    )


def reuse(language: str) -> str:
    """What readers may do with the data, in a sentence."""
    with override(language):
        return _(
            "You may use these data again, changed or unchanged, if you name the source and say "
            "what you changed (CC BY 4.0)."
        )


def licence_of(table: Table) -> str:
    """The address of the licence; none where something in it isn't Eurostat's."""
    is_theirs = all(
        one.publisher == EUROSTAT and not (one.is_example or one.is_printed) for one in table.parts
    )
    return LICENCE if is_theirs and table.parts else ""


def cited(table: Table) -> Cited:
    """A table for a bibliography: the source wrote it, on the day of the newest extraction."""
    newest = max((one.vintage for one in table.parts if one.vintage), default=None)
    publishers = [*dict.fromkeys(one.publisher for one in table.parts)]
    codes = [*dict.fromkeys(one.dataset for one in table.parts if one.dataset)]
    note = [*source_lines(table.parts, table.language), *remarks_of(table)]
    with override(table.language):
        kind = _("Data set")
    return Cited(
        key="-".join([table.name, *([newest.first.isoformat()] if newest else [])]),
        title=table.title,
        kind=kind,
        url=table.page,
        language=table.language,
        institutions=publishers,
        publishers=[settings.SITE_NAME],
        day=_day(newest),
        is_month=newest is not None and not newest.is_day,
        series=", ".join(codes),
        form="dataset",
        note=". ".join(one.rstrip(".") for one in note),
    )


def _day(vintage: Vintage | None) -> date | None:
    return vintage.first if vintage else None
