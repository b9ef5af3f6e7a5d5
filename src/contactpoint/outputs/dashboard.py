"""What of the outputs waits for an editor: new ones to write, drafts, translations that miss."""

from collections import Counter, defaultdict
from typing import Any, Final

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from contactpoint.kit.dashboard import Line, Row, Section
from contactpoint.kit.rights import WRITES_ORIGINALS
from contactpoint.outputs.models import (
    Development,
    Event,
    NewsItem,
    Output,
    Publication,
    Vacancy,
    Video,
)
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.rights import editable
from contactpoint.outputs.worklist import may_map, worklist

KINDS: Final[dict[str, type[Output]]] = {
    str(model.KIND): model for model in (NewsItem, Publication, Event, Video, Vacancy, Development)
}
MOST_DRAFTS: Final = 8
MOST_KEYWORDS: Final = 5


def new_items(request: HttpRequest) -> Section | None:
    """A button for each kind, under its list in the editor's language."""
    lists = _lists(get_language() or settings.LANGUAGE_CODE) or _lists(settings.LANGUAGE_CODE)
    actions = [
        Line(
            capfirst(model._meta.verbose_name),
            reverse("wagtailadmin_pages:add", args=["outputs", model._meta.model_name, page.pk]),
        )
        for kind, model in KINDS.items()
        if (page := lists.get(kind)) and page.permissions_for_user(request.user).can_add_subpage()
    ]
    publications = lists.get(str(Publication.KIND))
    if publications and publications.permissions_for_user(request.user).can_add_subpage():
        actions.append(Line(_("Quarterly of a period"), reverse("outputs_quarterly")))
        actions.append(Line(_("Report of figures"), reverse("outputs_figure_report")))
    return Section("new", _("New"), 10, actions=actions) if actions else None


def drafts(request: HttpRequest) -> Section | None:
    """The newest drafts that this editor may open."""
    pages = Output.objects.filter(pk__in=editable(request.user).values("pk"))
    pages = pages.filter(has_unpublished_changes=True)
    newest = pages.select_related("locale").order_by("-latest_revision_created_at", "-pk")
    lines = [
        Line(
            page.get_admin_display_title(),
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            f"{page.get_kind_display()} · {page.locale.language_code}"
            + (
                f" · {naturaltime(page.latest_revision_created_at)}"
                if page.latest_revision_created_at
                else ""
            ),
            page.locale.language_code,
        )
        for page in newest[:MOST_DRAFTS]
    ]
    return Section("drafts", _("Drafts"), 20, lines=lines, empty=_("No drafts."))


def translations(request: HttpRequest) -> Section | None:
    """How many published items of each kind are not there in a language."""
    pages = may_change(request.user).filter(live=True)
    all_of: dict[str, int] = dict(
        pages.order_by().values_list("kind").annotate(Count("translation_key", distinct=True))
    )
    if not all_of:
        return None
    there: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, language, number in (
        pages.order_by()
        .values_list("kind", "locale__language_code")
        .annotate(Count("translation_key", distinct=True))
    ):
        there[kind][language] = number
    rows = [
        Row(
            str(LISTS[kind][1]),
            [
                _cell(kind, language, all_of[kind] - there[kind][language])
                for language, _name in settings.LANGUAGES
            ],
        )
        for kind in KINDS
        if kind in all_of
    ]
    columns = [name for _language, name in settings.LANGUAGES]
    return Section("translations", _("Translations missing"), 40, columns=columns, rows=rows)


def unknown_keywords(request: HttpRequest) -> Section | None:
    """The most used strings that nobody understood."""
    if not may_map(request.user):
        return None
    found = worklist(request.user)
    if not found.waiting:
        return None
    lines = [
        Line(
            each.text,
            f"{reverse('outputs_keyword')}?{urlencode({'key': each.key})}",
            ngettext("%(count)s item", "%(count)s items", each.items) % {"count": each.items},
            each.language,
        )
        for each in found.waiting[:MOST_KEYWORDS]
    ]
    more = ngettext("%(count)s waits", "All %(count)s that wait", len(found.waiting))
    address = reverse("outputs_keywords")
    return Section(
        "keywords",
        _("Unknown keywords"),
        50,
        lines=lines,
        more=Line(more % {"count": len(found.waiting)}, address),
    )


def missing(user: Any, kind: str, language: str) -> "QuerySet[Output]":
    """The published items of a kind that are not there in a language, the newest first."""
    other = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=language, live=True
    )
    return (
        may_change(user)
        .filter(~Exists(other), live=True, kind=kind)
        .order_by("-published_on", "-pk")
    )


def may_change(user: Any) -> "QuerySet[Output]":
    """The outputs that this user may edit; a translator also translates what is public."""
    mine = Q(pk__in=editable(user).values("pk"))
    if not user.has_perm(WRITES_ORIGINALS):
        by_place = page_permission_policy.instances_user_has_permission_for(user, "change")
        mine |= Q(pk__in=by_place.order_by().values("pk"), live=True)
    return Output.objects.filter(mine)


def sources_only(pages: "QuerySet[Output]") -> list[int]:
    """One key for each item: of its first version in the order of the portal's languages.

    Only keys are read: there may be thousands, of which somebody looks at fifty.
    """
    order = {code: place for place, (code, _name) in enumerate(settings.LANGUAGES)}
    first: dict[Any, tuple[int, int]] = {}
    for pk, key, language in pages.values_list("pk", "translation_key", "locale__language_code"):
        place = order.get(language, len(order))
        if key not in first or place < first[key][0]:
            first[key] = place, pk
    return [pk for _place, pk in first.values()]


def _cell(kind: str, language: str, number: int) -> tuple[str, str]:
    if not number:
        return "–", ""
    query = urlencode({"kind": kind, "language": language})
    return str(number), f"{reverse('outputs_missing')}?{query}"


def _lists(language: str) -> dict[str, Page]:
    kinds = {slug: kind for kind, (slug, _name) in LISTS.items()}
    pages = Page.objects.filter(
        locale__language_code=language.split("-", maxsplit=1)[0], slug__in=kinds, depth=3
    )
    return {kinds[page.slug]: page.specific_deferred for page in pages}
