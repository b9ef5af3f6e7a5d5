"""A text whose blocks know of each other: headings in order, notes with their numbers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from contactpoint.kit.blocks.laying import names_in, references_in, rendered


class BodyBlock(blocks.StreamBlock):
    """Each block is told its place in the whole when it is rendered."""

    def render_basic(self, value: Any, context: Any = None) -> SafeString:
        """As Wagtail does it, each block in a box that is named as it is."""
        made = [
            format_html('<div class="block-{}">{}</div>', child.block_type, mark_safe(html))  # noqa: S308 — the block's own markup
            for child, html in rendered(value, context)
        ]
        return mark_safe("\n".join(made))  # noqa: S308 — made just above

    def clean(self, value: Any) -> Any:
        """Each note is referred to, and each reference finds its note."""
        cleaned = super().clean(value)
        errors = {}
        names: set[str] = set()
        referred = set(references_in(cleaned))
        for place, one in enumerate(cleaned):
            if one.block_type == "notes":
                found = names_in(one.value)
                twice = [name for at, name in enumerate(found) if name in {*names, *found[:at]}]
                alone = [name for name in found if name not in referred]
                if twice or alone:
                    errors[place] = ValidationError([*map(_twice, twice), *map(_alone, alone)])
                names |= {*found}
        for place, one in enumerate(cleaned):
            missing = [name for name in references_in([one]) if name not in names]
            if missing:
                errors[place] = ValidationError([_missing(one) for one in dict.fromkeys(missing)])
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned


def _twice(name: str) -> str:
    return _("There are two notes [^%(name)s]. Give one of them another name.") % {"name": name}


def _alone(name: str) -> str:
    said = _(
        "Nothing in the text refers to the note [^%(name)s]. Write [^%(name)s] where it belongs."
    )
    return said % {"name": name}


def _missing(name: str) -> str:
    said = _("There is no note [^%(name)s]. Write it in a block of notes, or take [^%(name)s] out.")
    return said % {"name": name}
