"""The tabs of an output's form in the admin."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, Panel, TabbedInterface
from wagtail.models import Page


def tabs(content: Sequence[Panel], about: Sequence[Panel]) -> TabbedInterface:
    """Content, what it is about, and how it is promoted and published."""
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Content")),
            ObjectList(about, heading=_("About")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
