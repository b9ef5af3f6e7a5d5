"""What stands beside the form of a text: how plain it is, and the English text it follows."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import GuideText
from contactpoint.guidance.texts import measuring
from contactpoint.guidance.texts.blocks import behind
from contactpoint.guidance.texts.reading import written


class PlainPanel(Panel):
    """Sentence length and LIX of what was last saved, with their targets."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guidance/admin/plain.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The measure of the text in the form."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context |= {
                "measure": measuring.measured(self.instance.blocks, self.instance.language),
                "lix_target": measuring.LIX_TARGET,
                "words_target": measuring.WORDS_TARGET,
            }
            return context

        def is_shown(self) -> bool:
            """Where there is something to measure."""
            return super().is_shown() and bool(self.instance.pk and self.instance.body)


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
