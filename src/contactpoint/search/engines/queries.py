"""What an engine is asked: a small language of its own, the same for every engine.

Text fields, all with tokens that we prepared (`contactpoint.search.analysis`):

- `title_<language>`, `text_<language>`, `files_<language>`: stems, for words of that language
- `surface_title`, `surface`: words of all languages as they are written, folded: for phrases,
  beginnings, spelling; a gap of many positions parts languages and fields
- `about`: slugs of concepts, repeated by weight; `under`: the same with all that is broader
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


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
