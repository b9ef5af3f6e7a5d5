"""The admin's pages of unknown keywords: the list, one keyword, and what was decided."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contactpoint.glossary.deciding import LabelTakenError, conflict
from contactpoint.glossary.languages import name_within
from contactpoint.glossary.models import Concept, Decision
from contactpoint.glossary.models.decisions import key_of
from contactpoint.kit.admin_pages import framed, paged
from contactpoint.outputs import resolving
from contactpoint.outputs.suggesting import keys_of
from contactpoint.outputs.worklist import (
    Keyword,
    Worklist,
    describe,
    may_map,
    worklist,
)
from contactpoint.outputs.worklist_forms import MapForm, MergeForm, ProposeForm, languages_for

PER_PAGE: Final = 20
ABOVE: Final = ("outputs_keywords", gettext_lazy("Unknown keywords"))
_LONGEST: Final = 200
_MOST_OTHERS: Final = 200
_NO_CONCEPT: Final = gettext_lazy("This concept is no longer in use. Choose another one.")


def _require(request: HttpRequest) -> None:
    if not may_map(request.user):
        raise PermissionDenied


@require_safe
def keywords(request: HttpRequest) -> HttpResponse:
    """All that waits, the most used first; `q` narrows it to strings that contain it."""
    _require(request)
    found = worklist(request.user)
    query = request.GET.get("q", "").strip()[:_LONGEST]
    waiting = [each for each in found.waiting if key_of(query) in each.key]
    listed = paged(request, waiting, PER_PAGE)
    rows = list(listed["items"])
    describe(rows, request.user)
    mine = Decision.objects.filter(source=Decision.Source.WORKLIST, user=request.user.pk)
    context = framed(
        _("Unknown keywords"),
        ABOVE,
        worklist=found,
        keywords=rows,
        query=query,
        last=mine.select_related("concept").first(),
        **listed,
    )
    return render(request, "outputs/admin/keywords.html", context)


@require_safe
def decided(request: HttpRequest) -> HttpResponse:
    """What editors decided, the newest first, each to be taken back."""
    _require(request)
    rows = (
        Decision.objects.filter(source=Decision.Source.WORKLIST)
        .select_related("concept", "user")
        .order_by("-decided_at", "-pk")
    )
    context = framed(_("Decided keywords"), ABOVE, **paged(request, rows, PER_PAGE))
    return render(request, "outputs/admin/keywords_decided.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def keyword(request: HttpRequest) -> HttpResponse:
    """One keyword with every decision that there is; a POST says `action` and its fields."""
    _require(request)
    data = request.POST if request.method == "POST" else request.GET
    found = worklist(request.user)
    each = _find(found, data.get("key", ""))
    if each is None:
        return _gone(request)
    describe([each], request.user)
    context = framed(
        each.text,
        ABOVE,
        keyword=each,
        others=[one.text for one in found.waiting if one.key != each.key][:_MOST_OTHERS],
        map_form=MapForm(keyword=each),
        merge_form=MergeForm(),
        propose_form=ProposeForm(keyword=each),
        languages=languages_for(each.language),
        language=_language(each),
    )
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("action", ""))
        if act is None:
            raise BadRequest("No such action.")
        try:
            if act(request, each, context):
                return _back(request)
        except LabelTakenError as taken:
            _refuse(taken, context)
        except resolving.MappingError as error:
            context["merge_form"].add_error("other", str(error))
    elif "conflict" in request.GET:
        concept = _concept(request.GET["conflict"])
        if concept is None:
            messages.error(request, _NO_CONCEPT)
        else:
            clash = conflict(each.spellings, _chosen(request.GET, each), concept)
            context["map_form"] = MapForm(keyword=each, concept=concept)
            context |= {"taken": clash, "given": concept}
    context["media"] = context["map_form"].media
    return render(request, "outputs/admin/keyword.html", context)


@require_POST
def quick(request: HttpRequest) -> HttpResponse:
    """A decision by one key from the list: `concept` is one of the nearest, or it is no topic."""
    _require(request)
    each = _find(worklist(request.user), request.POST.get("key", ""))
    if each is None:
        return _gone(request)
    if "ignore" in request.POST:
        _ignore(request, each)
        return _back(request)
    concept = _concept(request.POST.get("concept", ""))
    if concept is None:
        messages.error(request, _NO_CONCEPT)
        return _open(each)
    language = _chosen(request.POST, each)
    try:
        _map(request, each, concept, language=language)
    except LabelTakenError:
        # What stands in the way is shown where it can be decided.
        return _open(each, conflict=str(concept.pk), language=language)
    return _back(request)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take a decision back."""
    _require(request)
    key = request.POST.get("key", "")[:_LONGEST]
    undone = resolving.undo_keyword(key, user=request.user)
    text = ngettext(
        "Taken back; %(count)s item has the keyword as typed again.",
        "Taken back; %(count)s items have the keyword as typed again.",
        undone.items,
    )
    messages.success(request, text % {"count": undone.items})
    for label in undone.removed:
        text = _("“%(concept)s”, which was only proposed, is no longer in the glossary.")
        messages.success(request, text % {"concept": label})
    for label, why in undone.kept:
        text = _("“%(concept)s” stays in the glossary: %(why)s.")
        messages.warning(request, text % {"concept": label, "why": why})
    if "list" in request.POST:
        return _back(request)
    return HttpResponseRedirect(reverse("outputs_keywords_decided"))


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Ask the glossary for everything that waits."""
    _require(request)
    known = resolving.ask_again(request.user)
    text = ngettext(
        "The glossary knows %(count)s of them now.",
        "The glossary knows %(count)s of them now.",
        known,
    )
    messages.success(request, text % {"count": known})
    return _back(request)


def _act_ignore(request: HttpRequest, each: Keyword, context: dict[str, Any]) -> bool:
    _ignore(request, each)
    return True


def _act_merge(request: HttpRequest, each: Keyword, context: dict[str, Any]) -> bool:
    form = context["merge_form"] = MergeForm(request.POST)
    if not form.is_valid():
        return False
    other = form.cleaned_data["other"]
    mapped = resolving.merge_keyword(each.keys, other, user=request.user)
    if mapped is None:
        words = {"one": each.text, "other": other}
        messages.success(request, _("“%(one)s” waits with “%(other)s” now.") % words)
    else:
        _tell(request, each, mapped)
    return True


def _act_propose(request: HttpRequest, each: Keyword, context: dict[str, Any]) -> bool:
    form = context["propose_form"] = ProposeForm(request.POST, keyword=each)
    if not form.is_valid():
        return False
    given = form.cleaned_data
    concept, mapped = resolving.propose_keyword(
        each.keys,
        form.labels,
        user=request.user,
        language=given["language"],
        broader=given["broader"],
    )
    messages.success(request, _("“%(concept)s” is proposed.") % {"concept": concept.label})
    _tell(request, each, mapped)
    return True


def _act_map(request: HttpRequest, each: Keyword, context: dict[str, Any]) -> bool:
    form = context["map_form"] = MapForm(request.POST, keyword=each)
    if not form.is_valid():
        return False
    given, action = form.cleaned_data, request.POST["action"]
    _map(
        request,
        each,
        given["concept"],
        language=given["language"],
        only=form.languages,
        remembers=action != "map-only",
        takes_over=action == "map-over",
    )
    return True


_ACTS: Final[dict[str, Callable[[HttpRequest, Keyword, dict[str, Any]], bool]]] = {
    "ignore": _act_ignore,
    "merge": _act_merge,
    "propose": _act_propose,
    "map": _act_map,
    "map-only": _act_map,
    "map-over": _act_map,
}


def _map(request: HttpRequest, each: Keyword, concept: Concept, **how: Any) -> None:
    mapped = resolving.map_keyword(each.keys, concept, user=request.user, **how)
    _tell(request, each, mapped, concept)


def _tell(
    request: HttpRequest, each: Keyword, mapped: resolving.Mapped, concept: Concept | None = None
) -> None:
    text = ngettext(
        "“%(words)s” is understood in %(count)s item.",
        "“%(words)s” is understood in %(count)s items.",
        mapped.items,
    )
    if concept is not None:
        text = ngettext(
            "“%(words)s” means %(concept)s in %(count)s item.",
            "“%(words)s” means %(concept)s in %(count)s items.",
            mapped.items,
        )
    names = {"words": each.text, "count": mapped.items, "concept": concept.label if concept else ""}
    kept = _("It is not remembered for the next time.")
    if mapped.learnt:
        spoken = name_within(mapped.language, get_language() or "en")
        kept = _("It is remembered as a word in %(language)s.") % {"language": spoken}
    elif mapped.is_label:
        kept = _("It is a label of the concept.")
    messages.success(request, f"{text % names} {kept}")


def _ignore(request: HttpRequest, each: Keyword) -> None:
    resolving.ignore_keyword(each.keys, each.spellings, user=request.user)
    messages.success(request, _("“%(words)s” is no topic.") % {"words": each.text})


def _find(found: Worklist, key: str) -> Keyword | None:
    return next((each for each in found.waiting if each.key == key), None)


def _refuse(taken: LabelTakenError, context: dict[str, Any]) -> None:
    """Say so beside the form that was used, and offer what can be decided."""
    if context["propose_form"].is_bound:
        context["propose_form"].refuse(taken)
        return
    context |= {"taken": taken, "given": taken.concept}
    if context["merge_form"].is_bound:
        message = _("“%(words)s” is a label already. Decide above which concept it means.")
        context["merge_form"].add_error("other", message % {"words": taken.words})


def _concept(given: str) -> Concept | None:
    usable = Concept.objects.exclude(status=Concept.Status.DEPRECATED)
    return usable.filter(pk__in=keys_of([given])).first()


def _language(each: Keyword) -> str:
    return each.language or "en"


def _chosen(data: QueryDict, each: Keyword) -> str:
    """The language that was chosen for the keyword; one that there is not counts as none."""
    given = data.get("language", "")
    return given if given in dict(languages_for(each.language)) else _language(each)


def _open(each: Keyword, **more: str) -> HttpResponse:
    query = urlencode({"key": each.key, **more})
    return HttpResponseRedirect(f"{reverse('outputs_keyword')}?{query}")


def _gone(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Somebody has decided on this keyword already."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    given = request.POST.get("p", "")
    query = f"?p={given}" if given.isdecimal() and len(given) < 7 else ""
    return HttpResponseRedirect(reverse("outputs_keywords") + query)
