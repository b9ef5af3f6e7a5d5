"""The paragraphs of a page: what readers see of its words, piece by piece.

The pieces are those of wagtail-localize: a field, a heading, a paragraph or an item of a list. A
path names a field or a block (`body.<id>`); a block of running text has several pieces on one path.
"""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

NOT_READ: Final = frozenset({"slug", "seo_title", "search_description"})
"""Words of a page that stand in no paragraph of it."""
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph by where it stands; `digest` tells two texts apart, whatever their markup."""

    path: str
    digest: str
    text: str


def plain(html: str) -> str:
    """The words of a piece, composed, with single spaces."""
    text = StringValue(html).render_text()
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def digest_of(text: str) -> str:
    """Sixteen letters that stand for a text."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def passages_of(page: Page) -> list[Passage]:
    """The paragraphs of a page in its own class, in order; asks the database nothing."""
    found = []
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue) and segment.path not in NOT_READ:
            text = plain(segment.string.data)
            found.append(Passage(segment.path, digest_of(text), text))
    return found


def by_path(passages: Any) -> dict[str, list[Passage]]:
    """The paragraphs of each path, paths in order."""
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        found.setdefault(passage.path, []).append(passage)
    return found


def alike(paths: list[str], others: list[str]) -> dict[str, str]:
    """Which path of another version of the page stands for each of `paths`.

    A version that wagtail-localize made has the same blocks. One that was written as a page of its
    own has others: there the n-th block of a field stands for the n-th, if their number is equal.
    """
    there = set(others)
    if all(path in there for path in paths):
        return {path: path for path in paths}
    mine, theirs = _blocks(paths), _blocks(others)
    found = {path: path for path in paths if path in there}
    for field, blocks in mine.items():
        if len(blocks) != len(theirs.get(field, [])):
            continue
        for block, other in zip(blocks, theirs[field], strict=True):
            for path in paths:
                if path == block or path.startswith(f"{block}."):
                    near = other + path[len(block) :]
                    if near in there:
                        found.setdefault(path, near)
    return found


def _blocks(paths: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in paths:
        field, *rest = path.split(".")
        block = ".".join([field, *rest[:1]])
        if block not in found.setdefault(field, []):
            found[field].append(block)
    return found
