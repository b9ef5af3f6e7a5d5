"""Registers the “Reference” menu and the concept chooser with Wagtail."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from contactpoint.glossary.choosing import concept_chooser
from contactpoint.glossary.viewsets import ReferenceGroup
from contactpoint.kit.reference import ReferenceChooserViewSet


@hooks.register("register_admin_viewset")
def register_reference() -> ViewSetGroup:
    """Themes, concepts, institutions and countries in one place."""
    return ReferenceGroup()


@hooks.register("register_admin_viewset")
def register_concept_chooser() -> ReferenceChooserViewSet:
    """Used wherever a form asks for a concept."""
    return concept_chooser
