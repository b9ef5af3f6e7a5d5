"""Chapters as they are written, in a small Markdown, and the HTML that is kept of them.

    marked("A *law*[^1].\\n\\n[^1]: Of 2018.")    <p>A <em>law</em><sup>1</sup>.</p> … <ol>…

Headings, bold, italic, lists, quotations, links, tables with `|`, and notes (`[^name]`), which are
collected at the end in the order in which the text refers to them. HTML in it is text. What comes
out is sanitised again, whatever the library made of it.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

import nh3
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

RICH: Final = frozenset({
    *("p", "br", "h2", "h3", "h4", "ul", "ol", "li", "b", "strong", "i", "em", "sup", "sub"),
    *("a", "blockquote", "table", "caption", "thead", "tbody", "tr", "th", "td"),
})  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "th": {"scope", "colspan"}, "td": {"colspan"}}
_CLASSES: Final = {"th": {"at-end", "centred"}, "td": {"at-end", "centred"}}
"""How a column stands: numbers under each other at the end of the line."""
_ALIGNED: Final = {"text-align:right": "at-end", "text-align:center": "centred"}
_SCHEMES: Final = {"https", "http", "mailto"}
MOST_BRACKETS: Final = 4_000
"""Each that opens is looked at from all before it: a page of nothing else would take minutes."""
_UNKNOWN: Final = re.compile(r"\[\^([^\]\s]{1,60})\]")
_IS_HTML: Final = re.compile(r"\s*<(?:p|h[2-4]|ul|ol|table|blockquote)[\s>]", re.IGNORECASE)
_HEADINGS: Final = {"h1": "h2", "h2": "h3"}


class MarkingError(Exception):
    """It can't be kept as it was meant; the sentence names the place and the mend."""


def cleaned(html: str) -> str:
    """HTML of few elements; everything that could act is taken out."""
    return nh3.clean(
        html,
        tags=set(RICH),
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
    ).strip()


def is_html(text: str) -> bool:
    """Whether a text was written as HTML, as chapters could be before there was Markdown."""
    return bool(_IS_HTML.match(text))


def marked(text: str) -> str:
    """The HTML of a chapter. Raises `MarkingError` for a note without a text or without a place."""
    if is_html(text):
        return cleaned(text)
    if text.count("[") > MOST_BRACKETS:
        raise MarkingError(
            _("There are too many square brackets in it to read. Split the chapter.")
        )
    env: dict[str, Any] = {}
    tokens = _MARKDOWN.parse(text, env)
    _ensure_notes(tokens, env)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _HEADINGS.get(token.tag, "h4")
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in ("th_open", "td_open") and token.attrGet("style") in _ALIGNED:
            token.attrSet("class", _ALIGNED[str(token.attrGet("style"))])
    return cleaned(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env))


def _ensure_notes(tokens: Sequence[Token], env: dict[str, Any]) -> None:
    notes = env.get("footnotes", {}).get("refs", {})
    alone = [name.removeprefix(":") for name, number in notes.items() if number < 0]
    if alone:
        raise MarkingError(
            _(
                "Nothing in the text refers to the note [^%(name)s]. Write [^%(name)s] where it "
                "belongs."
            )
            % {"name": alone[0]}
        )
    for token in tokens:
        for part in token.children or ():
            found = _UNKNOWN.search(part.content) if part.type == "text" else None
            if found:
                raise MarkingError(
                    _(
                        "The note [^%(name)s] has no text. Write it below, on a line of its own: "
                        "[^%(name)s]: …"
                    )
                    % {"name": found[1]}
                )


def _number(_self: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    return f"<sup>{int(tokens[at].meta['id']) + 1}</sup>"


def _notes(_self: Any, _tokens: Any, _at: int, _options: Any, _env: Any) -> str:
    return f"<h4>{_('Notes')}</h4><ol>"


def _made() -> MarkdownIt:
    """Notes have no links to and fro: several chapters stand on a page, and in files."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.disable(["image", "code", "fence", "html_block", "html_inline"])
    made.use(footnote_plugin, inline=False)
    pieces = {
        "footnote_ref": _number,
        "footnote_block_open": _notes,
        "footnote_block_close": lambda *_rest: "</ol>",
        "footnote_open": lambda *_rest: "<li>",
        "footnote_close": lambda *_rest: "</li>",
        "footnote_anchor": lambda *_rest: "",
        "hr": lambda *_rest: "",
    }
    for name, piece in pieces.items():
        made.add_render_rule(name, piece)
    return made


_MARKDOWN: Final = _made()
