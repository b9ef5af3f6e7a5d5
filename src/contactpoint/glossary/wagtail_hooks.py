"""Registers the “Reference” menu and the concept chooser with Wagtail."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from contactpoint.glossary.choosing import concept_chooser
from contactpoint.glossary.report_views import SEE, harmonisation
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


class HarmonisationMenuItem(MenuItem):
    """Only for those who may look at concepts."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each request by Wagtail."""
        return request.user.has_perm(SEE)


@hooks.register("register_reference_menu_item")
def harmonisation_menu_item() -> MenuItem:
    """The entry under “Reference”."""
    return HarmonisationMenuItem(
        _("Harmonisation"),
        reverse("glossary_harmonisation"),
        name="harmonisation",
        icon_name="table",
        order=1100,
    )


@hooks.register("register_admin_urls")
def harmonisation_urls() -> list[URLPattern]:
    """Under `/admin/`; Wagtail lets only those in who have access to the admin."""
    return [path("harmonisation/", harmonisation, name="glossary_harmonisation")]
