"""The page on which somebody sees where they are signed in, and ends it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contactpoint.accounts import devices
from contactpoint.accounts.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """A POST ends the one that `end` names, or all `others`."""
    user = cast(User, request.user)
    if request.method == "POST":
        wanted = request.POST.get("end", "")
        if wanted == "others":
            devices.end_others(request)
            messages.success(request, _("All other sessions have ended."))
        elif wanted.isdecimal() and len(wanted) < 19 and devices.end(user, int(wanted)):
            messages.success(request, _("That session has ended."))
        return HttpResponseRedirect(reverse("account_sessions"))
    rows = list(devices.open_at(user))
    context = {"devices": rows, "here": request.session.session_key}
    return render(request, "account/sessions.html", context)
