"""The field of a thing in an issue: it shows what the thing is called and sends its key."""

from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter

SCRIPT: Final = "dissemination/admin/thing-input.js"


class ThingInput(forms.TextInput):
    """Two fields: what is read and typed, and, unseen, what is kept. A script joins them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The first of them has the id, so that the label belongs to it."""
        return format_html(
            '<input type="text" id="{}" data-thing autocomplete="off">'
            '<input type="hidden" name="{}" value="{}">',
            (attrs or {}).get("id", ""), name, value or "",
        )  # fmt: skip


class ThingInputAdapter(WidgetAdapter):
    """Ours, behind Wagtail's own that it builds on."""

    js_constructor = "contactpoint.dissemination.ThingInput"

    def get_media(self, widget: Any) -> forms.Media:
        """Both scripts."""
        return super().get_media(widget) + forms.Media(js=[versioned_static(SCRIPT)])


register(ThingInputAdapter(), ThingInput)
