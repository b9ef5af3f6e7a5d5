"""The words of an output as the search compares them: without case, accents and marks.

A column of its own, filled by whatever writes the page: one at a time, in batches, by translation.
The words of the title stand before the bar, those of teaser and text after it; a space stands
before each word, so that ` asyl` finds the words that begin so.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from contactpoint.kit.blocks.gridding import lines_of
from contactpoint.kit.blocks.laying import without_references
from contactpoint.kit.markup import inline_from_markdown
from contactpoint.outputs.figures.bodies import KINDS, as_text
from contactpoint.outputs.figures.telling import Telling
from contactpoint.outputs.figures.tokens import without
from contactpoint.vocabulary.normalise import tokenise

BAR = " |"
_TAG = re.compile(r"<[^>]*>")
_END = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br */?>")
_INLINE = re.compile(r"</?(?:a|b|code|em|i|s|span|strong|sub|sup|u)\b[^>]*>")
_SPACES = re.compile(r"\s+")


class WordsField(models.TextField):
    """Filled in when the row is written; never edited, never part of a revision."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"editable": False, "serialize": False, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The words of the page as it is now."""
        page: Any = model_instance
        rest = f"{page.teaser} {plain(page.body)}"
        words = f"{spaced(page.title)}{BAR}{spaced(rest)}"
        setattr(page, self.attname, words)
        return words


def spaced(text: str) -> str:
    """The words of a text as they are compared, each after a space."""
    return "".join(f" {word}" for word in words_of(text))


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [token.folded for token in tokenise(text)]


def plain(body: Any) -> str:
    """The text of a stream of blocks, without marks and without live figures, which change."""
    parts = map(_still, _strings(body.get_prep_value())) if body else iter(())
    text = " ".join(html.unescape(_TAG.sub(" ", part)) for part in parts)
    return _SPACES.sub(" ", text).strip()


def paragraphs(body: Any, telling: Telling | None = None) -> str:
    """The same with an empty line between paragraphs, for whoever quotes sentences of it: no space
    comes between a link and the comma after it. `telling` says its live figures in words."""
    if telling is not None:
        return _parted(part for child in body for part in _told(child, telling))
    return _parted(map(_still, _strings(body.get_prep_value())) if body else iter(()))


def paragraphs_in(child: Any, telling: Telling | None = None) -> str:
    """The same of one block of a text."""
    if telling is not None:
        return _parted(_told(child, telling))
    return _parted(map(_still, _strings(_stored(child))))


def _parted(parts: Iterable[str]) -> str:
    pieces = (piece for part in parts for piece in _END.split(_INLINE.sub("", part)))
    lines = (_SPACES.sub(" ", html.unescape(_TAG.sub(" ", piece))).strip() for piece in pieces)
    return "\n\n".join(line for line in lines if line)


def _still(text: str) -> str:
    """Without what readers see as a figure or as the number of a note."""
    return without_references(without(text))


def _told(child: Any, telling: Telling) -> Iterator[str]:
    if child.block_type in KINDS:
        yield html.escape(as_text(child.value, telling))
    else:
        yield from map(telling.as_text, map(without_references, _strings(_stored(child))))


def _stored(child: Any) -> dict[str, Any]:
    return {"type": child.block_type, "value": child.block.get_prep_value(child.value)}


def _strings(value: Any) -> Iterator[str]:
    """The words that people wrote, not the names and numbers of blocks."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        if value.get("type") in KINDS:
            return
        if value.get("type") == "table":
            yield from _lines_of_table(value["value"] or {})
        elif "type" in value and "value" in value:
            yield from _strings(value["value"])
        else:
            for key, item in value.items():
                if key not in ("id", "name"):
                    yield from _strings(item)


def _lines_of_table(value: Any) -> Iterator[str]:
    """Its caption and its rows, as markup with nothing in it but words."""
    yield from (str(inline_from_markdown(line)) for line in lines_of(value))
