"""The addresses of data, for whatever can be chosen."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.statistics.choice import ChoiceError
from contactpoint.statistics.offering.answering import asked_whether, offered, refused
from contactpoint.statistics.offering.formats import FORMATS
from contactpoint.statistics.offering.gathering import (
    NothingThereError,
    comparison_table,
    country_table,
    indicator_table,
)
from contactpoint.statistics.offering.tables import Table

View = Callable[..., HttpResponse]


def _for_programs(gather: Callable[..., Table]) -> View:
    """Answers with the table in a format; says what is wrong where there is none."""

    @wraps(gather)
    def view(request: HttpRequest, format: str, **named: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return asked_whether()
        if request.method not in ("GET", "HEAD"):
            response = refused(_("Data are only read here."), 405)
            response["Allow"] = "GET, HEAD, OPTIONS"
            return response
        if format not in FORMATS:
            return refused(
                _("There is no format “%(format)s”. There are: %(formats)s.")
                % {"format": format[:20], "formats": ", ".join(FORMATS)},
                404,
            )
        try:
            table = gather(request, **named)
        except NothingThereError as error:
            return refused(str(error), 404)
        except ChoiceError as error:
            return refused(str(error), 400)
        return offered(request, table, format)

    return view


@_for_programs
def indicator_data(request: HttpRequest, name: str) -> Table:
    """An indicator, by place and period."""
    return indicator_table(name, request.GET, _language())


@_for_programs
def country_data(request: HttpRequest, code: str) -> Table:
    """All indicators of a country, beside the EU's."""
    return country_table(code, request.GET, _language())


@_for_programs
def comparison_data(request: HttpRequest) -> Table:
    """Countries beside each other."""
    return comparison_table(request.GET, _language())


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE
