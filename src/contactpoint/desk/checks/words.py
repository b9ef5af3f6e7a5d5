"""Whether the words of a page are easy to read, and its pictures mean something without eyes."""

from collections.abc import Iterator
from typing import Any, Final

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from contactpoint.desk.checks.facts import CONTENT, form_of
from contactpoint.desk.readability import is_hard, score
from contactpoint.desk.streams import pictures_in, streams_of
from contactpoint.kit.checking import Finding, checks
from contactpoint.outputs.models.words import paragraphs

LONGEST_QUOTE: Final = 240


@checks(Page)
def easy(page: Page) -> Iterator[Finding]:
    """Plain language, by LIX; the longest sentence is where to begin."""
    found = score(text_of(page))
    if found is None:
        return
    if not is_hard(found, page.locale.language_code):
        text = _("Easy enough to read: LIX %(lix)s.")
        yield Finding("language", text % {"lix": found.lix}, note=True)
        return
    text = _("Hard to read: LIX %(lix)s. The longest sentence has %(words)s words.")
    yield Finding(
        "language",
        text % {"lix": found.lix, "words": found.longest_words},
        _("Split it"),
        form_of(page) + CONTENT,
        Truncator(found.longest).chars(LONGEST_QUOTE),
    )


@checks(Page)
def pictures(page: Page) -> Iterator[Finding]:
    """Words in place of a picture, and the right to show it."""
    silent, unowned = 0, {}
    for picture in pictures_in(page):
        if not picture.decorative and not (picture.contextual_alt_text or "").strip():
            silent += 1
        if not getattr(picture, "credit", "").strip():
            unowned[picture.pk] = picture
    if silent:
        text = ngettext(
            "%(count)s picture has no alternative text: who can't see it misses it.",
            "%(count)s pictures have no alternative text: who can't see them misses them.",
            silent,
        )
        url = form_of(page) + CONTENT
        yield Finding("alternative", text % {"count": silent}, _("Describe it"), url)
    for pk, picture in unowned.items():
        yield Finding(
            "rights",
            _("Nobody is credited for the picture “%(title)s”.") % {"title": picture.title},
            _("Say whose it is"),
            reverse("wagtailimages:edit", args=[pk]),
        )


def text_of(page: Page) -> str:
    """Teaser and text, paragraph by paragraph; the teaser counts as one."""
    body: Any = next(iter(streams_of(page)), None)
    return "\n".join(filter(None, (getattr(page, "teaser", ""), paragraphs(body))))
