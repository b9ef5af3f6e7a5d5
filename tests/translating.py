"""What tests of translations share: short texts, and what a translator types."""

from typing import Any

from wagtail.models import Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

PARAGRAPHS = (
    "Reception was full in March.",
    "Three centres opened their doors.",
    "The agency expects more arrivals.",
)


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def rich(*paragraphs: str) -> list[tuple[str, str]]:
    return [("paragraph", "".join(f"<p>{text}</p>" for text in paragraphs))]


def translate(
    translation: Translation, segment: StringSegment, text: str, kind: str = "manual"
) -> None:
    """What a translator types for one string."""
    StringTranslation.objects.update_or_create(
        translation_of_id=segment.string_id,
        locale_id=translation.target_locale_id,
        context_id=segment.context_id,
        defaults={"data": text, "translation_type": kind, "has_error": False},
    )


def renew(source: TranslationSource) -> None:
    """What “Sync translated pages” does."""
    source.refresh_from_db()
    source.update_from_db()
