"""Whole texts of outputs for feeds: bare HTML, whole addresses, figures as they are told now.

Pictures are told by the words that replace them; a text that is too long ends with the way to it.
"""

import secrets
from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from contactpoint.kit.composing.marking import marked
from contactpoint.kit.composing.reading import blocks_of
from contactpoint.kit.locating import address, roots
from contactpoint.outputs.figures import bodies
from contactpoint.outputs.models import Output
from contactpoint.outputs.rich_bodies import rich_text_of

LONGEST: Final = 20_000


def texts_of(pks: Sequence[int]) -> dict[int, str]:
    """By page; those without a text are left out. One query, what links lead to, and four more
    where figures are told."""
    rows = Output.objects.filter(pk__in=pks).select_related("locale").order_by()
    pages = [page for page in rows.only("body", "url_path", "locale__language_code") if page.body]
    if not pages:
        return {}
    known = roots()
    # So that what all links lead to is looked up at once.
    mark = f"<hr>{secrets.token_hex(16)}<hr>"
    tellings = bodies.tellings((page.body, page.locale.language_code) for page in pages)
    told = [rich_text_of(page.body, telling) for page, telling in zip(pages, tellings, strict=True)]
    whole = expand_db_html(mark.join(told)).split(mark)
    return {
        page.pk: _text(page, html, known) for page, html in zip(pages, whole, strict=True) if html
    }


def _text(page: Any, html: str, known: dict[str, str]) -> str:
    language = page.locale.language_code
    url = settings.BASE_URL + address(page.url_path, language, known.get(language, "/"))
    text, is_all = marked(blocks_of(html, url), longest=LONGEST)
    if is_all:
        return text
    with translation.override(language):
        return f'{text}<p><a href="{escape(url)}">{escape(_("Read on"))}</a></p>'
