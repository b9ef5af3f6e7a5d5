"""What the edit form's script asks for: concepts for a text that is not saved yet."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.permissions import page_permission_policy

from contactpoint.outputs.suggesting import keys_of, suggested


@require_POST
def suggest(request: HttpRequest) -> JsonResponse:
    """`{"suggestions": [{pk, slug, label, broader, score, evidence, times, reason, why}, …]}`

    For whoever may write pages. Takes `title`, `text`, `language` and any number of `chosen` keys.
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
    )
    return JsonResponse({"suggestions": [one.as_json() for one in found]})
