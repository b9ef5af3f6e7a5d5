"""Registers the choosers of institutions and countries with Wagtail."""

from wagtail import hooks

from contactpoint.kit.reference import ReferenceChooserViewSet
from contactpoint.network.viewsets import country_chooser, institution_chooser


@hooks.register("register_admin_viewset")
def register_institution_chooser() -> ReferenceChooserViewSet:
    """Used wherever a form asks for an institution."""
    return institution_chooser


@hooks.register("register_admin_viewset")
def register_country_chooser() -> ReferenceChooserViewSet:
    """Used wherever a form asks for a country."""
    return country_chooser
