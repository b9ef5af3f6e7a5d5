"""What stands in the streams of an event: sessions, languages, and what there is afterwards."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from contactpoint.glossary.languages import LANGUAGES, by_name, name_in

HOWS = [
    ("spoken", pgettext_lazy("language of an event", "spoken")),
    ("interpreted", pgettext_lazy("language of an event", "interpreted")),
    ("captions", pgettext_lazy("language of an event", "captions")),
]
SIGN_LANGUAGES = {
    "sfb": _("French Belgian Sign Language"),
    "vgt": _("Flemish Sign Language"),
    "gsg": _("German Sign Language"),
    "ils": _("International Sign"),
}
"""By ISO 639-3; the network meets in Belgium."""
OUTCOMES = [
    ("recording", _("Recording")),
    ("report", _("Report")),
    ("photos", _("Photos")),
    ("other", pgettext_lazy("after an event", "More")),
]


def language_name(code: str) -> str:
    """The name of a spoken or a signed language in the active one."""
    signed = SIGN_LANGUAGES.get(code)
    return str(signed) if signed else name_in(code, get_language() or "en")


def language_line(value: Mapping[str, Any]) -> str:
    """A language, and how one follows in it unless it is simply spoken."""
    name = language_name(value["language"])
    if value["how"] == "spoken":
        return name
    how = str(dict(HOWS).get(value["how"], ""))
    return gettext("%(language)s (%(how)s)") % {"language": name, "how": how}


def language_choices() -> list[tuple[str, str]]:
    """All that can be chosen, by name in the editor's language, signed ones last."""
    reader = get_language() or "en"
    spoken = [(code, name_in(code, reader)) for code in by_name(set(LANGUAGES), reader)]
    return spoken + [(code, str(name)) for code, name in SIGN_LANGUAGES.items()]


class SessionBlock(blocks.StructBlock):
    """A part of the programme: words are translated, times are the same in every language."""

    day = blocks.DateBlock(
        label=_("Day"), required=False, help_text=_("Only where the event lasts several days.")
    )
    starts = blocks.TimeBlock(label=_("From"), required=False)
    ends = blocks.TimeBlock(label=_("To"), required=False)
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    speakers = blocks.TextBlock(
        label=_("Speakers"),
        required=False,
        rows=2,
        help_text=_("One a line: an institution or a function."),
    )
    text = blocks.TextBlock(label=_("What it is about"), required=False, rows=3)
    slides = DocumentChooserBlock(label=_("Slides"), required=False)

    class Meta:
        icon = "time"
        label = _("Session")

    def clean(self, value: Any) -> Any:
        """A session doesn't end before it starts; one past midnight is two sessions."""
        cleaned = super().clean(value)
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            wrong = ValidationError(_("The end is before the start."))
            raise StructBlockValidationError(block_errors={"ends": wrong})
        return cleaned


class EventLanguageBlock(blocks.StructBlock):
    """A language in which one can follow an event, and how."""

    language = blocks.ChoiceBlock(label=_("Language"), choices=language_choices)
    how = blocks.ChoiceBlock(label=_("How"), choices=HOWS, default="spoken")

    class Meta:
        icon = "globe"
        label = _("Language")

    def render_basic(self, value: Any, context: Any = None) -> SafeString:
        """As editors of a translation read it, where it can't be changed."""
        return format_html("<p>{}</p>", language_line(value))


class OutcomeBlock(blocks.StructBlock):
    """Something to see or read afterwards: a page of the portal, or an address elsewhere."""

    kind = blocks.ChoiceBlock(label=_("What"), choices=OUTCOMES)
    page = blocks.PageChooserBlock(label=_("Page of the portal"), required=False)
    url = blocks.URLBlock(label=_("Address elsewhere"), required=False)

    class Meta:
        icon = "link"
        label = pgettext_lazy("after an event", "Link")

    def render_basic(self, value: Any, context: Any = None) -> SafeString:
        """As editors of a translation read it, where it can't be changed."""
        kind = str(dict(OUTCOMES).get(value["kind"], ""))
        return format_html("<p>{}: {}</p>", kind, value.get("page") or value.get("url") or "")

    def clean(self, value: Any) -> Any:
        """One of the two."""
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            wrong = ValidationError(_("Give a page of the portal, or an address elsewhere."))
            raise StructBlockValidationError(block_errors={"page": wrong})
        return cleaned
