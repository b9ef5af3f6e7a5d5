"""Tokens in the admin: made, shown once, listed with when they were used, revoked."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contactpoint.api import tokens
from contactpoint.api.desk.forms import TokenForm
from contactpoint.api.desk.rights import MAKE_TOKENS, SEE_TOKENS, require
from contactpoint.api.models import ApiToken
from contactpoint.kit.admin_pages import framed, paged


@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    """All, the newest first; what they are is shown nowhere."""
    require(request.user, SEE_TOKENS)
    rows = ApiToken.objects.select_related("institution", "made_by")
    may_make = all(request.user.has_perm(name) for name in MAKE_TOKENS)
    context = framed(_("Tokens of partners"), may_make=may_make, **paged(request, rows))
    return render(request, "api/desk/tokens.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make_token(request: HttpRequest) -> HttpResponse:
    """Make one; the answer to the form is the only place where it is ever shown."""
    require(request.user, SEE_TOKENS, *MAKE_TOKENS)
    form = TokenForm(request.POST or None)
    shown = ""
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["valid_until"] + timedelta(days=1)
        _row, shown = tokens.made(
            form.cleaned_data["institution"],
            form.cleaned_data["title"],
            form.cleaned_data["scopes"],
            timezone.make_aware(datetime.combine(last, time())),
            request.user,
        )
    context = framed(
        _("Make a token"),
        ("api_tokens", _("Tokens of partners")),
        form=form,
        shown=shown,
        media=form.media,
    )
    response = render(request, "api/desk/make_token.html", context)
    add_never_cache_headers(response)
    return response


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """It opens nothing any more; what was proposed with it stays."""
    require(request.user, SEE_TOKENS, *MAKE_TOKENS)
    found = get_object_or_404(ApiToken, pk=pk)
    tokens.revoke(found)
    messages.success(request, _("The token “%(title)s” is revoked.") % {"title": found.title})
    return HttpResponseRedirect(reverse("api_tokens"))
