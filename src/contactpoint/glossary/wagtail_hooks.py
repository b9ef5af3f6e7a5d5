"""Registers the “Reference” menu, the concept chooser, proposals and reports with Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from contactpoint.glossary import draft_views, report_views
from contactpoint.glossary.choosing import concept_chooser
from contactpoint.glossary.proposals import desk, rights
from contactpoint.glossary.proposals.dashboard import new_proposals
from contactpoint.glossary.viewsets import ReferenceGroup
from contactpoint.kit import dashboard
from contactpoint.kit.reference import ReferenceChooserViewSet

dashboard.register(new_proposals)


@hooks.register("register_admin_viewset")
def register_reference() -> ViewSetGroup:
    """Themes, concepts, institutions and countries in one place."""
    return ReferenceGroup()


@hooks.register("register_admin_viewset")
def register_concept_chooser() -> ReferenceChooserViewSet:
    """Used wherever a form asks for a concept."""
    return concept_chooser


@hooks.register("register_admin_urls")
def draft_urls() -> list[URLPattern]:
    """The draft of the next version."""
    return draft_views.urlpatterns()


@hooks.register("register_log_actions")
def draft_log_actions(actions: Any) -> None:
    """What the history of a concept says beyond creating and editing."""
    actions.register_action("glossary.discard", _("Discard the draft"), _("Draft discarded"))
    actions.register_action("glossary.publish", _("Publish a version"), _("Version published"))


class PermittedMenuItem(MenuItem):
    """Only for those who have a permission."""

    def __init__(self, label: Any, url: str, *, permission: str, **options: Any) -> None:
        super().__init__(label, url, **options)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_menu_item")
def proposals_menu_item() -> MenuItem:
    """The entry in the admin's menu."""
    return PermittedMenuItem(
        _("Proposals"),
        reverse("glossary_proposals"),
        permission=rights.SEE,
        name="glossary-proposals",
        icon_name="mail",
        order=260,
    )


@hooks.register("register_reference_menu_item")
def harmonisation_menu_item() -> MenuItem:
    """The entry under “Reference”."""
    return PermittedMenuItem(
        _("Harmonisation"),
        reverse("glossary_harmonisation"),
        permission=report_views.SEE,
        name="harmonisation",
        icon_name="table",
        order=1100,
    )


@hooks.register("register_admin_urls")
def proposal_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [
        path("proposals/", desk.index, name="glossary_proposals"),
        path("proposals/<int:pk>/", desk.one, name="glossary_proposal"),
        path("proposals/<int:pk>/show/", desk.show, name="glossary_proposal_show"),
        path("proposals/<int:pk>/accept/", desk.accept, name="glossary_proposal_accept"),
        path("proposals/<int:pk>/decline/", desk.decline, name="glossary_proposal_decline"),
    ]


@hooks.register("register_admin_urls")
def harmonisation_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [path("harmonisation/", report_views.harmonisation, name="glossary_harmonisation")]
