"""What an issue of the newsletter is made of: sections, and things in them.

Both are moved by dragging or by the buttons of their heads, which keys reach. A thing is kept as
`Title · kind · day [key]`: what precedes the key is for editors alone, so that a folded thing says
what it is; what readers get comes from the source at the moment of sending.
"""

from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from contactpoint.consultations.models import Round
from contactpoint.dissemination.inputs import ThingInput
from contactpoint.dissemination.sections import HEADINGS, section_choices
from contactpoint.kit.days import in_words
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.locating import locate, roots
from contactpoint.search.documents import Document
from contactpoint.search.sources import documents
from contactpoint.search.sources.consultations import keys_of

LONGEST_TITLE: Final = 255
LONGEST_TEASER: Final = 1_000


def key_of(written: str | None) -> str:
    """The key of a thing as it is kept; empty where it has none."""
    _title, bracket, key = (written or "").rpartition(" [")
    return key[:-1] if bracket and key.endswith("]") and ":" in key else ""


def as_kept(thing: Document) -> str:
    """A thing as a block keeps it: title, kind and day in the editors' first language, and its
    key."""
    known = {version.language: version.title for version in thing.versions}
    title = known.get(FALLBACK_LANGUAGE) or next(iter(known.values()), "")
    with override(FALLBACK_LANGUAGE):
        # The heading says "Past events", and most events in an issue are to come.
        kind = (
            gettext("Event")
            if thing.kind == "event"
            else str(HEADINGS.get(f"kind:{thing.kind}", ""))
        )
        day = in_words(thing.day) if thing.day else ""
    return f"{' · '.join(filter(None, (title, kind, day)))} [{thing.key}]"


def thing_at(address: str) -> Document | None:
    """The public thing at an address of the portal, or of a key; a few queries."""
    written = address.strip().removeprefix(settings.BASE_URL or "\0")
    wanted = [written] if ":" in written and "/" not in written else _keys_at(written)
    found = documents(wanted) if wanted else []
    return found[0] if found and found[0].versions else None


def _keys_at(address: str) -> list[str]:
    parts = [part for part in urlsplit(address).path.split("/") if part]
    if len(parts) < 3 or parts[0] not in dict(settings.LANGUAGES):
        return []
    language, folder, own = parts[0], parts[1], parts[2]
    if folder == "glossary":
        return [f"concept:{own}"]
    if folder == "consultations":
        return keys_of(Round.objects.filter(code=own).values_list("pk", flat=True))
    location = _located(language, parts[1:])
    return [f"output:{location.row.translation_key}"] if location else []


def _located(language: str, parts: list[str]) -> Any:
    return locate(_AnyRequest(), language, "/".join(parts)) if roots() else None  # type: ignore[arg-type]


class _AnyRequest:
    """Asked for its host alone, and only where there are several sites."""

    META: dict[str, str] = {}

    def get_host(self) -> str:
        """Of the portal."""
        return urlsplit(settings.BASE_URL).netloc


class ThingBlock(blocks.CharBlock):
    """A thing by its address; what was proposed is kept as it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = ThingInput()

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        if key_of(written):
            return written
        thing = thing_at(written)
        if thing is None:
            raise ValidationError(
                gettext(
                    "There is nothing public at this address. Copy the address of a page from your"
                    " browser, or choose it on the page “What is new”."
                )
            )
        return as_kept(thing)


class WordsBlock(blocks.StructBlock):
    """Other words than those of the thing itself; empty ones are taken from there."""

    def __init__(self, **kwargs: Any) -> None:
        fields = []
        for code, name in settings.LANGUAGES:
            title = _("Title (%(language)s)") % {"language": name}
            teaser = _("Teaser (%(language)s)") % {"language": name}
            one = blocks.CharBlock(required=False, max_length=LONGEST_TITLE, label=title)
            other = blocks.TextBlock(
                required=False, max_length=LONGEST_TEASER, rows=2, label=teaser
            )
            fields += [(f"title_{code}", one), (f"teaser_{code}", other)]
        super().__init__(fields, **kwargs)


class ThingInIssueBlock(blocks.StructBlock):
    """One item of an issue."""

    thing = ThingBlock(label=_("What"), help_text=_("The address of a page of the portal."))
    words = WordsBlock(required=False, label=_("Other words in the newsletter"), collapsed=True)

    class Meta:
        icon = "doc-full"
        label = _("Item")


class HeadingsBlock(blocks.StructBlock):
    """A heading in each language, where that of the section doesn't fit."""

    def __init__(self, **kwargs: Any) -> None:
        fields = [
            (code, blocks.CharBlock(required=False, max_length=LONGEST_TITLE, label=name))
            for code, name in settings.LANGUAGES
        ]
        super().__init__(fields, **kwargs)


class SectionBlock(blocks.StructBlock):
    """Items under one heading."""

    about = blocks.ChoiceBlock(
        choices=section_choices, required=False, label=_("Heading"),
        help_text=_("Gives the heading in every language."),
    )  # fmt: skip
    headings = HeadingsBlock(required=False, label=_("Another heading"), collapsed=True)
    items = blocks.ListBlock(
        ThingInIssueBlock(), label=_("Items"), collapsed=True, default=[], min_num=0
    )

    class Meta:
        icon = "list-ul"
        label = _("Section")
