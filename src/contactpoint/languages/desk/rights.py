"""Who may translate what; every page of the desk asks here."""

from typing import Any

from wagtail.models import Locale, Page

SUBMIT = "wagtail_localize.submit_translation"


def may_see(user: Any) -> bool:
    """Whether the board is for this user."""
    return bool(user.has_perm(SUBMIT))


def may_edit(user: Any, page: Page) -> bool:
    """Whether this user may change a page, original or translation."""
    return bool(page.permissions_for_user(user).can_edit())


def may_start(user: Any, source: Page, locale: Locale) -> bool:
    """Whether this user may have a translation made of a page that they may change.

    It becomes a page under the translation of the source's parent, where they may add one; where
    that is not there yet, it would be made as well, which is for whoever may add to the parent.
    """
    parent = source.get_parent()
    target = parent.get_translation_or_none(locale) or parent
    return bool(
        may_see(user)
        and may_edit(user, source)
        and target.specific.permissions_for_user(user).can_add_subpage()
    )
