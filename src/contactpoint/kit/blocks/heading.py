"""A heading inside a text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class HeadingBlock(blocks.CharBlock):
    """A second-level heading; the page's title is the first."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "kit/blocks/heading.html"
        preview_value = "What the figures say"
