"""What search engines read of a guide: https://schema.org/Article.

No `HowTo` and no `FAQPage`: steps are those of an authority, the questions (“By when?”) mean
something only under the title, and neither is what those types promise.
"""

from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from contactpoint.guidance.models import GuideText
from contactpoint.guidance.outline import Entry
from contactpoint.kit.datablock import data_block
from contactpoint.kit.structured import CONTEXT, publisher


def article(text: GuideText, entry: Entry, theme: str) -> SafeString:
    """A guide in one language, as a data block; empty in a preview, which has no address."""
    if not entry.url:
        return SafeString()
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Article",
        "headline": text.title,
        "description": text.summary.replace("**", ""),
        "url": f"{settings.BASE_URL}{entry.url}",
        "inLanguage": text.language,
        "articleSection": theme,
        "dateModified": text.last_published_at.isoformat() if text.last_published_at else "",
        "publisher": publisher(),
    }
    return data_block({name: value for name, value in told.items() if value})
