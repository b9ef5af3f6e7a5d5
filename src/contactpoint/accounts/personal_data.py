"""Who has an account, and who tried to sign in. Also of the apps that signing in is made with."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from contactpoint.accounts.leaving import keep_one_administrator
from contactpoint.accounts.limits import forget_attempts
from contactpoint.kit.persons import (
    Account,
    Address,
    Data,
    Ground,
    Kept,
    Mentions,
    Whose,
    declare,
    free,
    no_persons,
)
from contactpoint.kit.persons.work import WITH_THE_ACCOUNT


def _of_account(fields: str, purpose: Any, hidden: str = "") -> Data:
    return Data(
        fields,
        whose=Whose.EDITORS,
        purpose=purpose,
        ground=Ground.PUBLIC_TASK,
        kept=WITH_THE_ACCOUNT,
        hidden=hidden,
    )


_SIGNING_IN = _("To let in whoever works on the portal, and nobody else.")
_RIGHTS = _("To know what the person may do.")

declare(
    "accounts.User",
    _of_account("email first_name last_name", _("To know who works on the portal.")),
    _of_account("password totp_step", _SIGNING_IN, hidden="password totp_step"),
    _of_account("last_login date_joined", _("To notice accounts that nobody uses.")),
    person=[Address("email")],
    refuse=keep_one_administrator,
)
declare("accounts.User_groups", _of_account("user", _RIGHTS), person=[Account("user")])
declare("accounts.User_user_permissions", _of_account("user", _RIGHTS), person=[Account("user")])
declare(
    "account.EmailAddress",
    _of_account("user email", _SIGNING_IN),
    person=[Address("email"), Account("user")],
)
declare(
    "account.EmailConfirmation",
    _of_account("email_address key", _SIGNING_IN, hidden="key"),
    person=[Address("email_address__email"), Account("email_address__user")],
)
declare(
    "mfa.Authenticator",
    _of_account("user data", _SIGNING_IN, hidden="data"),
    person=[Account("user")],
)
declare(
    "accounts.Device",  # where a portal keeps which browsers somebody signed in with
    _of_account("user mark name session_key first_at last_at", _SIGNING_IN, "mark session_key"),
    person=[Account("user")],
)
_ATTEMPT = Data(
    "username ip_address user_agent http_accept path_info",
    whose=Whose.VISITORS,
    purpose=_("To stop whoever guesses passwords."),
    ground=Ground.INTEREST,
    kept=Kept(_("A day."), forget_attempts),
)
declare(
    "axes.AccessAttempt",
    _ATTEMPT,
    Data(
        "get_data post_data",
        whose=Whose.VISITORS,
        purpose=_("To stop whoever guesses passwords."),
        ground=Ground.INTEREST,
        kept=Kept(_("A day."), forget_attempts),
    ),
    person=[Mentions("username get_data post_data")],
)
declare("axes.AccessFailureLog", _ATTEMPT, person=[Mentions("username")])
declare(
    "axes.AccessLog",
    Data(
        "username ip_address user_agent http_accept path_info session_hash",
        whose=Whose.VISITORS,
        purpose=_("To stop whoever guesses passwords."),
        ground=Ground.INTEREST,
        kept=Kept(_("A day."), forget_attempts),
        hidden="session_hash",
    ),
    person=[Mentions("username")],
)
no_persons("axes.AccessAttemptExpiration")
no_persons("auth.Permission auth.Group", free("name", "of a right, or of a group"))
no_persons("auth.Group_permissions")
