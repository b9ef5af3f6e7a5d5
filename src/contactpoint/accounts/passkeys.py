"""Passkeys and security keys as a second factor (WebAuthn), by allauth and fido2.

They come after the password, beside or instead of an authenticator app. Nobody can guess one, so
nothing is counted; a key that was copied is found by its counter (WebAuthn level 3, 6.1.1).
"""

import json
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import AuthenticateView as AllauthAuthenticateView
from allauth.mfa.base.views import ReauthenticateView as AllauthCodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as allauth_forms
from allauth.mfa.webauthn import views as allauth_views
from allauth.mfa.webauthn.internal import flows
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from fido2.webauthn import AuthenticationResponse
from wagtail.log_actions import log as record

from contactpoint.accounts import devices
from contactpoint.accounts.factor import has_app, keys_of, showed_factor
from contactpoint.kit.headers import PERMISSIONS

log = logging.getLogger(__name__)

MOST_KEYS = 10
NAME_LENGTH = 60
WITH_KEYS = PERMISSIONS.replace("publickey-credentials-get=()", "publickey-credentials-get=(self)")
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What fido2 raises of an answer that no browser would send."""

Read = TypeVar("Read")


def _readable(read: Callable[[], Read]) -> Read:
    """What `read` gives; of something wrong or unreadable one error, which tells nothing more."""
    try:
        return read()
    except (*UNREADABLE, forms.ValidationError):
        raise _refused() from None


def _refused() -> forms.ValidationError:
    return forms.ValidationError(_("That passkey was not accepted. Try again."))


class AddForm(allauth_forms.AddWebAuthnForm):
    """A new key and what its owner calls it."""

    name = forms.CharField(
        label=gettext_lazy("What you call it"), max_length=NAME_LENGTH, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuses one more than the most, and a key that any account has already."""
        if len(keys_of(self.user)) >= MOST_KEYS:
            raise forms.ValidationError(
                _("You have %(most)d passkeys. Remove one first.") % {"most": MOST_KEYS}
            )
        credential = self.cleaned_data.get("credential")
        cleaned: dict[str, Any] = _readable(super().clean)
        if credential and Authenticator.objects.filter(data__credential__id=credential["id"]):
            raise forms.ValidationError(_("This key is known already."))
        return cleaned


class RenameForm(allauth_forms.EditWebAuthnForm):
    """Another name of a key."""

    name = forms.CharField(label=gettext_lazy("What you call it"), max_length=NAME_LENGTH)


class ProvenMixin:
    """A key's answer that is read with care, and whose counter went on."""

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        """The key that answered."""
        answer = self.cleaned_data["credential"]
        found: Authenticator = _readable(super().clean_credential)  # type: ignore[misc]
        counter = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
        return _counted(found, counter)


@transaction.atomic
def _counted(found: Authenticator, counter: int) -> Authenticator:
    """Keys that count begin at one and go up; a copy of a key would go on from an older count."""
    key = Authenticator.objects.select_for_update().get(pk=found.pk)
    if counter and counter <= key.data.get("counter", 0):
        log.error("Key %s of account %s counted backwards: it may be a copy.", key.pk, key.user_id)
        raise _refused()
    key.data["counter"] = counter
    key.save(update_fields=["data"])
    return key


class AuthenticateForm(ProvenMixin, allauth_forms.AuthenticateWebAuthnForm):
    """The second step of signing in."""


class ReauthenticateForm(ProvenMixin, allauth_forms.ReauthenticateWebAuthnForm):
    """A key again, before something sensitive."""


class KeyPage:
    """A page that asks the browser for a key: what it asks in `options`, and leave to ask."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Adds the header that lets this page use keys."""
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response.headers["Permissions-Policy"] = WITH_KEYS
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser is asked, as JSON."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        asked = context.get("js_data", {})
        for options in asked.values():
            context["options"] = json.dumps(options["publicKey"])
        return context


class AuthenticateView(KeyPage, AllauthAuthenticateView):
    """The second step of signing in: a code or, where there is one, a key."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which of the two this account has."""
        context = super().get_context_data(**kwargs)
        user = self.stage.login.user
        return context | {"has_app": has_app(user), "has_keys": bool(keys_of(user))}


class CodeAgainView(AllauthCodeAgainView):
    """A code again; with a way to the keys for whoever has one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where a key is asked instead, empty without one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        by_key = [each["url"] for each in context["reauthentication_alternatives"]]
        return context | {"by_key": by_key[0] if by_key else ""}


class KeyAgainView(KeyPage, allauth_views.ReauthenticateWebAuthnView):
    """A key again."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """The page once more, with what was wrong."""
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was wrong, and where a code is asked instead."""
        form = kwargs.get("form") or self.get_form()
        context = super().get_context_data(**kwargs) | {"form": form}
        by_code = [each["url"] for each in context["reauthentication_alternatives"]]
        return context | {"by_code": by_code[0] if by_code else ""}


class AddView(KeyPage, allauth_views.AddWebAuthnView):
    """Enrols a key; the first factor of an account is this session's second step as well."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keeps what was typed and what was wrong with it."""
        form = kwargs.get("form") or self.get_form()
        return super().get_context_data(**kwargs) | {"form": form, "had": keys_of(form.user)}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Rotates the session, because it may gain rights."""
        user = self.request.user
        had_shown = showed_factor(self.request, user)
        with transaction.atomic():
            key, codes = flows.add_authenticator(
                self.request,
                name=form.cleaned_data["name"],
                credential=form.cleaned_data["credential"],
            )
            record(instance=user, action="accounts.factor", user=user)
        if not had_shown:
            record_authentication(self.request, user, "mfa", id=key.pk, type=key.type)
        self.request.session.cycle_key()
        devices.follow(self.request)
        log.info("Account %s added a key.", user.pk)
        return HttpResponseRedirect(
            reverse("mfa_view_recovery_codes" if codes else "mfa_list_webauthn")
        )


class ListView(allauth_views.ListWebAuthnView):
    """The keys of an account, with their names and when they were last used."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether one may go."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"may_remove": _may_remove(self.request), "most": MOST_KEYS}


class RenameView(allauth_views.EditWebAuthnView):
    """Another name."""


class RemoveView(allauth_views.RemoveWebAuthnView):
    """A key less; sessions that showed it are asked for another factor."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Never the last factor: the password alone would then open the way to a new one."""
        if not _may_remove(self.request):
            messages.error(self.request, _("It is your only second factor, so it stays."))
            return HttpResponseRedirect(reverse("mfa_list_webauthn"))
        response: HttpResponse = super().form_valid(form)
        user = self.request.user
        record(instance=user, action="accounts.factor", user=user)
        log.info("Account %s removed a key.", user.pk)
        return response


def _may_remove(request: HttpRequest) -> bool:
    return has_app(request.user) or len(keys_of(request.user)) > 1
