"""A picture in a text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class PictureBlock(blocks.StructBlock):
    """A picture with the words that replace it, a caption and a credit."""

    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "kit/blocks/picture.html"
