"""The addresses of an account: what is needed, so no sign-up, mail or social pages."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from django.urls import URLPattern, URLResolver, path

from contactpoint.accounts import passkeys
from contactpoint.accounts.session_views import sessions
from contactpoint.accounts.views import ActivateView, to_sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/login/", to_sign_in),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/sessions/", sessions, name="account_sessions"),
    path("account/factor/", factor.index, name="mfa_index"),
    path("account/factor/code/", passkeys.AuthenticateView.as_view(), name="mfa_authenticate"),
    path("account/factor/again/", passkeys.CodeAgainView.as_view(), name="mfa_reauthenticate"),
    path(
        "account/factor/again/key/",
        passkeys.KeyAgainView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/factor/keys/", passkeys.ListView.as_view(), name="mfa_list_webauthn"),
    path("account/factor/keys/new/", passkeys.AddView.as_view(), name="mfa_add_webauthn"),
    path("account/factor/keys/<int:pk>/", passkeys.RenameView.as_view(), name="mfa_edit_webauthn"),
    path(
        "account/factor/keys/<int:pk>/remove/",
        passkeys.RemoveView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("account/factor/app/", ActivateView.as_view(), name="mfa_activate_totp"),
    path("account/factor/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/factor/recovery/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]

language_urlpatterns: list[URLPattern | URLResolver] = [
    path("_util/login/", to_sign_in),
]
