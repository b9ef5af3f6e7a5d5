"""What a site has already, on which a folder of guidance may lean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contactpoint.guidance.texts.blocks import Block


@dataclass(frozen=True, slots=True)
class There:
    """Codes, and what they lead to. `sources` are the English blocks of its
    guides, `steps` the guides on the line of the procedure; None where the glossary isn't asked."""

    themes: frozenset[str] = frozenset()
    guides: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    steps: Mapping[int, str] = field(default_factory=dict)
    sources: Mapping[str, Sequence[Block]] = field(default_factory=dict)
    concepts: frozenset[str] | None = None
    subjects: frozenset[str] | None = None
