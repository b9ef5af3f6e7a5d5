"""Who may see what was asked, and who may act on it."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied

SEE_ASKED: Final = "search.view_askedquestion"
SEE_LOOKED_FOR: Final = "search.view_lookedfor"
DECIDE: Final = "search.change_lookedfor"
PIN: Final = ("search.add_pin", "search.change_pin")
WITHHOLD: Final = "search.add_unsuggested"


def may_pin(user: Any) -> bool:
    """Put something first for a question."""
    return all(user.has_perm(name) for name in PIN)


def require(allowed: bool) -> None:
    """Refuse; Wagtail's admin tells the editor so and leads back."""
    if not allowed:
        raise PermissionDenied
