"""What failed for good, and the two things that can be done about it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contactpoint.kit import dead_letters, outbox
from contactpoint.kit.admin_pages import PER_PAGE, framed, paged
from contactpoint.kit.dead_letters import job_letter, message_letter
from contactpoint.operations.rights import require_overseer


@require_safe
def failed(request: HttpRequest) -> HttpResponse:
    """Messages first, since others wait for them; then jobs, the newest first."""
    require_overseer(request)
    listed = paged(request, dead_letters.failed_jobs())
    first = listed["page_obj"].number == 1
    parked = outbox.parked()[:PER_PAGE] if first else []
    context = framed(
        _("What failed"),
        ("operations_status", _("State of the portal")),
        letters=[*map(message_letter, parked), *map(job_letter, listed["page_obj"])],
        kept_days=dead_letters.kept_days(),
        **listed,
    )
    return render(request, "operations/admin/failed.html", context)


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Send one, or all, again."""
    require_overseer(request)
    if request.POST.get("key") == "all":
        number = sum(map(dead_letters.send_again, dead_letters.keys()))
        said = ngettext("%(number)s is sent again.", "All %(number)s are sent again.", number)
        messages.success(request, said % {"number": number})
        return HttpResponseRedirect(reverse("operations_failed"))
    return _done(request, dead_letters.send_again, _("It is sent again."))


@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    """Delete one: all at once are given up on the command line alone."""
    require_overseer(request)
    return _done(request, dead_letters.give_up, _("It is given up."))


def _done(request: HttpRequest, act: Callable[[str], bool], said: str) -> HttpResponse:
    key = request.POST.get("key", "")
    if act(key):
        messages.success(request, said)
    else:
        messages.warning(request, _("Somebody else was quicker, or it is gone."))
    return HttpResponseRedirect(reverse("operations_failed"))
