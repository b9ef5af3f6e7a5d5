"""Feeds of the site, of each list with its filters, of each theme and of each concept."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contactpoint.glossary.models import Concept, Theme
from contactpoint.glossary.naming import theme_tree, with_narrower
from contactpoint.kit.feeds import (
    MOST_ITEMS,
    MOST_PAGES,
    answered,
    page_asked,
    refused,
    under,
    unfiltered,
)
from contactpoint.kit.held import held, is_holding
from contactpoint.kit.locating import roots
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.feeds import KEEPING, feed
from contactpoint.outputs.filters import narrowed, select, unanswerable
from contactpoint.outputs.listing import names_for, of_kind
from contactpoint.outputs.models import (
    Classification,
    Output,
    OutputCountry,
    OutputInstitution,
    OutputTheme,
)
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.programme import announced, programme
from contactpoint.outputs.querysets import entries, entries_of, in_order, newest_first, offered


@require_safe
def site_feed(request: HttpRequest, ending: str) -> HttpResponse:
    """All that is new, of every kind."""
    return answer(request, ending, "", offered(_language()))


@require_safe
def list_feed(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """A list with the reader's filters; one that nobody knows is refused, not left out."""
    language = _language()
    kind = next((kind for kind, (name, _label) in LISTS.items() if name == slug), None)
    if kind is None:
        raise Http404
    selection = select(
        request.GET, names_for(kind), kind=kind, language=language, tree=theme_tree(language)
    )
    if unknown := unanswerable(request.GET, selection):
        return refused(unknown)
    chosen = [label for labels in selection.chosen.values() for label in labels.values()]
    title = ", ".join([str(LISTS[kind][1]), *chosen])
    outputs = narrowed(of_kind(kind, language), selection)
    query = "&".join(selection.tokens())
    return answer(request, ending, title, outputs, kind=kind, query=query)


@require_safe
def programme_feed(request: HttpRequest, ending: str) -> HttpResponse:
    """What is planned, is delayed or has appeared, what changed last first."""
    if unknown := unfiltered(request.GET):
        return refused(unknown)
    language = _language()
    page_url = under(request)
    plans = programme(language, roots(request))
    made = feed(
        _("Work programme"),
        language,
        page_url=page_url,
        under=page_url,
        shown=announced(plans, language, page_url)[:MOST_ITEMS],
    )
    return answered(request, made, ending, KEEPING)


@require_safe
def institution_feed(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What an institution wrote, published, commissioned or is named in."""
    institution = get_object_or_404(Institution, slug=slug)
    pages = OutputInstitution.objects.filter(institution=institution).order_by().values("page")
    return answer(request, ending, institution.label, offered(_language()).filter(pk__in=pages))


@require_safe
def theme_feed(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What is about a theme or about one of its children."""
    theme = get_object_or_404(Theme, slug=slug)
    pks = [theme.pk, *theme.children.values_list("pk", flat=True)]
    pages = OutputTheme.objects.filter(theme__in=pks).order_by().values("page")
    return answer(request, ending, theme.label, offered(_language()).filter(pk__in=pages))


@require_safe
def concept_feed(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What is about a concept or about a narrower one."""
    concept = get_object_or_404(Concept.objects.exclude(status="deprecated"), slug=slug)
    pks = with_narrower({concept.pk})
    pages = Classification.objects.filter(concept__in=pks).order_by().values("page")
    return answer(request, ending, concept.label, offered(_language()).filter(pk__in=pages))


@require_safe
def country_feed(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """What is about a country; the page that shows the same is the search narrowed to it."""
    country = get_object_or_404(Country, code=code.upper())
    pages = OutputCountry.objects.filter(country=country).order_by().values("page")
    language = _language()
    return answer(
        request,
        ending,
        country.label,
        offered(language).filter(pk__in=pages),
        page_url=f"/{language}/search/?country={country.code}",
    )


def answer(
    request: HttpRequest,
    ending: str,
    title: str,
    outputs: "QuerySet[Output]",
    *,
    kind: str = "",
    query: str = "",
    page_url: str = "",
) -> HttpResponse:
    """The newest of `outputs` as a feed, or a later page of it; `query` are its filters, and one
    that has none refuses them all."""
    if not query and (unknown := unfiltered(request.GET)):
        return refused(unknown)
    language = _language()
    tail = f"?{query}" if query else ""
    page = page_asked(request)
    start = (page - 1) * MOST_ITEMS
    shown = _slice(
        newest_first(outputs, kind), start, (language, under(request), query), roots(request)
    )
    if page > 1 and not shown:
        raise Http404
    made = feed(
        title,
        language,
        page_url=page_url or under(request) + tail,
        under=under(request),
        query=query,
        shown=shown,
        page=page,
        has_next=len(shown) > MOST_ITEMS and page < MOST_PAGES,
    )
    return answered(request, made, ending, KEEPING)


def _slice(
    outputs: "QuerySet[Output]", start: int, key: tuple[str, ...], known_roots: dict[str, str]
) -> list[Entry]:
    """A page of what a feed tells, and one more where there is one. The order of all that it can
    tell is held: to find the newest may mean to look at all."""
    language, stop = key[0], start + MOST_ITEMS + 1
    if not is_holding():
        return entries(outputs[start:stop], language, known_roots)
    order = held(("feed", *key), lambda: in_order(outputs[: MOST_ITEMS * MOST_PAGES + 1]))
    return entries_of(order[start:stop], language, known_roots)


def _language() -> str:
    return get_language() or "en"
