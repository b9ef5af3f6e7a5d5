"""What an engine is asked: a small language of its own, the same for every engine.

Text fields, all with tokens that we prepared (`contactpoint.search.analysis`):

- `title_<language>`, `text_<language>`, `files_<language>`: stems, for words of that language
- `surface_title`, `surface`: words of all languages as they are written, folded: for phrases,
  beginnings, spelling
- `about`: slugs of concepts, repeated by weight; `under`: the same with all that is broader

In `surface` and `surface_title` a newline parts lines (languages, titles, texts, files): a phrase
does not reach from one line into the next, because an engine leaves a gap of at least one position
between the values of a field. Only these two keep positions, so only they are asked for phrases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from contactpoint.search.analysis import LANGUAGES

PHRASED: Final = ("surface_title", "surface")
TEXTS: Final = (
    *(f"{part}_{language}" for part in ("title", "text", "files") for language in LANGUAGES),
    *PHRASED,
    "about",
    "under",
)
"""All text fields; `PHRASED` are those that keep the places of words."""

LONGEST: Final = 120
"""Of a longer token the first so many characters are indexed and asked for, in every engine."""


@dataclass(frozen=True, slots=True)
class Term:
    """Has the token; scored by BM25."""

    field: str
    token: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Has the tokens, one after the other; at least two."""

    field: str
    tokens: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Has a token that begins so; every document scores `boost`."""

    field: str
    start: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Facet:
    """Has the value; every document scores `boost`."""

    name: str
    value: str
    boost: float = 0.0


@dataclass(frozen=True, slots=True)
class Key:
    """Is one of these documents; each scores `boost`."""

    keys: tuple[str, ...]
    boost: float = 0.0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Answers at least `least` of the queries; scores are added up."""

    queries: "tuple[Query, ...]"
    least: int = 1


@dataclass(frozen=True, slots=True)
class Best:
    """Answers at least one; scores as the best does, and `tie` times what the others do."""

    queries: "tuple[Query, ...]"
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class AllOf:
    """Answers all of `queries` and none of `excluded`; scores are added up.

    With no `queries`: everything but `excluded`.
    """

    queries: "tuple[Query, ...]"
    excluded: "tuple[Query, ...]" = ()


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document, each with the score 0."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


Query: TypeAlias = (
    Term | Phrase | Prefix | Facet | Key | AnyOf | Best | AllOf | Everything | Nothing
)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader chose of one facet: at least one of `any`, each of `all`, none of `none`."""

    any: Sequence[str] = ()
    all: Sequence[str] = ()
    none: Sequence[str] = ()
