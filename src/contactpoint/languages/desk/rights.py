"""Who may translate what; every page of the desk asks here."""

from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from contactpoint.kit.rights import PageRights

SUBMIT = "wagtail_localize.submit_translation"


def may_see(user: Any) -> bool:
    """Whether the board is for this user."""
    return bool(user.has_perm(SUBMIT))


def may_edit(user: Any, page: Page) -> bool:
    """Whether this user may change a page, original or translation."""
    return bool(page.permissions_for_user(user).can_edit())


def may_have_translated(user: Any, page: Page) -> bool:
    """Whether this user may have translations made of a page, wherever they come to stand."""
    return bool(may_see(user) and page.specific.permissions_for_user(user).can_translate())


def may_start(user: Any, source: Page, locale: Locale) -> bool:
    """Whether this user may have a translation made of a page.

    It becomes a page under the translation of the source's parent, where they may add one, or
    change the translations that stand there; where that parent is not there yet, it would be made
    as well, which is for whoever may do so under the source's own.
    """
    above = source.get_parent()
    if above is None or not may_have_translated(user, source):
        return False
    parent = (above.get_translation_or_none(locale) or above).specific
    can_add = parent.permissions_for_user(user).can_add_subpage()
    return bool(can_add or PageRights(user, parent).is_translator)


def may_publish_all(user: Any, source: TranslationSource) -> bool:
    """Whether this user may publish each translation that was made of `source`."""
    locales = source.translations.filter(enabled=True).values("target_locale")
    pages = Page.objects.filter(translation_key=source.object_id, locale__in=locales).specific()
    return all(page.permissions_for_user(user).can_publish() for page in pages)
