"""Files of public results, and what editors see as they come in."""

import hashlib
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.consultations.models import Round
from contactpoint.consultations.questions import Kind
from contactpoint.consultations.reaching import MANAGES, results_are_public
from contactpoint.consultations.results.addresses import FORMATS, responses_url, round_url
from contactpoint.consultations.results.files import csv_of, json_of, xlsx_of
from contactpoint.consultations.results.gathering import (
    Gathered,
    gathered,
    instrument_of,
    public_tables,
    state_of,
)
from contactpoint.consultations.results.questions_shown import Wave, with_words
from contactpoint.consultations.results.showing import BY, Option, results
from contactpoint.consultations.results.structured import MEDIA_TYPES
from contactpoint.consultations.results.tabling import (
    CODEBOOK,
    COLUMNS,
    codebook,
    public_rows,
    response_heading,
    response_rows,
)
from contactpoint.consultations.results.wording import Wording
from contactpoint.consultations.tables.tallies import Tables, counted
from contactpoint.consultations.waves import wave_name
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import Link

MAX_AGE: Final = 300
SHAPE: Final = 3
"""One more whenever a file says the same otherwise."""
MOST_OPTIONS: Final = 200


@require_safe
def public_file(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """The protected tables of a round, with their codebook."""
    round = _round(code)
    instrument = instrument_of(round)
    if format not in FORMATS or instrument is None or not results_are_public(round):
        raise Http404
    language = _language()
    told = f"{SHAPE} {format} {language} {round.pk} {round.updated_at} {state_of(round)}"
    etag = quote_etag(hashlib.blake2b(told.encode(), digest_size=16).hexdigest())
    response = get_conditional_response(request, etag)
    if response is None:
        tables = public_tables(round)
        if tables is None:
            raise Http404
        body = _public_body(round, tables, Wording(instrument, language), format)
        response = _file(body, f"{round.code}-results", format)
    response["ETag"] = etag
    response["Content-Language"] = language
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    page = settings.BASE_URL + round_url(round.code, language)
    response["Link"] = f'<{page}>; rel="about"'
    # Results that are taken back are gone for everybody at once.
    response["Cache-Control"] = "public, no-cache"
    return response


@require_safe
def public_codebook(request: HttpRequest, code: str) -> HttpResponse:
    """What the codes of a public CSV mean; the other files hold it themselves."""
    round = _round(code)
    instrument = instrument_of(round)
    if instrument is None or not results_are_public(round):
        raise Http404
    body = csv_of(CODEBOOK, codebook(Wording(instrument, _language())))
    response = _file(body, f"{round.code}-codebook", "csv")
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response


def _public_body(round: Round, tables: Tables, wording: Wording, format: str) -> bytes:
    rows = public_rows(tables, wording)
    about = _about(round, tables)
    if format == "csv":
        return csv_of(COLUMNS, rows)
    if format == "json":
        return json_of(about, results=(COLUMNS, rows), codebook=(CODEBOOK, codebook(wording)))
    return xlsx_of(
        {_("Results"): (COLUMNS, rows), _("Codebook"): (CODEBOOK, codebook(wording))}, about
    )


def _about(round: Round, tables: Tables) -> list[tuple[str, str | int]]:
    """What a file is, so that nobody takes it for more."""
    told: list[tuple[str, str | int]] = [
        ("title", round.label),
        ("wave", wave_name(round)),
        ("respondents", tables.respondents),
        ("invited", round.invited or ""),
        ("page", settings.BASE_URL + round_url(round.code, _language())),
        ("intervals", "Wilson, 95 %"),
        (
            "hidden",
            _("Numbers under %(least)s are hidden, and others so that these can’t be worked out.")
            % {"least": round.least_shown},
        ),
    ]
    if round.is_example:
        told.append(("example", _("Example, not real")))
    return [(name, said) for name, said in told if said != ""]


@require_safe
def editors_page(request: HttpRequest, code: str) -> HttpResponse:
    """Results as they come in: every number, every text; for those who manage consultations."""
    refusal = _refusal(request)
    if refusal is not None:
        return refusal
    round = _round(code)
    found = gathered(round)
    if found is None or round.is_of_states:
        raise Http404
    language = _language()
    picked = _picked(request, found)
    places = _places(found, *picked) if picked else list(range(len(found.sheet.respondents)))
    tables = counted(found.sheet, background=round.background, among=places)
    wave = Wave(wave_name(round), round, tables, found.instrument)
    then = _earlier(round)
    made = results(wave, None if picked else then, language)
    with_words(made["questions"], found, language, places)
    made["has_hidden"] = False
    made["options"] = []
    context = {
        **view_context(
            request,
            Link(_("Consultations"), f"/{language}/consultations/"),
            Link(round.label, round_url(round.code, language)),
        ),
        "canonical_url": "",
        "round": round,
        "results": made,
        "choices": _choices(found, picked, language),
        "files": [(one.upper(), responses_url(round.code, language, one)) for one in FORMATS],
        "is_for_editors": True,
    }
    return _private(render(request, "consultations/results/editors.html", context))


@require_safe
def responses_file(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """Responses one by one, for those who manage consultations."""
    refusal = _refusal(request)
    if refusal is not None:
        return refusal
    round = _round(code)
    found = gathered(round)
    if found is None or round.is_of_states or format not in FORMATS:
        raise Http404
    heading, rows = response_heading(round, found), response_rows(round, found)
    explained = list(codebook(Wording(found.instrument, _language())))
    about: list[tuple[str, str | int]] = [
        ("title", round.label),
        ("wave", wave_name(round)),
        ("responses", len(rows)),
    ]
    if format == "csv":
        body = csv_of(heading, rows)
    elif format == "json":
        body = json_of(about, responses=(heading, rows), codebook=(CODEBOOK, explained))
    else:
        sheets = {_("Responses"): (heading, rows), _("Codebook"): (CODEBOOK, explained)}
        body = xlsx_of(sheets, about)
    return _private(_file(body, f"{round.code}-responses", format))


def _earlier(round: Round) -> Wave | None:
    """The wave before as it is: editors see all of it."""
    found = gathered(round.previous) if round.previous is not None else None
    if found is None or round.previous is None:
        return None
    tables = counted(found.sheet, background=round.previous.background)
    return Wave(wave_name(round.previous), round.previous, tables, found.instrument)


def _picked(request: HttpRequest, found: Gathered) -> tuple[str, str] | None:
    """The question and the choice in the address; None where there is no such."""
    code, _colon, choice = request.GET.get(BY, "").partition(":")
    question = found.instrument.question(code)
    if question is None or question.kind is not Kind.ONE:
        return None
    known = {one.code for one in found.instrument.choices_of(question)}
    return (code, choice) if choice in known else None


def _places(found: Gathered, code: str, choice: str) -> list[int]:
    people = enumerate(found.sheet.respondents)
    return [place for place, one in people if one.values.get(code) == choice]


def _choices(
    found: Gathered, picked: tuple[str, str] | None, language: str
) -> list[tuple[str, list[Option]]]:
    """Every answer of every question of one choice, to be looked at alone."""
    wording = Wording(found.instrument, language)
    made: list[tuple[str, list[Option]]] = []
    for question in found.instrument.questions():
        if question.kind is not Kind.ONE or len(made) >= MOST_OPTIONS:
            continue
        options = [
            Option(
                wording.category(question, one.code).text,
                f"{question.code}:{one.code}",
                "",
                picked == (question.code, one.code),
            )
            for one in found.instrument.choices_of(question)
        ]
        made.append((wording.question(question).text, options))
    return made


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """For who may not: to sign in where nobody is, else no."""
    user: Any = request.user
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    if not user.has_perm(MANAGES):
        raise PermissionDenied
    return None


def _round(code: str) -> Round:
    related = ("version", "instrument", "institution", "previous__version", "previous__instrument")
    return get_object_or_404(Round.objects.select_related(*related), code=code)


def _file(body: bytes, name: str, format: str) -> HttpResponse:
    kind = MEDIA_TYPES[format]
    response = HttpResponse(
        body, content_type=f"{kind}; charset=utf-8" if format == "csv" else kind
    )
    named = content_disposition_header(format != "json", f"{name}.{format}")
    response["Content-Disposition"] = named or "inline"
    return response


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True, private=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE
