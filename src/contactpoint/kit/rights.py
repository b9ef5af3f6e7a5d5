"""What a person may do with a page, beyond what Wagtail's groups say of the place in the tree.

Three rules, all narrower than Wagtail's: who has not the right to write originals changes
translations only, who may add pages without changing those of others adds only where contributions
are taken, and what was public is deleted by administrators alone.
"""

from typing import Any, Final

from wagtail.models.pages import PagePermissionTester

WRITES_ORIGINALS: Final = "accounts.write_originals"


class PageRights(PagePermissionTester):
    """Asked by Wagtail for every action on a page."""

    page: Any
    permissions: Any = frozenset()
    """Of the groups, at this place; Wagtail says nothing of closed accounts and of nobody."""

    @property
    def is_contributor(self) -> bool:
        """Whether the person may add pages here and change none of others."""
        is_known = self.user.is_active and not self.user.is_superuser
        return is_known and "add" in self.permissions and "change" not in self.permissions

    @property
    def is_translator(self) -> bool:
        """Whether the person may change pages here, as far as they are translations."""
        is_known = self.user.is_active and not self.user.has_perm(WRITES_ORIGINALS)
        return is_known and "change" in self.permissions

    def can_translate(self) -> bool:
        """Have a translation of it made: who may change it; of what is public also who changes
        translations only. To have a draft translated is for whoever may read it."""
        return self.can_edit() or bool(self.page.live and self.is_translator and super().can_edit())

    def can_add_subpage(self) -> bool:
        """Also no originals by who translates, and no contributions elsewhere."""
        if not super().can_add_subpage() or not self.user.has_perm(WRITES_ORIGINALS):
            return False
        return bool(self.page.TAKES_CONTRIBUTIONS or not self.is_contributor)

    def can_edit(self) -> bool:
        """Also no originals by who translates."""
        return bool(super().can_edit()) and self._may_write()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Also no originals by who translates, and what was ever public only by whoever may take
        away whole branches: others unpublish it, which can be undone."""
        takes_branches = self.user.is_superuser or "bulk_delete" in self.permissions
        was_public = self.page.live or self.page.first_published_at is not None
        allowed = bool(super().can_delete(ignore_bulk)) and self._may_write()
        return allowed and (takes_branches or not was_public)

    def can_move(self) -> bool:
        """Wagtail takes this for deleting and adding again; here nothing is lost by it."""
        return bool(super().can_delete(ignore_bulk=True)) and self._may_write()

    def can_submit_for_moderation(self) -> bool:
        """Wagtail asks only how the page stands, and trusts that its form is for editors."""
        return bool(super().can_submit_for_moderation()) and self.can_edit()

    def can_unlock(self) -> bool:
        """Wagtail takes nobody for the holder of a lock that is not there."""
        return bool(self.user.is_active and super().can_unlock())

    def can_view_revisions(self) -> bool:
        """Wagtail shows them to everybody in the admin; they may hold words that are not public."""
        return bool(super().can_view_revisions()) and (self.can_edit() or self.can_publish())

    def can_lock(self) -> bool:
        """Also not by a closed account."""
        return bool(self.user.is_active and super().can_lock())

    def _may_write(self) -> bool:
        return bool(self.user.has_perm(WRITES_ORIGINALS)) or not self.page.is_original()
