"""Registers the “Reference” menu and the concept chooser with Wagtail."""

from typing import Any

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from contactpoint.glossary import draft_views
from contactpoint.glossary.viewsets import ReferenceGroup, concept_chooser
from contactpoint.kit.reference import ReferenceChooserViewSet


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
