"""Keeps the admin closed to whoever has not shown a second factor in this session.

allauth signs an enrolled user in after the second step only. What is left is a session without one:
a user who has not enrolled yet, or whose factor was set or reset after the session began. Such a
session may mend itself under `/account/`; everywhere else it counts as nobody.
"""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from contactpoint.accounts.doors import again, to_next_step
from contactpoint.accounts.factor import has_factor, showed_factor
from contactpoint.accounts.models import User

ACCOUNT = "/account/"
ADMIN = "/admin/"
OPEN_TO_DEBTORS = ("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout")


class SecondFactorMiddleware:
    """Refuses `/admin/` without an enrolled factor and this session's second step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ACCOUNT):
            refusal = self._refuse_account(request)
        elif request.path_info.startswith(ADMIN) and request.path_info != reverse(
            "wagtailadmin_login"
        ):
            refusal = self._refuse_admin(request)
        else:
            refusal = None
            request.user = SimpleLazyObject(  # type: ignore[assignment]
                partial(_user_or_nobody, request, request.user)
            )
        return refusal or self.get_response(request)

    def _refuse_account(self, request: HttpRequest) -> HttpResponse | None:
        """A session that owes a code or key may give it or leave, nothing else."""
        if request.path_info in map(reverse, OPEN_TO_DEBTORS):
            return None
        user = request.user
        if not user.is_authenticated or showed_factor(request, user) or not has_factor(user):
            return None
        return redirect(again(user))

    def _refuse_admin(self, request: HttpRequest) -> HttpResponse | None:
        user = request.user
        if showed_factor(request, user):
            if not user.has_perm("wagtailadmin.access_admin"):
                raise PermissionDenied(_("This account has no rights in the admin."))
            return None
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            raise PermissionDenied(_("Sign in again."))
        return to_next_step(user, request.get_full_path() if request.method == "GET" else ADMIN)


def _user_or_nobody(request: HttpRequest, user: User | AnonymousUser) -> User | AnonymousUser:
    """Evaluated only where somebody asks, so that public pages stay without a session."""
    return user if showed_factor(request, user) else AnonymousUser()
