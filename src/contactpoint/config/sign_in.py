"""How signing in works: allauth's pages, its second factor, and axes' counting.

Nothing here is an operator's choice, so it stands apart from `settings`, which takes it in whole.
"""

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # says that passwords exist; sign-up is closed
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "contactpoint.accounts.adapter.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": ""}  # axes counts these, in the database
MFA_ADAPTER = "contactpoint.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half a minute of clock drift or slow typing, as RFC 6238 advises
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "contactpoint.accounts.forms.AuthenticateForm",
    "reauthenticate": "contactpoint.accounts.forms.ReauthenticateForm",
    "activate_totp": "contactpoint.accounts.forms.ActivateForm",
    "authenticate_webauthn": "contactpoint.accounts.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "contactpoint.accounts.passkeys.ReauthenticateForm",
    "add_webauthn": "contactpoint.accounts.passkeys.AddForm",
    "edit_webauthn": "contactpoint.accounts.passkeys.RenameForm",
}
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/admin/"
ROOM_PATH = "/consultations/room/"  # under the language, for who has no right in the admin
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
PASSWORD_FAILURE_LIMIT = 8
CODE_FAILURE_LIMIT = 20
AXES_FAILURE_LIMIT = "contactpoint.accounts.limits.failure_limit"
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = "contactpoint.accounts.limits.lockout_parameters"
AXES_LOCKOUT_CALLABLE = "contactpoint.accounts.limits.locked_out"
AXES_USERNAME_CALLABLE = "contactpoint.accounts.limits.login_name"
AXES_CLIENT_IP_CALLABLE = "contactpoint.accounts.limits.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = [
    *("username", "ip_address", "login", "code", "csrfmiddlewaretoken"),
    *("oldpassword", "password1", "password2"),
]
AXES_VERBOSE = False
