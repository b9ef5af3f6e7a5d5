"""The addresses of data, for whatever can be chosen."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contactpoint.kit.citing import FORMATS as CITATIONS
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.picturing.png import NotEngravedError
from contactpoint.statistics.choice import ChoiceError
from contactpoint.statistics.configured import shown as configured
from contactpoint.statistics.offering.answering import (
    MAX_AGE,
    asked_whether,
    offered,
    opened,
    refused,
    shown,
)
from contactpoint.statistics.offering.citing import cited
from contactpoint.statistics.offering.formats import FORMATS
from contactpoint.statistics.offering.gathering import (
    NothingThereError,
    comparison_table,
    country_table,
    indicator_table,
    table_of,
)
from contactpoint.statistics.offering.picturing import MEDIA_TYPES as PICTURES
from contactpoint.statistics.offering.picturing import chosen_for, drawn, shape_of
from contactpoint.statistics.offering.tables import Table

View = Callable[..., HttpResponse]


def _for_programs(answers: Mapping[str, View]) -> View:
    """Answers in a format by its name; says what is wrong where there is no answer."""
    formats = list(answers)

    def answer(request: HttpRequest, format: str, **named: Any) -> HttpResponse:
        if format not in formats:
            raise NothingThereError(
                _("There is no format “%(format)s”. There are: %(formats)s.")
                % {"format": format[:20], "formats": ", ".join(formats)}
            )
        return answers[format](request, format=format, **named)

    @require_http_methods(["GET", "HEAD", "OPTIONS"])
    def view(request: HttpRequest, format: str, **named: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return asked_whether()
        try:
            return answer(request, format, **named)
        except NothingThereError as error:
            return refused(str(error), 404)
        except ChoiceError as error:
            return refused(str(error), 400)
        except (NotEngravedError, OSError):
            response = refused(_("The picture can’t be made now. Try again in a moment."), 503)
            response["Retry-After"] = "60"
            return response

    return view


def _data(gather: Callable[..., Table]) -> View:
    def data(request: HttpRequest, format: str, **named: Any) -> HttpResponse:
        return offered(request, gather(request, **named), format)

    return data


def _indicator(request: HttpRequest, name: str) -> Table:
    return indicator_table(name, request.GET, _language())


def _country(request: HttpRequest, code: str) -> Table:
    return country_table(code, request.GET, _language())


def _comparison(request: HttpRequest) -> Table:
    return comparison_table(request.GET, _language())


def _cited(gather: Callable[..., Table]) -> View:
    def citation(request: HttpRequest, format: str, **named: Any) -> HttpResponse:
        table = gather(request, **named)
        media_type, write = CITATIONS[format]
        response = opened(HttpResponse(write(cited(table)), content_type=media_type))
        response["Content-Disposition"] = (
            content_disposition_header(True, f"{table.name}.{format}") or "attachment"
        )
        response["Cache-Control"] = f"public, max-age={MAX_AGE}"
        return response

    return citation


def _picture(request: HttpRequest, format: str, name: str) -> HttpResponse:
    return _drawn(request, format, name, shape_of(request.GET))


def _compared_picture(request: HttpRequest, format: str) -> HttpResponse:
    name = request.GET.get("indicator", "").strip() or next(iter(configured()))
    return _drawn(request, format, name, shape_of(request.GET))


def _drawn(request: HttpRequest, format: str, name: str, shape: str) -> HttpResponse:
    found = chosen_for(name, request.GET)
    table = table_of(found, _language())
    return shown(request, table, format, lambda: drawn(found, table, format, shape), shape)


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE


indicator_data = _for_programs(
    dict.fromkeys(FORMATS, _data(_indicator)) | dict.fromkeys(PICTURES, _picture)
)
"""An indicator, by place and period."""
country_data = _for_programs(dict.fromkeys(FORMATS, _data(_country)))
"""All indicators of a country, beside the EU's."""
comparison_data = _for_programs(
    dict.fromkeys(FORMATS, _data(_comparison)) | dict.fromkeys(PICTURES, _compared_picture)
)
"""Countries beside each other."""
citation = _for_programs(dict.fromkeys(CITATIONS, _cited(_indicator)))
"""An indicator for a bibliography: in BibTeX, RIS or CSL-JSON."""
country_citation = _for_programs(dict.fromkeys(CITATIONS, _cited(_country)))
"""The same of a country."""
comparison_citation = _for_programs(dict.fromkeys(CITATIONS, _cited(_comparison)))
"""The same of countries beside each other."""
