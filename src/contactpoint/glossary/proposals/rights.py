"""Who may see proposals, who may decide on them, and who may bring them into the glossary."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied

SEE: Final = "glossary.view_proposal"
MODERATE: Final = "glossary.change_proposal"
WRITE: Final = ("glossary.add_concept", "glossary.change_concept")


def may_moderate(user: Any) -> bool:
    """Show, keep from the public, decline."""
    return bool(user.has_perm(MODERATE))


def may_take_over(user: Any) -> bool:
    """Accept: it writes the glossary, which takes the rights to do so."""
    return may_moderate(user) and all(user.has_perm(name) for name in WRITE)


def require(allowed: bool) -> None:
    """Refuse; Wagtail's admin tells the editor so and leads back."""
    if not allowed:
        raise PermissionDenied
