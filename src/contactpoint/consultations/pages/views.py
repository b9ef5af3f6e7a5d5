"""The list of consultations, and the page of each."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.consultations.compilations import showing as compilations
from contactpoint.consultations.compilations.summing_up import told_summary
from contactpoint.consultations.models import Instrument, Round
from contactpoint.consultations.pages.listing import (
    KINDS,
    counted_by_kind,
    entries,
    told_of,
)
from contactpoint.consultations.questions import said
from contactpoint.consultations.results import showing as results
from contactpoint.consultations.results.addresses import FORMATS, codebook_url, file_url, round_url
from contactpoint.consultations.timing import Standing, ended_at, is_full, last_moment, standing
from contactpoint.consultations.waves import wave_name, waves_with
from contactpoint.glossary.models import Concept, Theme
from contactpoint.glossary.naming import concept_url, theme_url
from contactpoint.kit.context import language_name, same_path, translations, view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE, pick
from contactpoint.kit.locating import Link, roots
from contactpoint.kit.pagination import AddressedPaginator, Slices
from contactpoint.network.addresses import institution_url
from contactpoint.outputs.families import groups, members
from contactpoint.outputs.models import Family
from contactpoint.outputs.relations import family_url

PER_PAGE: Final = 30
FILTERS: Final = ("kind", "theme", "concept")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Open now, then what is over, by kind where a reader wants one."""
    language = _language()
    about, label = _about(request.GET, language)
    found = told_of().filter(**about) if about else told_of()
    if about:
        found = told_of().filter(pk__in=found.order_by().values("pk"))
    counts = counted_by_kind(found)
    kind = request.GET.get("kind", "")
    if kind and kind not in KINDS:
        raise Http404
    if kind:
        found = found.filter(instrument__kind=kind)
    shown = found.select_related("instrument").prefetch_related("themes")
    surveys = shown.exclude(access=Round.Access.STATES).filter(status=Round.Status.OPEN)
    going = [one for one in surveys.order_by("closes_at", "pk")
             if standing(one) is Standing.OPEN]  # fmt: skip
    over = shown.exclude(pk__in=[one.pk for one in going]).order_by("-opens_at", "-pk")
    total = sum(counts.values()) if not kind else counts[kind]
    slices = Slices(total - len(going), lambda start, stop: list(over[start:stop]))
    pages = AddressedPaginator(slices, PER_PAGE, path=request.path, query=request.GET)
    page = pages.asked(request.GET)
    query = _query(request.GET)
    context = {
        **view_context(request),
        "translations": translations(same_path(request), query),
        "feed_url": f"/{language}/consultations/feed.atom",
        "follow": _followed(request.GET),
        "going": entries(going, language) if page.number == 1 else [],
        "over": entries(page.object_list, language),
        "entries": page,
        "previous_url": page.previous_url,
        "next_url": page.next_url,
        "kinds": _kinds(request, counts, kind),
        "about": label,
        "kind_label": KINDS.get(kind, ""),
        "is_filtered": bool(query),
        "total": total,
    }
    return render(request, "consultations/pages/index.html", context)


def _about(query: QueryDict, language: str) -> tuple[dict[str, Any], str]:
    """The theme or the concept in the address, as a condition and as words."""
    for name, model in (("theme", Theme), ("concept", Concept)):
        slug = query.get(name, "")
        if not slug:
            continue
        one = model.objects.filter(slug=slug).first()
        if one is None:
            raise Http404
        return {f"{name}s": one}, pick(one.labels, language)
    return {}, ""


def _query(query: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        if value := query.get(name):
            kept[name] = str(value)
    return kept.urlencode()


def _followed(query: QueryDict) -> str:
    """What the list shows as what is followed: its kinds are types of consultations there."""
    kept = QueryDict(_query(query), mutable=True)
    kind = kept.pop("kind", [])
    kept["kind"] = "consultation"
    kept.setlist("type", kind)
    return kept.urlencode()


def _kinds(request: HttpRequest, counts: dict[str, int], kind: str) -> list[dict[str, Any]]:
    """Links that narrow the list, with counts; all of them first."""

    def url(value: str) -> str:
        kept = QueryDict(_query(request.GET), mutable=True)
        kept.pop("kind", None)
        if value:
            kept["kind"] = value
        tail = kept.urlencode()
        return f"{request.path}?{tail}" if tail else request.path

    made = [("", _("All"), sum(counts.values()))]
    made += [(name, str(KINDS[name]), number) for name, number in counts.items() if number]
    return [
        {"label": label, "count": number, "url": url(name), "selected": name == kind}
        for name, label, number in made
    ]


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """What it is, how to take part, and what came of it."""
    language = _language()
    round = (
        told_of()
        .filter(code=code)
        .select_related(
            "instrument", "version", "institution", "requested_by", "previous__version",
            "previous__instrument", "family",
        )
        .first()
    )  # fmt: skip
    if round is None:
        raise Http404
    context = {
        **view_context(request, Link(_("Consultations"), f"/{language}/consultations/")),
        "round": round,
        "follow": f"thing=consultation:{round.pk}",
        "title": said(round.labels, language),
        "introduction": said(round.introductions, language),
        "summary": told_summary(round, language),
        "kind_label": KINDS[round.instrument.kind],
        "themes": [
            {"label": pick(one.labels, language), "url": theme_url(one.slug, language),
             "hue": one.hue}
            for one in round.themes.all()
        ],
        "concepts": [
            Link(pick(one.labels, language), concept_url(one.slug, language))
            for one in round.concepts.all()
        ],
        "asked_by": _asked_by(round, language),
        "waves": _waves(round, language),
        "languages": [language_name(one) for one in round.languages],
        "ends_at": ended_at(round),
    }  # fmt: skip
    if round.instrument.kind == Instrument.Kind.SURVEY and not round.is_of_states:
        context |= _taking_part(round, language) | results.context(round, request)
        context["files"] = [(one.upper(), file_url(round.code, language, one)) for one in FORMATS]
        context["files"].append((_("Codebook (CSV)"), codebook_url(round.code, language)))
        query = context.get("filter_query", "")
        context["translations"] = translations(same_path(request), query)
    else:
        context |= compilations.context(round, request)
        context["showing_template"] = compilations.TEMPLATE
        context |= _study(round, request, language)
    return render(request, "consultations/pages/detail.html", context)


def _study(round: Round, request: HttpRequest, language: str) -> dict[str, Any]:
    """What was published of a study, part by part; nothing of what isn't on the web."""
    if round.family is None:
        return {}
    shown = members(round.family, roots(request), language)
    parts = groups(round.family, shown) if round.family.form == Family.Form.STUDY else []
    return {
        "study_parts": [one for one in parts if one.entries],
        "study_url": family_url(round.family.form, round.family.slug, language),
    }


def _taking_part(round: Round, language: str) -> dict[str, Any]:
    """Whether one may answer now, and where."""
    state = standing(round)
    is_open = state is Standing.OPEN and not is_full(round)
    has_link = is_open and round.access == Round.Access.OPEN
    return {
        "is_open": is_open,
        "results_from": last_moment(round)
        if round.published_at and state is Standing.ENDING
        else None,
        "is_over": state in (Standing.OVER, Standing.ENDING),
        "answer_url": f"{round_url(round.code, language)}answer/" if has_link else "",
    }


def _asked_by(round: Round, language: str) -> Link | None:
    one = round.institution
    if one is None:
        return None
    return Link(pick(one.labels, language), institution_url(one.slug, language))


def _waves(round: Round, language: str) -> list[dict[str, Any]]:
    """The rounds that follow each other with this one and that anybody may know of, in their
    order."""
    if round.instrument.kind != Instrument.Kind.SURVEY:
        return []
    found = told_of().filter(pk__in=waves_with(round)).order_by("opens_at", "pk")
    made = [
        {
            "name": wave_name(one),
            "url": round_url(one.code, language),
            "is_this": one.pk == round.pk,
        }
        for one in found
    ]
    return made if len(made) > 1 else []


def _language() -> str:
    return get_language() or FALLBACK_LANGUAGE
