"""Running text."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from contactpoint.kit.blocks.laying import laid_in

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]


class ParagraphBlock(blocks.RichTextBlock):
    """Paragraphs and lists, with the few marks that a text needs."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    def render(self, value: Any, context: Any = None) -> Any:
        """With its references to notes as links, where it stands in a text that has some."""
        return laid_in(context).with_references(super().render(value, context))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "kit/blocks/paragraph.html"
        preview_value = "<p>Evidence, calmly set.</p>"
