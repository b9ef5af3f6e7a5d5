"""Serves what a period brought, as a page and as data, and a country on one page as PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.figures import FiguresError, Period
from contactpoint.figures import period as read_period
from contactpoint.figures.places import is_country, place
from contactpoint.figures.telling import LANGUAGES, Teller
from contactpoint.kit.citing import Cited, sentence
from contactpoint.kit.composing.press import UnprintableError
from contactpoint.kit.context import view_context
from contactpoint.kit.headers import FILE_POLICY
from contactpoint.kit.locating import Link
from contactpoint.kit.spreadsheets import as_csv, as_xlsx
from contactpoint.statistics.addresses import indicator_url, statistics_url
from contactpoint.statistics.cells import cell_url
from contactpoint.statistics.factsheet import printed_country
from contactpoint.statistics.offering.describing import MEDIA_TYPES
from contactpoint.statistics.offering.formats.formats import number
from contactpoint.statistics.report import Row, Told, report
from contactpoint.statistics.report_json import as_json

MAX_AGE: Final = 300
EARLIEST: Final = 1990
"""No indicator begins before; so there is an end to the pages of the past."""
FORMS: Final = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
COLUMNS: Final = (
    *("indicator", "label", "place", "period", "value", "flags", "change_on_previous_percent"),
    *("change_on_year_percent", "vintage", "source", "reason", "sentence"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; `problems` say what in it could not be understood."""

    when: Period
    country: str
    known: date | None
    language: str
    problems: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The report."""
        return report(self.when, country=self.country, language=self.language, until=self.known)

    def query(self) -> str:
        """What of it stands behind the question mark."""
        parts = [f"place={self.country.lower()}"] if self.country != settings.COUNTRY else []
        parts += [f"known={self.known.isoformat()}"] if self.known else []
        return "?" + "&".join(parts) if parts else ""


@require_safe
def period_page(request: HttpRequest, code: str) -> HttpResponse:
    """Each indicator of a period for a country and the EU, with its changes, or why not."""
    asked = _asked(request, code)
    if code != asked.when.code:
        return HttpResponseRedirect(_period_url(asked))
    rows = asked.rows
    teller = Teller(asked.language)
    name = teller.words.period("name", asked.when)
    shown = [_shown(row, asked, teller) for row in rows]
    has_figures = any(told.figure for row in rows for told in row.places)
    later = asked.when.shifted(1)
    known = teller.words.day(asked.known) if asked.known else ""
    context = {
        **view_context(request, Link(_("Statistics"), statistics_url(asked.language))),
        "canonical_url": settings.BASE_URL + _period_url(asked),
        "heading": name[:1].upper() + name[1:],
        "country": teller.words.place(asked.country),
        "rows": shown,
        "has_figures": has_figures,
        **_kinds(rows),
        "problems": asked.problems,
        "known": known,
        "data": [(label, _period_url(asked, form)) for form, label in FORMS.items()],
        "citation": sentence(_cited(asked, rows, name)),
        "earlier": _near(asked, asked.when.previous, teller) if has_figures else None,
        "later": _near(asked, later, teller) if _has_begun(later) else None,
    }
    return render(request, "statistics/period.html", context)


@require_safe
def period_data(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """The same as JSON, CSV or a workbook; what can't be understood is an error."""
    asked = _asked(request, code)
    if form not in FORMS:
        raise Http404
    if asked.problems:
        return JsonResponse({"problems": asked.problems}, status=400)
    rows = asked.rows
    response: HttpResponseBase
    if form == "json":
        response = JsonResponse(
            as_json(asked.when, rows, asked.language), json_dumps_params={"ensure_ascii": False}
        )
    else:
        table = [COLUMNS, *(_cells(row, told) for row in rows for told in row.places)]
        name = f"statistics-{asked.when.code}.{form}"
        if form == "csv":
            response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
        else:
            data = as_xlsx(table, asked.when.code)
            response = HttpResponse(data, content_type=MEDIA_TYPES[form])
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response["Access-Control-Allow-Origin"] = "*"
    response["Link"] = f'<{settings.BASE_URL}{_period_url(asked)}>; rel="canonical"'
    return response


@require_safe
def country_sheet(request: HttpRequest, code: str) -> HttpResponseBase:
    """A country on one page, to be printed: national and EU figures, their course and sources."""
    geo = place(code.upper())
    language = _language()
    if not (code == geo.lower() and is_country(geo) and Teller(language).words.has_place(geo)):
        raise Http404
    try:
        pdf, digest = printed_country(geo, language)
    except (UnprintableError, OSError):
        return HttpResponse(
            _("The sheet can't be made now. Try again in a moment."), status=503,
            headers={"Retry-After": "60"}, content_type="text/plain; charset=utf-8",
        )  # fmt: skip
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{code}-{language}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["Content-Security-Policy"] = FILE_POLICY
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    page_url = settings.BASE_URL + request.path.removesuffix(".pdf") + "/"
    response["Link"] = f'<{page_url}>; rel="canonical"'
    response["ETag"] = etag = f'"{digest}"'
    return get_conditional_response(request, etag=etag, response=response) or response


def _asked(request: HttpRequest, code: str) -> Asked:
    try:
        when = read_period(code)
    except FiguresError:
        raise Http404 from None
    if when.frequency == "S" or when.year < EARLIEST or not _has_begun(when):
        raise Http404
    asked = Asked(when, settings.COUNTRY, None, _language())
    country = place(request.GET.get("place", "")[:20].strip().upper())
    if country and is_country(country) and Teller(asked.language).words.has_place(country):
        asked = replace(asked, country=country)
    elif country:
        said = _("No country is known as “%(code)s”.") % {"code": country}
        asked = replace(asked, problems=(*asked.problems, said))
    known = request.GET.get("known", "")[:20].strip()
    try:
        asked = replace(asked, known=date.fromisoformat(known) if known else None)
    except ValueError:
        said = _("“%(text)s” is no day. Write one as 2019-07-01.") % {"text": known}
        asked = replace(asked, problems=(*asked.problems, said))
    return asked


def _language() -> str:
    language = get_language() or settings.LANGUAGE_CODE
    if language not in LANGUAGES:
        raise Http404
    return language


def _has_begun(when: Period) -> bool:
    return date(when.year, when.month, 1) <= timezone.localdate()


def _period_url(asked: Asked, form: str = "", when: Period | None = None) -> str:
    code = (when or asked.when).code
    end = f".{form}" if form else "/"
    return f"{statistics_url(asked.language)}periods/{code}{end}{asked.query()}"


def _near(asked: Asked, when: Period, teller: Teller) -> dict[str, str] | None:
    if when.year < EARLIEST:
        return None
    name = teller.words.period("name", when)
    return {"url": _period_url(asked, when=when), "label": name[:1].upper() + name[1:]}


def _shown(row: Row, asked: Asked, teller: Teller) -> dict[str, Any]:
    return {
        "label": row.label[:1].upper() + row.label[1:],
        "url": indicator_url(row.name, asked.language),
        "concept_url": f"/{asked.language}/glossary/{row.concept}/",
        "places": [
            {
                "place": teller.words.place(told.geo),
                "value": _value(told, teller),
                "url": _url(row, told, asked),
                "sentence": _sentence(told),
                "why": told.why,
                "source": told.source,
            }
            for told in row.places
        ],
    }


def _kinds(rows: Iterable[Row]) -> dict[str, bool]:
    """Whether any figures are examples, and whether any are official."""
    figures = [told.figure for row in rows for told in row.places if told.figure]
    return {
        "has_example": any(one.is_example for one in figures),
        "has_official": any(not one.is_example for one in figures),
    }


def _cited(asked: Asked, rows: Sequence[Row], name: str) -> Cited:
    """The page as a work: on the day of the newest figure in it."""
    figures = [told.figure for row in rows for told in row.places if told.figure]
    days = [one.vintage.last for one in figures if one.vintage and not one.is_example]
    return Cited(
        key=f"statistics-{asked.when.code}",
        title=_("%(period)s in figures") % {"period": f"{name[:1].upper()}{name[1:]}"},
        kind=_("Data set"),
        url=settings.BASE_URL + _period_url(asked),
        language=asked.language,
        publishers=[settings.SITE_NAME],
        day=max(days, default=None),
        form="dataset",
    )


def _value(told: Told, teller: Teller) -> str:
    value = told.figure.value if told.figure else None
    return teller.words.number(value) if value is not None else ""


def _url(row: Row, told: Told, asked: Asked) -> str:
    if told.figure is None:
        return ""
    return cell_url(row.name, told.figure.geo, told.figure.period, asked.language, asked.known)


def _sentence(told: Told) -> str:
    """Readers aren't told how one loads figures."""
    return _("No figures of this are here yet.") if told.reason == "no-data" else told.sentence


def _cells(row: Row, told: Told) -> list[Any]:
    figure, previous, year = told.figure, told.previous, told.year
    return [
        row.name,
        row.label,
        told.geo,
        figure.period.code if figure else "",
        number(figure.value) if figure and figure.value is not None else None,
        figure.flags if figure else "",
        previous.percent if previous else None,
        year.percent if year else None,
        str(figure.vintage) if figure and figure.vintage else "",
        figure.source if figure else "",
        told.reason,
        _sentence(told),
    ]
