"""The review list in the admin: what was found beside its source, and an editor's decisions."""

from collections.abc import Sequence
from typing import Any, Final, cast

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contactpoint.glossary.models import Theme
from contactpoint.intake import actions
from contactpoint.intake.actions.publishing import edited
from contactpoint.intake.errors import IntakeError
from contactpoint.intake.forms import MendForm
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.intake.presentation import Entry, Labels, entries
from contactpoint.intake.rights import SEE, may_decide, may_publish, require
from contactpoint.kit.admin_pages import framed, paged
from contactpoint.network.models import Country, Institution

PER_PAGE: Final = 20
AT_ONCE: Final = 200
"""So many pages at most are removed while the editor waits; more are left to the worker."""
_WAITING: Final = Q(items__status__in=actions.WAITING)


def page_context(title: str, crumbs: Sequence[tuple[str, str]], **context: Any) -> dict[str, Any]:
    """What the admin's page needs around its content."""
    return framed(title, ("imports", _("Imports")), *crumbs, **context)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All imports, newest first."""
    require(request.user.has_perm(SEE))
    runs = (
        ImportRun.objects.annotate(
            total=Count("items"),
            waiting=Count("items", filter=_WAITING),
            accepted=Count("items", filter=Q(items__status=ImportedItem.Status.ACCEPTED)),
        )
        .select_related("user")
        .order_by("-started_at", "-pk")
    )
    context = page_context(_("Imports"), [], **paged(request, runs, PER_PAGE))
    return render(request, "intake/runs.html", context)


@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: each item's source beside what was inferred from it."""
    require(request.user.has_perm(SEE))
    found = get_object_or_404(ImportRun, pk=pk)
    waits = request.GET.get("show") == "waiting"
    rows = found.items.select_related("page").order_by("position", "pk")
    if waits:
        rows = rows.filter(status__in=actions.WAITING)
    listed = paged(request, rows, PER_PAGE)
    items = list(listed["page_obj"].object_list)
    theirs = edited([item for item in items if item.status == ImportedItem.Status.CHANGED])
    states = dict(found.items.order_by().values_list("status").annotate(Count("pk")))
    context = page_context(
        found.source,
        [("", found.source)],
        run=found,
        entries=entries(items, labels(), theirs),
        states=[(label, states.get(value, 0)) for value, label in ImportedItem.Status.choices],
        waiting=sum(states.get(value, 0) for value in actions.WAITING),
        only_waiting=waits,
        may_decide=may_decide(request.user),
        may_publish=may_publish(request.user, found),
        **listed,
    )
    return render(request, "intake/run.html", context)


def labels() -> Labels:
    """Names of themes, institutions and countries by their keys, in the active language."""
    return {
        label: {getattr(row, key): row.label for row in model.objects.all()}
        for label, model, key in (
            ("themes", Theme, "slug"),
            ("institutions", Institution, "slug"),
            ("countries", Country, "code"),
        )
    }


@require_POST
def accept_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish all that waits."""
    found = get_object_or_404(ImportRun, pk=pk)
    require(may_publish(request.user, found))
    count = actions.accept_all(found, user=request.user)
    text = ngettext("%(count)s page is online.", "%(count)s pages are online.", count)
    messages.success(request, text % {"count": count})
    return _back(request, found)


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take the whole import back."""
    found = get_object_or_404(ImportRun, pk=pk)
    require(may_publish(request.user, found))
    if found.status == ImportRun.Status.UNDOING:
        messages.info(request, _("The import is being undone. Come back in some minutes."))
        return _back(request, found)
    made = found.accepted_items.exclude(page=None).count()
    if request.method == "POST" and made > AT_ONCE:
        actions.undo_later(found, user=request.user)
        text = ngettext(
            "%(count)s page is being removed. Come back in some minutes.",
            "%(count)s pages are being removed. Come back in some minutes.",
            made,
        )
        messages.success(request, text % {"count": made})
        return _back(request, found)
    if request.method == "POST":
        result = actions.undo(found, user=request.user)
        text = ngettext(
            "The import is undone: %(count)s page was removed.",
            "The import is undone: %(count)s pages were removed.",
            result.removed,
        )
        messages.success(request, text % {"count": result.removed})
        for title in result.left:
            left = _("“%(title)s” stays, because an editor has changed or translated it since.")
            messages.warning(request, left % {"title": title})
        if not result.removed and not result.left:
            _say_whose(request, found)
        return _back(request, found)
    crumbs = [(reverse("import_run", args=[pk]), found.source), ("", _("Undo"))]
    context = page_context(_("Undo this import?"), crumbs, run=found, made=made)
    return render(request, "intake/undo.html", context)


def _say_whose(request: HttpRequest, found: ImportRun) -> None:
    for other, count in actions.taken_elsewhere(found):
        text = ngettext(
            "%(count)s of its items is online through import %(number)s.",
            "%(count)s of its items are online through import %(number)s.",
            count,
        )
        messages.info(request, text % {"count": count, "number": other})


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish one item."""
    item = _item(pk)
    require(may_publish(request.user, item.run))
    if actions.accept([item], user=request.user):
        item.refresh_from_db()
        messages.success(request, _("“%(title)s” is online.") % {"title": _title(item)})
    else:
        messages.warning(request, _("Somebody has already decided on this item."))
    return _back(request, item.run, item)


@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one item out."""
    item = _item(pk)
    require(may_decide(request.user))
    actions.reject(item)
    messages.success(request, _("“%(title)s” is rejected.") % {"title": _title(item)})
    return _back(request, item.run, item)


@require_http_methods(["GET", "POST"])
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """One item with a field for everything; saving may accept it at once."""
    item = _item(pk)
    require(may_decide(request.user))
    if item.status not in (*actions.WAITING, ImportedItem.Status.REJECTED):
        messages.warning(request, _("This item has been decided. Edit its page instead."))
        return _back(request, item.run, item)
    publishes = may_publish(request.user, item.run)
    form = MendForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        item = actions.mend(item, form.changes())
        if "accept" in request.POST:
            require(publishes)
            actions.accept([item], user=request.user)
            messages.success(request, _("“%(title)s” is online.") % {"title": _title(item)})
        else:
            messages.success(request, _("“%(title)s” is mended.") % {"title": _title(item)})
        return _back(request, item.run, item)
    crumbs = [(reverse("import_run", args=[item.run_id]), item.run.source), ("", _("Mend"))]
    context = page_context(
        _("Mend item %(position)s") % {"position": item.position},
        crumbs,
        form=form,
        item=item,
        entry=Entry.of(item, {}, set()),
        may_publish=publishes,
        where=_where(request),
        queue=_from_queue(request),
    )
    return render(request, "intake/mend.html", context)


def _item(pk: int) -> ImportedItem:
    return get_object_or_404(ImportedItem.objects.select_related("run"), pk=pk)


def _title(item: ImportedItem) -> str:
    return cast(str, item.inferred["title"])


def _where(request: HttpRequest) -> str:
    """The page of the list that the editor came from, and nothing else of the query."""
    given = request.POST.get("p") or request.GET.get("p") or ""
    return given if given.isdecimal() and len(given) < 7 else ""


def _from_queue(request: HttpRequest) -> bool:
    return "queue" in request.POST or "queue" in request.GET


def _back(request: HttpRequest, found: ImportRun, item: ImportedItem | None = None) -> HttpResponse:
    page = _where(request)
    query = f"?p={page}" if page else ""
    if _from_queue(request):
        return HttpResponseRedirect(reverse("import_queue") + query)
    anchor = f"#item-{item.pk}" if item else ""
    return HttpResponseRedirect(reverse("import_run", args=[found.pk]) + query + anchor)


def told(view: Any) -> Any:
    """An action that can't be done tells the editor why instead of failing."""

    def wrapped(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return cast(HttpResponse, view(request, pk))
        except IntakeError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("imports"))

    return wrapped
