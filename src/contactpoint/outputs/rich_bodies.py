"""The text of an output as one piece of rich text, for paper, mail and feeds."""

from typing import Any

from django.utils.html import format_html

from contactpoint.kit.blocks.laying import LEVELS, Laid, in_context, laid_out
from contactpoint.outputs.figures import bodies
from contactpoint.outputs.figures.telling import Telling


def rich_text_of(body: Any, telling: Telling | None) -> str:
    """As one piece, so that all its links are looked up at once; `telling` has its figures."""
    laid = laid_out(body)
    return "".join(_piece(block, telling, laid.at(place)) for place, block in enumerate(body))


def _piece(block: Any, telling: Telling | None, laid: Laid) -> str:
    kind, value = block.block_type, block.value
    if kind == "paragraph":
        said = telling.as_text(value.source) if telling else value.source
        return f"<section>{laid.with_references(said)}</section>"
    if kind in bodies.KINDS:
        return bodies.as_html(value, telling)
    if kind in LEVELS or kind in ("table", "notes"):
        return str(block.render(context=in_context(laid)))
    if kind == "quote":
        lines = [format_html("<p>{}</p>", line) for line in value["text"].splitlines()]
        source = format_html("<footer>{}</footer>", value["source"]) if value["source"] else ""
        return f"<blockquote>{''.join(lines)}{source}</blockquote>"
    picture = value["picture"]
    told = [picture.contextual_alt_text or "" if picture else "", value["caption"]]
    return format_html("<p><i>{}</i></p>", " ".join(filter(None, told)))
