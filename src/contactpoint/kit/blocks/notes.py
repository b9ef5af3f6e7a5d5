"""Notes to a text, where an editor wants them: at its end, or below a chapter."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from contactpoint.kit.blocks.laying import REFERENCE, laid_in


class NoteNameBlock(blocks.CharBlock):
    """By what the text refers to a note; the same in every language."""

    def get_translatable_segments(self, _value: Any) -> list[Any]:
        """Asked by wagtail-localize."""
        return []

    def clean(self, value: Any) -> Any:
        """It can stand in brackets."""
        cleaned = super().clean(value).strip()
        if not REFERENCE.fullmatch(f"[^{cleaned}]"):
            raise ValidationError(_("Write a short name without spaces and brackets, such as 1."))
        return cleaned


class NoteBlock(blocks.StructBlock):
    """One note."""

    name = NoteNameBlock(
        label=_("Name"),
        max_length=60,
        help_text=_("The text refers to it as [^name]. Readers see numbers."),
    )
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=["bold", "italic", "link", "document-link", "superscript", "subscript"],
    )

    class Meta:
        icon = "superscript"
        label = _("Note")


class NotesBlock(blocks.ListBlock):
    """Notes in their order. Each leads back to where the text refers to it first."""

    def __init__(self, child_block: Any = NoteBlock, **kwargs: Any) -> None:
        super().__init__(child_block, **kwargs)

    class Meta:
        icon = "superscript"
        label = _("Notes")
        template = "kit/blocks/notes.html"
        preview_value = [{"name": "1", "text": "<p>Directive 2013/33/EU.</p>"}]

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Numbers go on through all notes of a text."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        laid = laid_in(parent_context)
        told = [
            {
                "number": laid.notes.get(one["name"].strip(), place),
                "text": one["text"],
                "is_referred": one["name"].strip() in laid.referred,
            }
            for place, one in enumerate(value, 1)
            if strip_tags(one["text"].source).strip()
        ]
        return context | {"notes": told}
