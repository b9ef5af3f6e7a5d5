"""Copies of pages: each begins as a draft, and each is a page of its own."""

from typing import Any, Final

from wagtail.admin.forms.pages import CopyForm
from wagtail.coreutils import find_available_slug

LONGEST_SLUG: Final = 245
"""A number fits behind it."""


class DraftCopyForm(CopyForm):
    """Nobody wants the same text to stand there twice, and a copy that were public at once would
    pass by the second pair of eyes, the checklist and the finder of duplicates. An alias is as
    public as its original from the first moment, so it is not offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
        beside = self.page.get_parent()
        slug = find_available_slug(beside, self.page.slug[:LONGEST_SLUG])
        self.fields["new_slug"].initial = slug
