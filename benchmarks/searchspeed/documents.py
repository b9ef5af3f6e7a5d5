"""Generated documents in five languages, about 120 words each, and questions to ask of them.

Words are made of syllables, 30,000 a language, and drawn by Zipf's law; one in twelve is shared by
all languages (names, figures, international words). Each document names two or three concepts of
the glossary in its own language. The same numbers give the same documents, on every machine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from contactpoint.search.documents import Document, Version

LANGUAGES = ("en", "fr", "nl", "de", "ar")
WORDS, SHARED, EXPONENT = 30_000, 5_000, 1.05
BATCH = 1_000
FACETS = ("kind", "theme", "country", "year", "institution")
FIRST_DAY = date(2005, 1, 1)
SYLLABLES = {
    language: text.split()
    for language, text in {
        "en": "ing er st and tion th re al ment ow ea ly sh un der con ous ity pro gr",
        "fr": "ment eau tion ai re ou qu eux ance ille dé pré ch on el ir té am in oi",
        "nl": "en ge heid ver aan lijk ij oo sch ing ui be der ee trek op in ster aa nd",
        "de": "ung ge ver schaft en keit auf er ein lich be zu heit st au ie ent sch ab um",
        "ar": "ال مست عر في ين ات هج تأ حق لو كت دو من رة سي بل قا نو ظم شر",
        "": "ma ri ko ta ne lu so vi da po ra mi te no ba la si de ro ka",
    }.items()
}


@dataclass(frozen=True)
class Name:
    """A concept and what it is called in each of the languages."""

    slug: str
    labels: dict[str, str]


class Maker:
    """Makes documents by number, a batch at a time."""

    def __init__(self, names: Sequence[Name], pages: Sequence[int]) -> None:
        self.names = names
        self.pages = pages
        self.words = {one: _words(one, WORDS if one else SHARED) for one in SYLLABLES}
        self.zipf = {size: _zipf(size) for size in (WORDS, SHARED, len(names), 20, 30, 200)}

    def documents(self, start: int, stop: int) -> Iterator[Document]:
        """From the number `start` up to, and without, `stop`."""
        for first in range(start - start % BATCH, stop, BATCH):
            for number, document in enumerate(self._batch(first // BATCH), first):
                if start <= number < stop:
                    yield document

    def _batch(self, batch: int) -> Iterator[Document]:
        dice = np.random.default_rng((7, batch))
        lengths = np.clip(dice.normal(120, 30, BATCH), 30, 260).astype(int)
        own = self._drawn(dice, WORDS, int(lengths.sum()))
        shared = self._drawn(dice, SHARED, len(own))
        is_shared = dice.random(len(own)) < 1 / 12
        place = 0
        for number, length in enumerate(lengths, batch * BATCH):
            language = LANGUAGES[int(dice.integers(len(LANGUAGES)))]
            here = slice(place, place + length)
            place += length
            words = [
                self.words[""][common] if is_common else self.words[language][word]
                for word, common, is_common in zip(
                    own[here], shared[here], is_shared[here], strict=True
                )
            ]
            for name in self._drawn(dice, len(self.names), int(dice.integers(2, 4))):
                at = int(dice.integers(8, len(words)))
                words.insert(at, self.names[name].labels[language])
            yield self._document(dice, number, language, words)

    def _document(
        self, dice: np.random.Generator, number: int, language: str, words: list[str]
    ) -> Document:
        sentences = [" ".join(words[at : at + 15]).capitalize() for at in range(8, len(words), 15)]
        version = Version(
            language=language,
            title=" ".join(words[:8]).capitalize(),
            url=f"/{language}/documents/{number}/",
            teaser=f"{sentences[0]}.",
            text=f"{'. '.join(sentences[1:])}.",
            pk=self.pages[number % len(self.pages)],
        )
        themes = {f"theme-{one}" for one in self._drawn(dice, 20, int(dice.integers(1, 4)))}
        return Document(
            key=f"outputs:{number}",
            kind=f"kind-{self._drawn(dice, 20, 1)[0] % 6}",
            versions=[version],
            day=FIRST_DAY + timedelta(days=int(dice.integers(20 * 365))),
            themes=sorted(themes),
            institutions=[f"institution-{self._drawn(dice, 200, 1)[0]}"],
            countries=[f"country-{one}" for one in {*self._drawn(dice, 30, 2)}],
        )

    def _drawn(self, dice: np.random.Generator, size: int, number: int) -> list[int]:
        drawn: list[int] = np.searchsorted(self.zipf[size], dice.random(number)).tolist()
        return drawn

    def questions(self, number: int) -> list[tuple[str, str]]:
        """One to three words that stand in documents, or a concept's name and up to two words.

        Words are drawn as documents draw them, but the hundred commonest are nobody's question.
        """
        dice = np.random.default_rng(11)
        made = []
        for turn in range(number):
            language = LANGUAGES[turn % len(LANGUAGES)]
            terms = []
            while len(terms) < 1 + turn % 3:
                word = self._drawn(dice, WORDS, 1)[0]
                if 100 <= word < 20_000:
                    terms.append(self.words[language][word])
            if turn % 2:
                concept = self.names[self._drawn(dice, len(self.names), 1)[0]]
                terms[-1] = concept.labels[language]
            made.append((" ".join(terms), language))
        return made


def named(vocabulary: Any) -> list[Name]:
    """The concepts of the glossary, with English names where they have none in a language."""
    concepts = vocabulary.schemes["glossary"].concepts
    return [
        Name(slug, {one: concepts[slug].label(one) for one in LANGUAGES})
        for slug in sorted(concepts)
        if concepts[slug].status == "approved"
    ]


def _words(language: str, size: int) -> list[str]:
    dice = np.random.default_rng(len(language) + sum(map(ord, language)))
    made: dict[str, None] = {}
    while len(made) < size:
        parts = dice.integers(len(SYLLABLES[language]), size=int(dice.integers(2, 5)))
        made["".join(SYLLABLES[language][part] for part in parts)] = None
    return list(made)


def _zipf(size: int) -> Any:
    weights = 1 / np.arange(1, size + 1) ** EXPONENT
    return np.cumsum(weights / weights.sum())
