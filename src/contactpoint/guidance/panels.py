"""What stands beside the form of a text: how plain it is, and the English text it follows."""

import json
from typing import Any

from django.forms import Media
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static

from contactpoint.guidance.hard_words import hard_words
from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import GuideText
from contactpoint.guidance.texts import measuring
from contactpoint.guidance.texts.blocks import behind
from contactpoint.guidance.texts.reading import written

RULES = {
    "lix": measuring.LIX_TARGET,
    "words": measuring.WORDS_TARGET,
    "longest": measuring.LONGEST,
    "withoutLix": sorted(measuring.WITHOUT_LIX),
}
"""For whoever counts in the browser."""


class PlainPanel(Panel):
    """Sentence length and LIX with their targets: as it is typed, without a script as it was last
    saved; and the hard words of what was saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guidance/admin/plain.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The measure of the text in the form."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            text = self.instance
            blocks = text.blocks if text.pk else []
            context |= {
                "measure": measuring.measured(blocks, text.language) if blocks else None,
                "rules": json.dumps(RULES),
                "lix_target": measuring.LIX_TARGET,
                "words_target": measuring.WORDS_TARGET,
                "hard": hard_words(blocks, text.language) if blocks else [],
                "language": text.language,
            }
            return context

        @property
        def media(self) -> Media:
            """What counts while somebody types."""
            return super().media + Media(js=[versioned_static("guidance/plain.js")])


class SourcePanel(Panel):
    """The English text beside its translation, and the blocks that are behind it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guidance/admin/source.html"

        @cached_property
        def source(self) -> GuideText | None:
            """The live English text of the same guide."""
            if not self.instance.guide_id or self.instance.language == SOURCE:
                return None
            return GuideText.objects.filter(
                guide=self.instance.guide_id, language=SOURCE, live=True
            ).first()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The English words as its file has them."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.source is not None:
                text = self.instance
                context |= {
                    "source": self.source,
                    "written": written(self.source.blocks),
                    "behind": behind(text.blocks, self.source.blocks, text.seen),
                }
            return context

        def is_shown(self) -> bool:
            """Where the text is a translation."""
            return super().is_shown() and self.source is not None
