"""The text of an imported item to a StreamField: blocks with their marks, or plain paragraphs.

Whatever lies in the database was found on somebody else's site: each piece passes the sieve of
`markup` once more here.
"""

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, Final

from django.utils.html import escape

from contactpoint.intake.markup import KEPT, rich
from contactpoint.media.models import CustomDocument, CustomImage

_KEPT_LINK: Final = re.compile(rf'<a href="{KEPT}:([^"]*)">(.*?)</a>', re.DOTALL)


def body(inferred: Mapping[str, Any], library: Mapping[str, Any]) -> str:
    """A StreamField's JSON. `library` holds pictures and documents by their names in the item."""
    blocks = inferred.get("blocks") or list(_paragraphs(inferred, library))
    made = [(kind, value) for block in blocks for kind, value in _block(block, library)]
    return json.dumps(
        [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in made]
    )


def _paragraphs(inferred: Mapping[str, Any], library: Mapping[str, Any]) -> Iterator[Any]:
    """Text is text, never markup; pictures whose places are not known come first."""
    for name, one in library.items():
        if isinstance(one, CustomImage):
            yield {"type": "picture", "name": name}
    parts = [escape(part.strip()) for part in inferred["body"].split("\n\n") if part.strip()]
    if parts:
        yield {"type": "paragraph", "value": "".join(f"<p>{part}</p>" for part in parts)}


def _block(block: Mapping[str, Any], library: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    kind = block["type"]
    if kind == "paragraph":
        yield kind, _KEPT_LINK.sub(lambda match: _linked(match, library), rich(block["value"]))
    elif kind == "heading":
        yield kind, block["value"]
    elif kind == "quote":
        yield kind, {"text": block["value"], "source": ""}
    elif kind == "picture":
        picture = library.get(block["name"])
        if isinstance(picture, CustomImage):
            words = picture.description
            value = {"image": picture.pk, "alt_text": words, "decorative": not words}
            yield kind, {"picture": value, "caption": ""}


def _linked(match: re.Match[str], library: Mapping[str, Any]) -> str:
    """A link to a file that came along leads to it in the library; else only its words stay."""
    document = library.get(unescape(match[1]))
    if isinstance(document, CustomDocument):
        return f'<a linktype="document" id="{document.pk}">{match[2]}</a>'
    return match[2]
