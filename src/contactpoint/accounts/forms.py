"""allauth's forms for codes, counted and spent our way."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateForm
from django import forms
from django.utils.translation import gettext_lazy as _

from contactpoint.accounts import limits
from contactpoint.accounts.factor import accept_code
from contactpoint.accounts.models import User


def _ease_typing(field: forms.Field) -> None:
    """Numbers on a telephone's keyboard, no placeholder in place of the label, ready to type."""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"inputmode": "numeric", "autofocus": True, "spellcheck": "false"}


class CodeMixin:
    """A code is refused while locked, counted when wrong, spent when right."""

    user: User
    cleaned_data: dict[str, Any]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from your app, or a recovery code")
        _ease_typing(self.fields["code"])

    def clean_code(self) -> str:
        """The code, proven and spent."""
        code: str = self.cleaned_data["code"]
        if not limits.refuse_if_locked(context.request, self.user):
            authenticator = accept_code(self.user, code)
            if authenticator:
                self.authenticator = authenticator
                return code
            limits.count_wrong_code(context.request, self.user)
        raise get_adapter().validation_error("incorrect_code")


class AuthenticateForm(CodeMixin, AllauthAuthenticateForm):
    """The second step of signing in."""


class ReauthenticateForm(CodeMixin, AllauthReauthenticateForm):
    """A code again, before something sensitive."""


class ActivateForm(AllauthActivateForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code that your app shows")
        _ease_typing(self.fields["code"])
