"""The abstract page that every page of the portal is."""

from wagtail.models import Page


class BasePage(Page):
    """What all pages share; templates are named after the model, menus are not for editors."""

    show_in_menus_default = False

    class Meta:
        abstract = True
