"""What is seen of a question in one version of a thing: in its title, and in what is quoted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contactpoint.search.asking.highlighting import of_version
from contactpoint.search.asking.needles import LOOSE, Found, Needles, pieces
from contactpoint.search.asking.results import Highlight, Piece

Parts = dict[int, dict[str, list[str]]]
"""By unit and by what they are a part of, words that stand somewhere."""


@dataclass
class Seen:
    """By unit, whether it is by the asker's own words.

    `apart` are units of several words that stand apart: the numbers of those in the title, and of
    the others, each in some sentence that is quoted.
    """

    title: list[Piece]
    in_title: dict[int, bool]
    highlights: list[Highlight]
    in_text: dict[int, bool]
    language: str
    apart: dict[int, tuple[set[int], set[int]]] = field(default_factory=dict)
    parts_in_title: Parts = field(default_factory=dict)
    parts_in_text: Parts = field(default_factory=dict)

    @property
    def title_text(self) -> str:
        """The title as it is written."""
        return "".join(piece.text for piece in self.title)

    def own(self) -> set[int]:
        """The units that the asker's own words answer here."""
        found = {
            unit
            for seen in (self.in_title, self.in_text)
            for unit, is_own in seen.items()
            if is_own
        }
        return found | self.apart.keys()


def seen_in(version: Mapping[str, Any], wanted: Needles) -> tuple[Seen, list[Found]]:
    """What is seen in a version, and what of it stands in the title."""
    in_title = wanted.find(version["title"])
    highlights, in_text = of_version(version, wanted)
    seen = Seen(
        pieces(version["title"], in_title),
        wanted.answered(in_title),
        highlights,
        in_text,
        wanted.language,
    )
    seen.apart = _apart(seen, in_title, wanted)
    return seen, in_title


def _apart(
    seen: Seen, in_title: Sequence[Found], wanted: Needles
) -> dict[int, tuple[set[int], set[int]]]:
    found = {}
    for unit, telling in wanted.parts.items():
        if seen.in_title.get(unit) or seen.in_text.get(unit):
            continue
        there = _numbers(unit, in_title)
        quoted = {
            number
            for highlight in seen.highlights
            for number in _numbers(unit, wanted.find(highlight.text))
        } - there
        if there | quoted >= telling:
            found[unit] = (there, quoted)
    return found


def _numbers(unit: int, found: Iterable[Found]) -> set[int]:
    """Which of the asker's words of a unit stand there."""
    return {one.part for one in found if one.unit == unit and 0 <= one.part < LOOSE}
