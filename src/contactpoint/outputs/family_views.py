"""The pages of studies and of series, the list of each, and their feeds."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from contactpoint.glossary.naming import Named
from contactpoint.kit.context import view_context
from contactpoint.kit.labels import FALLBACK_LANGUAGE, picked
from contactpoint.kit.locating import Link, roots
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.families import can_be_seen, groups, members
from contactpoint.outputs.family_index import cards
from contactpoint.outputs.models import Family, FamilyLink
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.querysets import offered
from contactpoint.outputs.relations import FORMS, family_url
from contactpoint.outputs.structured import structured_family
from contactpoint.outputs.views import answer

MOST_THEMES = 4
HEADINGS: Final[dict[str, Any]] = {
    Family.Form.STUDY: _("Studies"),
    Family.Form.SERIES: pgettext_lazy("several of them", "Series"),
}
INTRODUCTIONS: Final[dict[str, Any]] = {
    Family.Form.STUDY: _(
        "What the network found out together: each study with its reports, films and events."
    ),
    Family.Form.SERIES: _("What appears again and again, issue by issue."),
}


@require_safe
def families(request: HttpRequest, form: str) -> HttpResponse:
    """All studies, or all series, of which there is something to see."""
    language = get_language() or FALLBACK_LANGUAGE
    other = Family.Form.SERIES if form == Family.Form.STUDY else Family.Form.STUDY
    context = {
        **view_context(request, _publications(language)),
        "heading": HEADINGS[form],
        "introduction": INTRODUCTIONS[form],
        "other_heading": HEADINGS[other],
        "other_url": f"/{language}/{FORMS[other]}/",
        "entries": cards(form),
    }
    return render(request, "outputs/family_list.html", context)


def _publications(language: str) -> Link:
    folder, title = LISTS[Kind.PUBLICATION]
    return Link(str(title), f"/{language}/{folder}/")


@require_safe
def family(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """All that came of a study by its part, or the issues of a series, the newest first."""
    found = get_object_or_404(Family, slug=slug, form=form)
    language = get_language() or FALLBACK_LANGUAGE
    shown = members(found, roots(request), language)
    if not shown and not can_be_seen(found):
        raise Http404
    url = family_url(form, slug, language)
    above = Link(str(HEADINGS[form]), f"/{language}/{FORMS[form]}/")
    parts = groups(found, shown) if form == Family.Form.STUDY else []
    label, label_language = picked(found.labels)
    summary, summary_language = picked(found.summaries)
    context = {
        **view_context(request, _publications(language), above),
        "family": found,
        "label": label,
        "label_language": label_language,
        "summary": summary,
        "summary_language": summary_language,
        "groups": parts,
        "entries": shown,
        "themes": _themes(shown),
        "feed_url": f"{url}feed.atom",
        "structured": structured_family(found, f"{settings.BASE_URL}{url}", language, shown),
    }
    return render(request, f"outputs/{form}.html", context)


def _themes(shown: Sequence[Entry]) -> list[Named]:
    """What most of it is about goes first."""
    named = {theme.slug: theme for one in shown for theme in one.themes}
    counted = Counter(theme.slug for one in shown for theme in one.themes)
    return [named[slug] for slug, _number in counted.most_common(MOST_THEMES)]


@require_safe
def family_feed(request: HttpRequest, slug: str, form: str, ending: str) -> HttpResponse:
    """What came of a study, or what appears in a series."""
    found = get_object_or_404(Family, slug=slug, form=form)
    if not can_be_seen(found):
        raise Http404
    pages = FamilyLink.objects.filter(family=found).order_by().values("page")
    outputs = offered(get_language() or FALLBACK_LANGUAGE).filter(pk__in=pages)
    return answer(request, ending, found.label, outputs)
