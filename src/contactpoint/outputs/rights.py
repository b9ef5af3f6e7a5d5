"""Whose outputs a person may change: those of the institution that the person writes for, too."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy

from contactpoint.kit.rights import WRITES_ORIGINALS, PageRights
from contactpoint.network.models import Institution
from contactpoint.outputs.approving import OWN, workflow_for
from contactpoint.outputs.sources import originals


class OutputRights(PageRights):
    """An output's; institutions are read as they are published, never as a draft says them."""

    def can_edit(self) -> bool:
        """A contributor changes what is by the own institution, whoever of it began it."""
        if super().can_edit():
            return True
        return self.is_contributor and not self.page_is_root and self._is_of_own_institution()

    def can_publish(self) -> bool:
        """Nobody alone, where an institution wants two pairs of eyes."""
        return bool(super().can_publish()) and workflow_for(self.page) is None

    def _is_of_own_institution(self) -> bool:
        links = self.page.institution_links.model.objects.filter(page=self.page.pk, role__in=OWN)
        return bool(links.filter(institution__contributors=self.user).exists())


class ListRights(PageRights):
    """A list's: who contributes does so for an institution."""

    def can_add_subpage(self) -> bool:
        """Not for somebody who writes for none."""
        if not super().can_add_subpage():
            return False
        return not self.is_contributor or institutions_of(self.user).exists()


def institutions_of(user: Any) -> "QuerySet[Institution]":
    """The institutions that a person writes for."""
    return Institution.objects.filter(contributors=user.pk)


def editable(user: Any) -> "QuerySet[Page]":
    """The pages that a person may edit, in no order."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change").order_by()
    if not user.has_perm(WRITES_ORIGINALS):
        pages = Page.objects.filter(pk__in=pages.values("pk")).exclude(originals())
    by_place = Q(pk__in=pages.values("pk"))
    if not user.has_perm("wagtailadmin.access_admin") or not institutions_of(user).exists():
        return Page.objects.filter(by_place)
    own = Page.objects.filter(
        output__institution_links__institution__contributors=user.pk,
        output__institution_links__role__in=OWN,
    )
    return Page.objects.filter(by_place | Q(pk__in=own.values("pk")))


def readable(user: Any, pages: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of `pages` that a person may read in the admin: what anybody may, and what the person
    may edit. A draft, or what is under embargo, is for nobody else, not even its title."""
    if reads_all(user):
        return pages
    found = Page.objects.filter(Q(live=True) | Q(pk__in=editable(user).values("pk")))
    return pages.filter(pk__in=found.values_list("pk", flat=True))


def reads_all(user: Any) -> bool:
    """Whether no draft is kept from a person: true of editors and administrators."""
    return bool(
        user.is_superuser or (user.has_perm(WRITES_ORIGINALS) and _changes_those_of_others(user))
    )


def _changes_those_of_others(user: Any) -> bool:
    """Asked of what the groups say: Wagtail's own answer is yes to whoever may add a page, too."""
    granted = page_permission_policy.get_cached_permissions_for_user(user)
    return any(each.permission.codename == "change_page" for each in granted)


def limit_reading() -> None:
    """Wagtail lets whoever may add or change something see all that is there. Its tree, its search,
    its history and what its scripts ask for go by one method, so this one is narrowed."""
    theirs = PagePermissionPolicy.explorable_instances

    def explorable_instances(policy: PagePermissionPolicy, user: Any) -> "QuerySet[Page]":
        return readable(user, theirs(policy, user))

    PagePermissionPolicy.explorable_instances = explorable_instances


def is_contributor(user: Any, page: Page) -> bool:
    """Whether a person may add pages at a place in the tree and change none of others there."""
    return PageRights(user, page).is_contributor
