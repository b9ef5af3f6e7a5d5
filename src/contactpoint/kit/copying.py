"""Copies of pages: each begins as a draft."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm


class DraftCopyForm(CopyForm):
    """Nobody wants the same text to stand there twice, and a copy that were public at once would
    pass by the second pair of eyes, the checklist and the finder of duplicates."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)
