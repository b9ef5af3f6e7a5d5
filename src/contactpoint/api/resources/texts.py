"""The texts of outputs for programs: as HTML of a few marks, and as plain text.

What a page draws (charts, pictures, tables with a life of their own) is told in words. The HTML is
sieved once more here, and leads to pages that anybody may read or nowhere.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final
from uuid import UUID

import nh3
from wagtail.rich_text import RichText

from contactpoint.api.resources.resource import whole
from contactpoint.kit.blocks.laying import without_references
from contactpoint.kit.locating import address, roots
from contactpoint.outputs.figures.bodies import tellings
from contactpoint.outputs.figures.telling import Telling
from contactpoint.outputs.figures.tokens import without
from contactpoint.outputs.models import Output
from contactpoint.outputs.models.words import paragraphs, paragraphs_in
from contactpoint.outputs.querysets import readable

_MARKS: Final = {
    *("p", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "br", "hr"),
    *("a", "b", "strong", "i", "em", "sup", "sub", "code"),
}
_INSIDE: Final = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
_ID: Final = re.compile(r'\bid="(\d{1,10})"')
_HEADINGS: Final = frozenset({"heading", "subheading", "minor_heading"})
Row = Mapping[str, Any]


def texts(
    rows: Mapping[UUID, Sequence[Row]], fields: Iterable[str]
) -> dict[str, dict[UUID, dict[str, str]]]:
    """`body` and `text` of things by language, whichever is wanted. Two queries, and four where
    there are live figures, whatever the number of things."""
    wanted = [name for name in ("body", "text") if name in fields]
    if not wanted:
        return {}
    own = [
        (key, row)
        for key, versions in rows.items()
        for row in versions
        if not row["borrowed__whole"] or len(versions) == 1
    ]
    bodies = dict(
        Output.objects.filter(pk__in=[row["pk"] for _key, row in own])
        .order_by()
        .values_list("pk", "body")
    )
    told = tellings((bodies[row["pk"]], row["locale__language_code"]) for _key, row in own)
    found: dict[str, dict[UUID, dict[str, str]]] = {name: {} for name in wanted}
    leads = _addresses(bodies.values()) if "body" in wanted else {}
    for (key, row), telling in zip(own, told, strict=True):
        language = row["borrowed__whole"] or row["locale__language_code"]
        body = bodies[row["pk"]]
        if "text" in wanted and (text := paragraphs(body, telling)):
            found["text"].setdefault(key, {})[language] = text
        if "body" in wanted and (html := _html(body, telling, leads)):
            found["body"].setdefault(key, {})[language] = html
    return found


def _html(body: Any, telling: Telling | None, leads: Mapping[int, str]) -> str:
    return "".join(_block(child, telling, leads) for child in body or ())


def _block(child: Any, telling: Telling | None, leads: Mapping[int, str]) -> str:
    value = child.value
    if isinstance(value, RichText):
        source = without_references(value.source)
        source = telling.as_text(source) if telling is not None else without(source)
        return _sieved(_INSIDE.sub(lambda link: _link(link[0], leads), source))
    text = paragraphs_in(child, telling)
    if not text:
        return ""
    if child.block_type in _HEADINGS:
        return f"<h2>{escape(text, quote=False)}</h2>"
    parts = "".join(f"<p>{escape(one, quote=False)}</p>" for one in text.split("\n\n"))
    return f"<blockquote>{parts}</blockquote>" if child.block_type == "quote" else parts


def _sieved(html: str) -> str:
    return nh3.clean(
        html,
        tags=_MARKS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _link(tag: str, leads: Mapping[int, str]) -> str:
    number = _ID.search(tag)
    url = leads.get(int(number[1]), "") if number else ""
    return f'<a href="{escape(url)}">' if url else "<a>"


def _addresses(bodies: Iterable[Any]) -> dict[int, str]:
    """Of pages that texts lead to, if anybody may read them; one query."""
    numbers = {
        int(number[1])
        for body in bodies
        for child in body or ()
        if isinstance(child.value, RichText)
        for tag in _INSIDE.findall(child.value.source)
        if (number := _ID.search(tag))
    }
    if not numbers:
        return {}
    known = roots()
    rows = readable().filter(pk__in=numbers).order_by()
    return {
        pk: whole(address(path, code, known[code]))
        for pk, code, path in rows.values_list("pk", "locale__language_code", "url_path")
        if code in known
    }
