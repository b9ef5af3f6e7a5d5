"""The admin's own pages about outputs: suggestions for a form, and what lacks a translation."""

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.permissions import page_permission_policy

from contactpoint.kit.admin_pages import paged
from contactpoint.outputs.dashboard import missing, sources_only
from contactpoint.outputs.models import Output
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.suggesting import keys_of, suggested


@require_POST
def suggest(request: HttpRequest) -> JsonResponse:
    """`{"suggestions": [{pk, slug, label, broader, path, score, evidence, quotes, …}, …]}`

    For whoever may write pages. Takes `title`, `text`, `language` and any number of `chosen` and
    `refused` keys; the fields are those of `Suggested`.
    """
    if not page_permission_policy.user_has_any_permission(request.user, {"add", "change"}):
        raise PermissionDenied
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return JsonResponse({"error": _("This language has no pages.")}, status=400)
    found = suggested(
        request.POST.get("title", ""),
        request.POST.get("text", ""),
        language,
        chosen=keys_of(request.POST.getlist("chosen")),
        refused=keys_of(request.POST.getlist("refused")),
    )
    return JsonResponse({"suggestions": [one.as_json() for one in found]})


@require_safe
def untranslated(request: HttpRequest) -> HttpResponse:
    """The items of a kind that are not there in a language, of those that the editor may change."""
    if not request.GET:
        return redirect("wagtailadmin_home")  # where the numbers stand that lead here
    kind, language = request.GET.get("kind", ""), request.GET.get("language", "")
    languages = dict(settings.LANGUAGES)
    if kind not in LISTS or language not in languages:
        raise BadRequest("No such kind or language.")
    heading = _("%(kind)s missing in %(language)s") % {
        "kind": LISTS[kind][1],
        "language": languages[language],
    }
    listed = paged(request, sources_only(missing(request.user, kind, language)))
    shown = Output.objects.select_related("locale").in_bulk(list(listed["items"]))
    context = {
        "heading": heading,
        "pages": [shown[pk] for pk in listed["items"] if pk in shown],
        "may_translate": request.user.has_perm("wagtail_localize.submit_translation"),
        **listed,
    }
    return render(request, "outputs/admin/missing.html", context)
