"""What is said aloud of a text: block by block, with the words around it that a reader sees.

Whoever listens can't see the question above a block, nor whom it is for; so both are said. The
digest of all these words ties a recording to them: where one word changes, it is another digest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from contactpoint.guidance.languages import SOURCE
from contactpoint.guidance.models import GuideText, Place
from contactpoint.guidance.texts.blocks import Block, arranged, spoken
from contactpoint.guidance.wording import Wording, words
from contactpoint.kit.labels import pick

HEAD: Final = "_head"
"""Title and summary; an id that no block can have."""


@dataclass(frozen=True, slots=True)
class Saying:
    """The words of a block as they are read aloud, a sentence or an item a line."""

    block: str
    lines: tuple[str, ...]
    variants: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of them; where a line has no mark at its end a voice needs one, to rest."""
        return "\n".join(line if line[-1:] in ".?!:…؟።" else f"{line}." for line in self.lines)

    @property
    def digest(self) -> str:
        """Tells these words from any others: 16 hexadecimal digits."""
        return blake2b("\n".join(self.lines).encode(), digest_size=8).hexdigest()

    def is_for(self, variant: str) -> bool:
        """Whether a reader who chose `variant` hears it."""
        return not variant or not self.variants or variant in self.variants


def sayings(text: GuideText, source: GuideText | None, places: Mapping[str, Place]) -> list[Saying]:
    """All that is heard of a text, in the order of the page; `places` by their codes."""
    blocks = (
        text.blocks
        if source is None or text.language == SOURCE
        else arranged(text.blocks, source.blocks)
    )
    return [
        Saying(HEAD, (text.title, text.summary)),
        *_of_blocks(blocks, text.language, places),
    ]


def places_of(texts: Iterable[GuideText | None]) -> dict[str, Place]:
    """The places that texts name, by code; one query, none where none is named."""
    codes = {row["place"] for text in texts if text for row in text.body if row.get("place")}
    found = Place.objects.filter(code__in=codes) if codes else ()
    return {place.code: place for place in found}


def _of_blocks(
    blocks: Sequence[Block], language: str, places: Mapping[str, Place]
) -> Iterable[Saying]:
    own = words(language)
    asked = {""}
    for block in blocks:
        lines = [own[f"role_{block.role}"]] if block.role not in asked else []
        asked.add(block.role)
        lines += _for(block, own)
        if block.kind == "warning":
            lines.append(own["warning"])
        said = [line for line in spoken(block).splitlines() if line]
        if block.place in places:
            said += _place(places[block.place], language, own)
        if said:
            yield Saying(block.id, (*lines, *said), block.variants)


def _for(block: Block, own: Wording) -> list[str]:
    """Whom it is for, as it stands above the block."""
    named = [own[f"for_{variant}"] for variant in block.variants]
    return [f" {own['for_or']} ".join(named) + ":"] if named else []


def _place(place: Place, language: str, own: Wording) -> list[str]:
    lines = [pick(place.names, language)]
    if place.phone:
        lines.append(own["call_number"].format(number=place.phone))
    return [line for line in lines if line]
