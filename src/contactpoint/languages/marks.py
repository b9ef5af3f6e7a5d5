"""Marks the paragraphs of a text that differ from the original, and lays the original beside them.

Only a page that has such paragraphs is touched; all others are rendered as ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import RichTextBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail_localize.strings import extract_strings, restore_strings

from contactpoint.kit.blocks.laying import rendered
from contactpoint.languages.differences import (
    CHANGED,
    GONE,
    NEW,
    OLDER,
    UNCHECKED,
    UNTRANSLATED,
    Difference,
)
from contactpoint.languages.worddiff import Piece, word_diff

TITLE, TEASER = "title", "teaser"


@dataclass(slots=True)
class Mark:
    """A difference as a reader sees it: where it leads, and the original's words."""

    number: int
    difference: Difference
    pieces: list[Piece] = field(default_factory=list)
    is_foreign: bool = False
    """Whether the paragraph stands in the language of the original."""

    @property
    def anchor(self) -> str:
        """The id of the marked paragraph; the title and the teaser have their own."""
        path = self.difference.at
        return path if path in (TITLE, TEASER) else f"{self.difference.kind}-{self.number}"

    @property
    def in_text(self) -> bool:
        """Whether the text has a paragraph that can be marked."""
        return self.difference.at.startswith("body.")


def marks_of(found: Sequence[Difference]) -> list[Mark]:
    """One for each difference, with the words that changed."""
    foreign = {(one.path, one.index) for one in found if one.kind == UNTRANSLATED}
    return [
        Mark(
            number,
            one,
            word_diff(one.was, one.now) if one.kind in OLDER else [],
            one.kind in (UNTRANSLATED, CHANGED, GONE) and (one.path, one.index) in foreign,
        )
        for number, one in enumerate(found, start=1)
    ]


def marked(body: StreamValue, marks: Sequence[Mark], language: str) -> SafeString:
    """The text with its marks; `language` is that of the original."""
    parts = []
    for child, shown in rendered(body):
        path, html = f"body.{child.id}", shown
        mine = [
            mark
            for mark in marks
            if mark.difference.at == path or mark.difference.at.startswith(f"{path}.")
        ]
        whole = [mark for mark in mine if mark.difference.place < 0]
        inner = [mark for mark in mine if mark.difference.place >= 0]
        if inner and isinstance(child.block, RichTextBlock):
            html = _within(html, inner, language)
        else:
            whole = mine
        parts.append(_around(html, child.block_type, whole, language))
    return mark_safe("\n".join(parts))  # noqa: S308 — the blocks' own markup, and a template's


def _around(html: str, name: str, marks: Sequence[Mark], language: str) -> str:
    soup = BeautifulSoup(f'<div class="block-{name}">{html}</div>', "html.parser")
    block = soup.contents[0]
    for mark in marks:
        _write(block, mark, language)
        for beside in _beside(mark, language):
            block.append(beside)  # type: ignore[attr-defined]
    return str(soup)


def _within(html: str, marks: Sequence[Mark], language: str) -> str:
    """Marks paragraphs inside running text, by the same pieces that were compared."""
    template, strings = extract_strings(html)
    soup = BeautifulSoup(template, "html.parser")
    holders: list[Any] = [text.parent for text in soup.find_all("text")]
    last: dict[int, Any] = {}
    for mark in marks:
        place = mark.difference.place
        if place >= len(holders):
            continue
        holder = holders[place]
        _write(holder, mark, language)
        for beside in _beside(mark, language):
            if holder.name == "p":
                last.get(place, holder).insert_after(beside)
                last[place] = beside
            else:
                holder.append(beside)
    return restore_strings(str(soup), strings)


def _write(element: Any, mark: Mark, language: str) -> None:
    """A paragraph that is new in the original stands beside this one, which is as it was."""
    if mark.difference.kind == NEW:
        return
    names = (*element.get_attribute_list("class"), "differs")
    element["class"] = [name for name in dict.fromkeys(names) if name]
    element["data-differs"] = mark.difference.kind
    element["id"] = mark.anchor
    if mark.difference.kind == UNTRANSLATED:
        element["lang"] = language


def _beside(mark: Mark, language: str) -> list[Any]:
    """The words of the original, where they say something else."""
    if mark.difference.kind in (UNTRANSLATED, UNCHECKED):
        return []
    context = {"mark": mark, "original_language": language}
    html = render_to_string("kit/components/original_now.html", context)
    return list(BeautifulSoup(html, "html.parser").find_all("details"))
