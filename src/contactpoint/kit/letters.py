"""A document as a mail: HTML that holds in every mail program, and the same as plain text.

    letter(document, note="You get this because …").html

Mail programs know tables and styles that stand in them, and little else (Outlook sets HTML with
Word); so the templates in `kit/letters/` are written by hand for them. There is no picture and
nothing is fetched, so opening a mail tells nobody of it. What reads style sheets gets dark colours.
"""

from dataclasses import dataclass, replace
from typing import Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from contactpoint.kit.composing.document import Document, Run
from contactpoint.kit.composing.places import with_sound_places
from contactpoint.kit.composing.plain import plain

WIDTH: Final = 600
LONGEST_PREHEADER: Final = 140


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, in its language."""

    subject: str
    text: str
    html: str
    language: str


def letter(document: Document, *, note: str = "") -> Letter:
    """A document as a mail; `note` is told at its end: why one gets it, how to get it no more.

    What stands between the words of the document is in its language, whoever asks.
    """
    # A mail keeps no places: its notes are read on the web, where there is an address.
    shown = replace(document, blocks=with_sound_places(document.blocks, document.address))
    with translation.override(document.language):
        closing = [Run(note)] if note else []
        where = {"url": document.address} if document.address else {}
        html = render_to_string(
            "kit/letters/letter.html",
            {
                "document": shown,
                "note": note,
                "width": WIDTH,
                "preheader": document.summary[:LONGEST_PREHEADER],
                "read": _("Read this on the portal"),
                **where,
            },
        )
    text = plain(replace(document, closing=closing))
    return Letter(" ".join(document.title.split()), text, html, document.language)
