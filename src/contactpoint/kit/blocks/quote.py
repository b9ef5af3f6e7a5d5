"""Words of somebody else."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class QuoteBlock(blocks.StructBlock):
    """A quotation and where it comes from."""

    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "kit/blocks/quote.html"
        preview_value = {"text": "A shared word is half an answer.", "source": ""}
