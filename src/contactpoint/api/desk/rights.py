"""Who may see and decide what partners propose, and who may make tokens."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied

SEE: Final = "api.view_proposal"
DECIDE: Final = "api.change_proposal"
SEE_TOKENS: Final = "api.view_apitoken"
MAKE_TOKENS: Final = ("api.add_apitoken", "api.change_apitoken")


def require(user: Any, *names: str) -> None:
    """Refuse; Wagtail's admin tells the editor so and leads back."""
    if not all(user.has_perm(name) for name in names):
        raise PermissionDenied
