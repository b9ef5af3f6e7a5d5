"""Headings inside a text: the page's title is the first level, so these are the three below it."""

from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from contactpoint.kit.blocks.laying import laid_in


class HeadingBlock(blocks.CharBlock):
    """A second-level heading."""

    level = 2

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "kit/blocks/heading.html"
        preview_value = "What the figures say"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Its place in the whole text, where that is known: no level is left out on the way down,
        and a link leads to it."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        placed = laid_in(parent_context).heading
        level, anchor = (placed.level, placed.anchor) if placed else (self.level, "")
        text = laid_in(parent_context).with_references(escape(value))
        return context | {"level": level, "anchor": anchor, "text": text}


class SubheadingBlock(HeadingBlock):
    """A third-level heading."""

    level = 3

    class Meta:
        label = _("Subheading")
        preview_value = "By country"


class MinorHeadingBlock(HeadingBlock):
    """A fourth-level heading."""

    level = 4

    class Meta:
        label = _("Minor heading")
        preview_value = "Before 2018"
