"""What is searched: a thing with all its languages, as its source tells it, and as it is indexed.

One thing is one document, whatever the number of its translations: so a thing is found once, its
facets count it once, and a word in one language and a word in another may find it together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

FACETS: Final = (
    "kind",
    "type",
    "theme",
    "concept",
    "institution",
    "country",
    "language",
    "year",
)
"""What results are narrowed and counted by. Values are slugs, codes and numbers, never labels."""


@dataclass(frozen=True, slots=True)
class FilePage:
    """One page (of a PDF), slide, sheet or section of an attached file; `number` counts from 1.

    `file` is its title, `document` its primary key among the media's documents, `language` its own,
    empty where that is the language of the version that it belongs to.
    """

    file: str
    url: str
    document: int
    number: int
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A thing in one language: texts are plain, without marks; `url` begins with a slash.

    `pk` is the primary key of the page behind it, 0 where there is none. `expires_at` is the moment
    from which no reader may see this version. `title_language` and `teaser_language` are given
    where nobody has translated these words: in what language they stand.
    """

    language: str
    title: str
    url: str
    teaser: str = ""
    text: str = ""
    files: Sequence[FilePage] = ()
    pk: int = 0
    expires_at: datetime | None = None
    title_language: str = ""
    teaser_language: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A thing that any reader may see, as its source tells it.

    `key` is `<source>:<id>`. `concepts` are the slugs that editors gave it, most telling first.
    `themes` are its own, in the editors' order, `parents` what stands above them. `names` are
    further names by language (of a concept: alternative and hidden labels), searched like titles
    but not shown; `named` are names by language of what belongs to it (its institutions and
    countries), searched like its text.
    """

    key: str
    kind: str
    versions: Sequence[Version]
    type: str = ""
    day: date | None = None
    themes: Sequence[str] = ()
    parents: Sequence[str] = ()
    concepts: Sequence[str] = ()
    institutions: Sequence[str] = ()
    countries: Sequence[str] = ()
    keywords: Sequence[str] = ()
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document as an engine takes it: nothing is left to be analysed but spaces.

    `texts` maps a text field (see `engines.queries`) to its tokens, separated by single spaces; a
    token may repeat, and its number counts. `facets` maps a name of `FACETS` to values. `day` is
    `date.toordinal()`, `until` the minute since 1970 from which it must not be found any more.
    `stored` is given back as it is; JSON, of the shape that `indexing.preparing` says. `number`
    grows with each change of the same key: an engine that is written by several processes keeps
    the highest.
    """

    key: str
    texts: Mapping[str, str]
    facets: Mapping[str, Sequence[str]]
    languages: Sequence[str]
    day: int | None = None
    until: int | None = None
    stored: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0
