"""Who may do what with an import: seeing it, deciding on it, and publishing what it holds."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from wagtail.models import Page

from contactpoint.intake.models import ImportRun
from contactpoint.intake.pages import KINDS, Shelves

SEE: Final = "intake.view_importrun"
DECIDE: Final = ("intake.change_importrun", "intake.change_importeditem")


def may_decide(user: Any) -> bool:
    """Whether `user` may mend and reject."""
    return all(user.has_perm(name) for name in DECIDE)


def may_publish(user: Any, run: ImportRun) -> bool:
    """Whether `user` may also accept: it puts pages online, which the lists must allow them."""
    if not may_decide(user):
        return False
    shelves = Shelves.load(run.language)
    return all(_open(user, shelves.lists[kind]) for kind in KINDS)


def _open(user: Any, page: Page) -> bool:
    rights = page.permissions_for_user(user)
    return bool(rights.can_add_subpage() and rights.can_publish_subpage())


def require(allowed: bool) -> None:
    """Refuse; Wagtail's admin tells the editor so and leads back."""
    if not allowed:
        raise PermissionDenied
