"""What people ask in their own words, and the concept that each means (`data/asked.toml`).

*Ma femme* asks for family reunification, *Syriërs* for Syria. In a text such words say too little,
so this scheme is read in questions only.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from contactpoint.vocabulary import Label, Scheme, VocabularyConcept

ASKED: Final = "asked"
FILE: Final = Path(__file__).parent / "data" / "asked.toml"
_BETWEEN: Final = "/"


@cache
def asked() -> Scheme:
    """All that people ask; each concept is named by the one that it leads to."""
    return Scheme(id=ASKED, concepts={one.id: one for one in _concepts()})


def meant_by(concept: str) -> tuple[str, str]:
    """The scheme and the identifier of what a concept of this scheme leads to."""
    scheme, _between, slug = concept.partition(_BETWEEN)
    return scheme, slug


def _concepts() -> Iterator[VocabularyConcept]:
    for scheme, concepts in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        for slug, labels in concepts.items():
            yield VocabularyConcept(id=f"{scheme}{_BETWEEN}{slug}", labels=tuple(_labels(labels)))


def _labels(asked: Mapping[str, list[str]]) -> Iterator[Label]:
    for language, (first, *others) in asked.items():
        yield Label(first, language)
        yield from (Label(other, language, "alternative") for other in others)
