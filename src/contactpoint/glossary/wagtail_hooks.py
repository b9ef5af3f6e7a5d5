"""Registers the “Reference” menu, the concept chooser and the proposals with Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from contactpoint.glossary import draft_views
from contactpoint.glossary.proposals import desk
from contactpoint.glossary.proposals.dashboard import new_proposals
from contactpoint.glossary.proposals.rights import SEE
from contactpoint.glossary.viewsets import ReferenceGroup, concept_chooser
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


class ProposalsMenuItem(MenuItem):
    """Only for those who may see proposals."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return request.user.has_perm(SEE)


@hooks.register("register_admin_menu_item")
def proposals_menu_item() -> MenuItem:
    """The entry in the admin's menu."""
    return ProposalsMenuItem(
        _("Proposals"),
        reverse("glossary_proposals"),
        name="glossary-proposals",
        icon_name="mail",
        order=260,
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
