"""The few pages of an account, and the door that stands in front of Wagtail's own sign-in."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView as AllauthActivateView
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from contactpoint.accounts import devices
from contactpoint.accounts.factor import accept_code, has_app


def safe_next(request: HttpRequest, wanted: str | None) -> str:
    """`wanted` where it stays on this site, else the admin."""
    if wanted and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return reverse("wagtailadmin_home")


def to_sign_in(request: HttpRequest, **_ignored: Any) -> HttpResponse:
    """Stands in place of Wagtail's sign-in pages: whatever is posted there is thrown away."""
    target = safe_next(request, request.GET.get("next"))
    return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")


class ActivateView(AllauthActivateView):
    """Enrols an authenticator app; its first code is spent as this session's second step."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever has an app already can't add or swap one here: an operator resets it."""
        if has_app(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """Rotates the session, because it gains rights."""
        response = super().form_valid(form)
        user = self.request.user
        authenticator = accept_code(user, form.cleaned_data["code"])
        if authenticator:
            record_authentication(
                self.request, user, "mfa", id=authenticator.pk, type=authenticator.type
            )
        self.request.session.cycle_key()
        devices.follow(self.request)
        return response
