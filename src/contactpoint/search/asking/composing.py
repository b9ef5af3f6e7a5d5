"""From what a question means to what the engine is asked.

A word is looked for as a stem in the fields of each language, so `asylums` finds `asylum` and a
French word French texts; a concept as one term, however many names it has, so that a common
translation does not drown the rest. What stands in no document is left out beforehand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone

from contactpoint.search.analysis import LANGUAGES, forms, surfaces
from contactpoint.search.asking import weights
from contactpoint.search.asking.meant import Meant
from contactpoint.search.asking.small_words import is_small
from contactpoint.search.asking.syntax import Item
from contactpoint.search.asking.terms import FIELDS, terms_of
from contactpoint.search.asking.understanding import Question, Unit
from contactpoint.search.asking.visibility import without
from contactpoint.search.engines.base import Engine, Request
from contactpoint.search.engines.queries import (
    AllOf,
    AnyOf,
    Best,
    Everything,
    Facet,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Term,
)
from contactpoint.search.meanings import KINDS
from contactpoint.vocabulary import fold

RARE: Final = 60
"""A word that stands more often, in several forms and fields, stands in what may be seen."""
COMMON: Final = 5
"""A word of a name that stands in one of so many texts or more tells none from another."""
MOST_PARTS: Final = 8


@dataclass
class Composer:
    """Makes queries for one question; asks the engine once which of its words stand anywhere.

    `spoken` are the languages in which there are texts; names of concepts are in all.
    """

    engine: Engine
    question: Question
    spoken: Sequence[str]
    searched: Sequence[str] = ()
    narrower: bool = False
    hidden: Sequence[str] = ()
    """Keys of things that the index still has and that nobody may see any more."""
    standing: dict[tuple[str, str], int] = field(default_factory=dict)
    common: frozenset[tuple[str, str]] = frozenset()
    """Languages and forms of words of names that say nothing; known once `partial` was asked."""
    _nowhere: dict[Item, bool] = field(default_factory=dict)
    _spoken_of: dict[Item, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names: tuple[str, ...] = tuple(self.searched) or LANGUAGES
        self.texts = tuple(one for one in self.spoken if one in self.names)
        items = [item for unit in self.question.units for item in unit.items]
        wanted = {
            term
            for item in [*items, *self.question.excluded]
            if item.kind == "word"
            for term in self._terms_of(item)
        }
        wanted |= {
            (self._concepts, meant.token) for unit in self.question.units for meant in unit.concepts
        }
        wanted |= {(self._concepts, meant.token) for meant in self._unwanted}
        wanted |= {
            (term.field, term.token)
            for unit in self.question.units
            for meant in unit.concepts
            if meant.guessed
            for word in surfaces(meant.label)
            for _language, terms in self._known(word)
            for term in terms
        }
        ordered = sorted(wanted)
        self.standing = dict(zip(ordered, self.engine.frequencies(ordered), strict=True))

    @property
    def _concepts(self) -> str:
        return "under" if self.narrower else "about"

    @property
    def _unwanted(self) -> list[Meant]:
        return [meant for concepts in self.question.unwanted.values() for meant in concepts]

    def strict(self) -> Query:
        """Every part of the question is answered; without a question everything is wanted."""
        wanted = [self._group(group) for group in self.question.groups]
        if not wanted:
            is_open = self.question.excluded or not self.question.text
            return self._without(Everything()) if is_open else Nothing()
        query: Query = AllOf(tuple(wanted)) if len(wanted) > 1 else wanted[0]
        if any(isinstance(one, Nothing) for one in wanted):
            return Nothing()
        exact = self._in_a_row()
        if exact is not None:
            query = AnyOf((query, exact))
        return self._without(query)

    def partial(self) -> Query:
        """Some part of the question is answered, and not all of it: words of what is one concept,
        and of its names in the languages of texts, count as parts."""
        wanted = [self._group(group) for group in self.question.groups]
        some: list[Query] = [one for one in wanted if not isinstance(one, Nothing)]
        some += [*_all_but_one(some, len(wanted)), *self._loose()]
        if not some or (len(wanted) < 2 and len(some) < 2):
            return Nothing()
        # Pages of concepts would be most of what answers one word; the chips lead to them.
        pages = (Facet("kind", "concept"), Facet("kind", "theme"))
        return self._without(AllOf((AnyOf(tuple(some)),), pages))

    def _loose(self) -> list[Query]:
        """Single words of the concepts in the question: the asker's, and of their names. They put
        in order; what has but such as say nothing is left out when it is looked at."""
        loose = {
            (language, form)
            for unit in self.question.units
            for language, name in unit.names
            if language in self.texts
            for word in surfaces(name)
            if not is_small(word, [language])
            for form in forms(word, language)
        }
        fields = [part for part, _boost in FIELDS[:2]]
        terms = sorted((f"{part}_{language}", form) for language, form in loose for part in fields)
        counts = dict(zip(terms, self.engine.frequencies(terms) if terms else (), strict=True))
        self.common = self._common(counts)
        found: list[Query] = [
            Term(name, form, weights.LOOSE)
            for (name, form), count in counts.items()
            if count and (name.partition("_")[2], form) not in self.common
        ]
        items = [
            item
            for unit in self.question.units
            if unit.has_parts
            for item in unit.items
            if not self.question.is_small(item)
        ]
        own = [self._item(item) for item in items]
        return found + [one for one in own if not isinstance(one, Nothing)]

    def _common(self, counts: Mapping[tuple[str, str], int]) -> frozenset[tuple[str, str]]:
        """Words of names, by language and form, that so many texts have that they say nothing."""
        if max(counts.values(), default=0) <= RARE:
            return frozenset()
        everything = self.engine.search(Request(Everything(), _minute(), limit=0)).total
        most = max(RARE, everything // COMMON)
        return frozenset(
            (name.partition("_")[2], form) for (name, form), count in counts.items() if count > most
        )

    def is_at_home(self, word: str) -> bool:
        """Whether a language in which the question is written has the word in some form. Then
        others have it only as it is written: German *Pass* is no form of French *passe*."""
        return any(map(self._stands, self.home_terms(word)))

    def home_terms(self, word: str) -> list[tuple[str, str]]:
        """What makes a word be at home, if any of it stands somewhere."""
        own = self.question.written_in
        return [
            (term.field, term.token)
            for language, terms in terms_of(word, self.names, self.texts, own)
            if language in own
            for term in terms
        ]

    def is_nowhere(self, item: Item) -> bool:
        """Whether a word stands in no document that may be seen, in no form.

        Frequencies count for a while what was deleted; a rare word is looked for, so that one
        which only stood there is like one that never stood anywhere.
        """
        if self._is_unknown(item) or item.kind != "word":
            return item.kind == "word"
        if sum(self.standing.get(term, 0) for term in self._terms_of(item)) > RARE:
            return False
        if item not in self._nowhere:
            query = without(self._item(item), self.hidden)
            found = self.engine.search(Request(query, _minute(), limit=0))
            self._nowhere[item] = not found.total
        return self._nowhere[item]

    def _is_unknown(self, item: Item) -> bool:
        return item.kind == "word" and not any(map(self._stands, self._terms_of(item)))

    def languages_of(self, item: Item) -> list[str]:
        """The languages in whose texts some form of the word stands."""
        if item.kind != "word":
            return list(self.spoken)
        if item not in self._spoken_of:
            found = {
                name.partition("_")[2]
                for name, token in self._terms_of(item)
                if self._stands((name, token))
            }
            self._spoken_of[item] = [one for one in self.spoken if one in found]
        return self._spoken_of[item]

    def _stands(self, term: tuple[str, str]) -> bool:
        return self.standing.get(term, 0) > 0

    def _terms_of(self, item: Item) -> Iterable[tuple[str, str]]:
        names = self.question.languages_of(item, self.names)
        for word in {word for spelling in item.spellings for word in spelling}:
            for _language, terms in terms_of(word, names, self.texts, self.question.written_in):
                for term in terms:
                    yield term.field, term.token

    def _known(self, word: str) -> Iterable[tuple[str, tuple[Term, ...]]]:
        return terms_of(word, self.names, self.texts, self.question.written_in)

    def _group(self, group: list[Unit]) -> Query:
        found = [one for one in map(self._unit, group) if not isinstance(one, Nothing)]
        if not found:
            return Nothing()
        return found[0] if len(found) == 1 else AnyOf(tuple(found))

    def _unit(self, unit: Unit) -> Query:
        own = [self._item(item) for item in unit.items]
        answers: list[Query] = []
        if not any(isinstance(one, Nothing) for one in own):
            answers.append(own[0] if len(own) == 1 else AllOf(tuple(own)))
        for meant in unit.concepts:
            # A concept of three words counts as three words do, and a little less.
            boost = (weights.CONCEPT if meant.whole else weights.PART) * len(unit.items)
            answers += self._meaning(meant, boost)
            if meant.guessed:
                answers += self._as_meant(meant)
        if not answers:
            return Nothing()
        return answers[0] if len(answers) == 1 else AnyOf(tuple(answers))

    def _meaning(self, meant: Meant, boost: float = 1.0) -> list[Query]:
        if meant.scheme == KINDS:
            weight = weights.KIND_ALONE if self.question.asks_for_kind else weights.KIND
            return [Facet("kind", meant.slug, weight)]
        if self._stands((self._concepts, meant.token)):
            return [Term(self._concepts, meant.token, boost)]
        return []

    def _as_meant(self, meant: Meant) -> list[Query]:
        """More for what is about it and has its name: the order is that of the word without the
        slip, and nothing else is found."""
        words = [self._word(word, self.names) for word in surfaces(meant.label)]
        about = (self._concepts, meant.token)
        if not words or not self._stands(about) or any(isinstance(one, Nothing) for one in words):
            return []
        return [AllOf((Term(*about, 0.0), *words))]

    def _item(self, item: Item) -> Query:
        if item.kind == "word":
            return self._spelt(item)
        if item.kind == "prefix":
            title = Prefix("surface_title", item.words[0], weights.TITLE)
            return Best((title, Prefix("surface", item.words[0], weights.TEXT)), weights.TIE)
        if len(item.words) == 1:
            title_word = Term("surface_title", item.words[0], weights.TITLE)
            return AnyOf((title_word, Term("surface", item.words[0])))
        title_phrase = Phrase("surface_title", item.words, weights.TITLE)
        return AnyOf((title_phrase, Phrase("surface", item.words)))

    def _spelt(self, item: Item) -> Query:
        """The word however it is written: `re-admission` is `readmission`."""
        answers: list[Query] = []
        names = self.question.languages_of(item, self.names)
        for spelling in item.spellings:
            words = [self._word(word, names) for word in spelling]
            if not any(isinstance(one, Nothing) for one in words):
                answers.append(words[0] if len(words) == 1 else AllOf(tuple(words)))
        if not answers:
            return Nothing()
        return answers[0] if len(answers) == 1 else AnyOf(tuple(answers))

    def _word(self, word: str, names: tuple[str, ...]) -> Query:
        """The word in any of these languages; where it stands in several, the best counts."""
        by_language: list[Query] = []
        is_at_home = self.is_at_home(word)
        for language, terms in terms_of(word, names, self.texts, self.question.written_in):
            standing = [term for term in terms if self.standing.get((term.field, term.token))]
            if standing:
                one: Query = standing[0] if len(standing) == 1 else AnyOf(tuple(standing))
                if is_at_home and language not in self.question.written_in:
                    one = AllOf((one, Term("surface", fold(word), 0.0)))
                by_language.append(one)
        if not by_language:
            return Nothing()
        return by_language[0] if len(by_language) == 1 else Best(tuple(by_language), weights.TIE)

    def _in_a_row(self) -> Query | None:
        """Words that stand in a title just as they were asked; None where there is but one."""
        items = [item for unit in self.question.units for item in unit.items]
        is_plain = len(items) > 1 and all(item.kind == "word" for item in items)
        if not is_plain or any(len(group) > 1 for group in self.question.groups):
            return None
        if any(map(self._is_unknown, items)):
            return None
        words = tuple(word for item in items for word in item.words)
        return Phrase("surface_title", words, weights.EXACT_TITLE)

    def _without(self, query: Query) -> Query:
        excluded = [self._item(item) for item in self.question.excluded]
        excluded += [one for meant in self._unwanted for one in self._meaning(meant)]
        out = tuple(one for one in excluded if not isinstance(one, Nothing))
        if not out:
            return query
        return AllOf(() if isinstance(query, Everything) else (query,), out)


def _minute() -> int:
    return int(timezone.now().timestamp()) // 60


def _all_but_one(some: Sequence[Query], asked: int) -> list[Query]:
    """What has all parts of the question but one counts twice: a rare word alone would outdo it."""
    if len(some) < asked:
        return [AllOf(tuple(some))] if len(some) > 1 else []
    if not 2 < asked <= MOST_PARTS:
        return []
    return [AllOf((*some[:place], *some[place + 1 :])) for place in range(asked)]
