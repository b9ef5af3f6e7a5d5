"""One thing as rules are held against it: an index of one document, in memory.

A *fact* is something of the thing that a question can ask for: `title_en asyl` (a token of a
field), `kind=event` (a value of a facet), `key=output:…`. A *lookup* is what rules are found by in
the database; it is an atom of a rule (`theme:housing`), or stands for facts: `w:asyl` for a word's
stem in whatever field and language, `s:asylum` for a word as it is written, `p:asy` for what one
begins with, `a:asylum` for what is mentioned, `q:…` for a question for which an editor put the
thing first.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Final

from contactpoint.glossary.scheme import SCHEME_ID
from contactpoint.search.asking.weights import ABOUT
from contactpoint.search.documents import Prepared
from contactpoint.search.engines.queries import LONGEST, PHRASED
from contactpoint.vocabulary import Vocabulary

CONCEPTS: Final = ("about", "under")
BEGINNINGS: Final = (2, 3)
ALWAYS: Final = "*"
"""The lookup of a rule that asks for nothing that can be looked up: it is held against all."""


class Sheet:
    """A thing as an engine would take it, and what it is by the rules.

    `pinned` are folded questions for which editors put the thing first, each with the language of
    the readers for whom they did, empty for all. Its concepts are those that
    editors gave it and those that its texts are about as the search says it, with all that is
    broader.
    """

    def __init__(
        self,
        document: Prepared,
        words: Vocabulary | None = None,
        pinned: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.document = document
        self.pinned = frozenset(pinned)
        self._about = self._concepts(words) if words else set()

    def _concepts(self, words: Vocabulary) -> set[str]:
        """The concepts of the glossary that the texts are about, and what is broader."""
        known = words.schemes[SCHEME_ID].concepts
        weights: dict[str, int] = self.document.stored.get("about", {})
        front = [slug for slug, weight in weights.items() if weight >= ABOUT and slug in known]
        found: set[str] = set()
        while front:
            found.update(front)
            front = [
                other
                for slug in front
                for other in known[slug].broader
                if other in known and other not in found
            ]
        return found

    @cached_property
    def facts(self) -> frozenset[str]:
        """All facts, texts that keep places of words included."""
        found = {f"key={self.document.key}"}
        for name, values in self.document.facets.items():
            found.update(f"{name}={value}" for value in values)
        for name, text in self.document.texts.items():
            found.update(f"{name} {token}" for token in set(map(_cut, text.split())))
        return frozenset(found)

    @cached_property
    def lookups(self) -> frozenset[str]:
        """By what rules that may ask for it are found."""
        found = {ALWAYS, f"thing:{self.document.key}"}
        found.update(f"concept:{slug}" for slug in self._about)
        found.update(f"q:{question}" for question, _language in self.pinned)
        for fact in self.facts:
            found.update(lookups_of(fact))
        for word in {one for name in PHRASED for one in self._words(name)}:
            found.update(f"p:{word[:size]}" for size in BEGINNINGS)
        return frozenset(found)

    def has_in_a_row(self, field: str, tokens: tuple[str, ...]) -> bool:
        """Whether these words stand one after the other in a line of a field."""
        wanted = f" {' '.join(map(_cut, tokens))} "
        return any(wanted in line for line in self._lines(field))

    def begins(self, field: str, start: str) -> bool:
        """Whether a word of a field begins so."""
        start = start[:LONGEST]
        return any(word.startswith(start) for word in self._words(field))

    def _words(self, field: str) -> frozenset[str]:
        known = self._kept_words
        if field not in known:
            known[field] = frozenset(map(_cut, self.document.texts.get(field, "").split()))
        return known[field]

    def _lines(self, field: str) -> list[str]:
        known = self._kept_lines
        if field not in known:
            text = self.document.texts.get(field, "")
            known[field] = [f" {' '.join(map(_cut, one.split()))} " for one in text.split("\n")]
        return known[field]

    @cached_property
    def _kept_words(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _kept_lines(self) -> dict[str, list[str]]:
        return {}


def fact_of(field: str, token: str) -> str:
    """Of a token in a field."""
    return f"{field} {_cut(token)}"


def lookups_of(fact: str) -> list[str]:
    """What a rule that needs the fact may be found by: every thing with the fact has each."""
    field, is_token, token = fact.partition(" ")
    if "=" in field:  # a value may have a space
        name, _sign, value = fact.partition("=")
        return [f"thing:{value}"] if name == "key" else [f"{name}:{value}"]
    if not is_token:
        return [fact]
    if field in CONCEPTS:
        return [f"a:{token}"]
    return [f"s:{token}"] if field in PHRASED else [f"w:{token}"]


def _cut(token: str) -> str:
    return token[:LONGEST]
