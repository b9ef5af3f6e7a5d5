"""What a text as a whole says of its parts: the level and the address of each heading, and which
number a note has.

A block is rendered by itself and can't know what stands before it; so a text is looked through
first, and each of its blocks is given its place (`BodyBlock`, and whoever writes a text on paper).
A note is referred to as in Markdown: `[^name]`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from wagtail.rich_text import RichText

REFERENCE: Final = re.compile(r"\[\^([^\[\]\s<>&\"']{1,60})\]")
LEVELS: Final = {"heading": 2, "subheading": 3, "minor_heading": 4}
"""By the name of a block."""
_PIECE: Final = re.compile(rf"<[^>]*>|{REFERENCE.pattern}")
_KEY: Final = "laid"


@dataclass(frozen=True, slots=True)
class Placed:
    """A heading where it stands: `level` leaves none out above it, `anchor` is its id."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A text that was looked through, as one of its blocks sees it."""

    headings: Mapping[int, Placed] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)
    referred: frozenset[str] = frozenset()
    heading: Placed | None = None
    met: Counter[str] = field(default_factory=Counter)

    def at(self, place: int) -> "Laid":
        """The same as the block at a place sees it."""
        return replace(self, heading=self.headings.get(place))

    def with_references(self, html: str) -> SafeString:
        """Safe HTML with its references to notes as links; one in a link is only a number, and
        what is no note of this text stays as it was written."""
        in_link = False

        def told(match: re.Match[str]) -> str:
            nonlocal in_link
            name = match[1]
            if name is None:
                tag = match[0].lower()
                in_link = tag.startswith(("<a ", "<a>")) or (in_link and tag != "</a>")
                return match[0]
            number = self.notes.get(name)
            return match[0] if number is None else self._reference(name, number, in_link=in_link)

        return mark_safe(_PIECE.sub(told, html))  # noqa: S308 — it was safe, and numbers are added

    def _reference(self, name: str, number: int, *, in_link: bool) -> str:
        if in_link:
            return format_html("<sup>{}</sup>", number)
        self.met[name] += 1
        again = f"-{self.met[name]}" if self.met[name] > 1 else ""
        return format_html(
            '<sup><a id="fnref-{0}{1}" href="#fn-{0}" role="doc-noteref">{0}</a></sup>',
            number,
            again,
        )


def laid_out(body: Any) -> Laid:
    """What a stream of blocks says of its parts. Asks nothing."""
    children = list(body or ())
    names = [name for one in children if one.block_type == "notes" for name in names_in(one.value)]
    notes: dict[str, int] = {}
    for name in names:
        notes.setdefault(name, len(notes) + 1)
    headings: dict[int, Placed] = {}
    level, anchors = 1, Counter[str]()
    for place, one in enumerate(children):
        if one.block_type in LEVELS:
            level = min(LEVELS[one.block_type], level + 1)
            text = without_references(str(one.value))
            headings[place] = Placed(level, _anchor(text, anchors), text)
    return Laid(headings, notes, frozenset(references_in(children)))


def in_context(laid: Laid) -> dict[str, Any]:
    """What a block is rendered with, so that it finds its place."""
    return {_KEY: laid}


def laid_in(context: Any) -> Laid:
    """What a block was told of its text; nothing where it stands alone."""
    found = (context or {}).get(_KEY)
    return found if isinstance(found, Laid) else Laid()


def rendered(body: Any, context: Any = None) -> Iterator[tuple[Any, str]]:
    """Each block of a text with its HTML."""
    laid = laid_out(body)
    for place, child in enumerate(body or ()):
        yield child, str(child.render(context=_flat(context) | in_context(laid.at(place))))


def names_in(notes: Any) -> list[str]:
    """The names of the notes of a block, as far as they have one."""
    return [one["name"].strip() for one in notes if one["name"].strip()]


def references_in(children: Iterable[Any]) -> Iterator[str]:
    """The names that running text, headings and tables refer to, in their order."""
    for one in children:
        if isinstance(one.value, RichText):
            yield from REFERENCE.findall(one.value.source)
        elif one.block_type in LEVELS:
            yield from REFERENCE.findall(str(one.value))
        elif one.block_type == "table" and isinstance(one.value, dict):
            for row in one.value.get("data") or ():
                for cell in row:
                    yield from REFERENCE.findall(str(cell or ""))


def without_references(text: str) -> str:
    """Plain text without its references to notes."""
    return REFERENCE.sub("", text)


def _anchor(text: str, taken: Counter[str]) -> str:
    """Of its own words, so that a link to it holds while other headings come and go."""
    slug = slugify(text, allow_unicode=True)[:60].strip("-") or "part"
    taken[slug] += 1
    return f"s-{slug}" if taken[slug] == 1 else f"s-{slug}-{taken[slug]}"


def _flat(context: Any) -> dict[str, Any]:
    return dict(context.flatten() if hasattr(context, "flatten") else context or {})
