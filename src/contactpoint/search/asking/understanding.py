"""What a question means: its words, the concepts that the glossary recognises, and what is small.

A concept that spans several words is one thing to be answered, by the words or by the concept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.search.asked import ASKED
from contactpoint.search.asking.capitals import is_acronym
from contactpoint.search.asking.chips import chip, is_told
from contactpoint.search.asking.excluding import left_out
from contactpoint.search.asking.loose import says_something
from contactpoint.search.asking.meant import Meant
from contactpoint.search.asking.noting import led_to, notes_in
from contactpoint.search.asking.results import Chip, LeftOut, Selection
from contactpoint.search.asking.small_words import is_small
from contactpoint.search.asking.syntax import Item, Written, read
from contactpoint.search.institutions import INSTITUTIONS
from contactpoint.search.meanings import GLOSSARY, KINDS, PLACES, meanings
from contactpoint.vocabulary import fold
from contactpoint.vocabulary.annotate import Annotation

SCHEME: Final = GLOSSARY
_WHERE: Final = {PLACES, INSTITUTIONS}
SLIP: Final = "typo"


def _lines(name: str) -> list[tuple[str, ...]]:
    text = (Path(__file__).parent.parent / "data" / name).read_text(encoding="utf-8")
    return [tuple(line.split()) for line in text.splitlines() if not line.startswith("#")]


DEFINING: Final = sorted(set(_lines("defining_words.txt")), key=len, reverse=True)
"""Beginnings of a question, and words beside a concept, that ask what the concept is."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What has to be answered: all of `items`, one after the other or not, or any of `concepts`."""

    items: tuple[Item, ...]
    concepts: tuple[Meant, ...] = ()

    @property
    def has_parts(self) -> bool:
        """Whether a thing that has one of its words has some of it."""
        return len(self.items) > 1 and not all(one.in_own_words for one in self.concepts)

    @property
    def names(self) -> Iterator[tuple[str, str]]:
        """The names of its concepts with their languages."""
        return (name for one in self.concepts for name in one.names)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood: any unit of each group has to be answered, none excluded may be."""

    text: str
    language: str
    groups: list[list[Unit]] = field(default_factory=list)
    excluded: list[Item] = field(default_factory=list)
    unwanted: dict[Item, list[Meant]] = field(default_factory=dict)
    """Concepts that are just what an excluded word means, whatever they are called elsewhere."""
    left_out: list[LeftOut] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    """Small words that may have been more, and are not looked for."""
    defines: bool = False
    """Whether it asks what the concepts in it are."""
    written_in: tuple[str, ...] = ()
    """The asker's language, and the one that its words are of, if that is another."""

    @property
    def units(self) -> list[Unit]:
        """All units in the order of the question."""
        return [unit for group in self.groups for unit in group]

    def is_small(self, item: Item) -> bool:
        """Whether an item is a word that only holds the question together."""
        return item.kind == "word" and is_small(item.words[0], self.written_in)

    def languages_of(self, item: Item, languages: Sequence[str]) -> tuple[str, ...]:
        """Those of the languages in whose texts an item is looked for as it is written: of a term
        in capitals only the asker's own. *LOI* is no *loi*, and the term is found in all."""
        is_term = item.text[:2].isupper() and any(
            meant.scheme == SCHEME and meant.whole
            for unit in self.units
            if item in unit.items
            for meant in unit.concepts
        )
        return tuple(one for one in languages if not is_term or one in self.written_in)

    def says_apart(self, item: Item) -> bool:
        """Whether an item says something without those beside it."""
        return item.kind != "word" or says_something(item.words[0], self.written_in)

    def telling(self, unit: Unit) -> list[int]:
        """The numbers of a unit's words that say something; of all where none does."""
        found = [part for part, item in enumerate(unit.items) if not self.is_small(item)]
        return found or list(range(len(unit.items)))

    def said(self, unit: Unit) -> str:
        """A unit as the asker wrote it."""
        return self.text[unit.items[0].start : unit.items[-1].end]

    @property
    def asks_for_kind(self) -> bool:
        """Whether it asks for things of a kind, and for nothing more than where or whose."""
        schemes = [{meant.scheme for meant in unit.concepts} for unit in self.units]
        return all(KINDS in found or found & _WHERE for found in schemes)

    @property
    def meant(self) -> set[str]:
        """The slugs of the concepts that it is about, if it is about nothing else."""
        units = self.units
        if not all(unit.concepts for unit in units):
            return set()
        return {meant.slug for unit in units for meant in unit.concepts if meant.scheme == SCHEME}


def understand(
    text: str,
    language: str,
    selection: Selection | None = None,
    words: PortalVocabulary | None = None,
    slips: Sequence[Annotation] = (),
) -> Question:
    """Take the question apart and look up what its words mean, in any language.

    `slips` are notes for words that nothing else is known of. Without `words` they are looked up in
    the portal's `meanings`, which takes a query.
    """
    written = read(text, language)
    words = words or meanings()
    detected = words.detect(written.text)
    written_in = tuple(dict.fromkeys([language, *([detected] if detected else [])]))
    meant = [
        one
        for one in _meanings(words, written.marked, language, slips)
        # In a German question `war` is no war; by itself it may be an English one.
        if one.language == language
        or len(written.groups) < 2
        or not is_small(fold(one.text), [language])
    ]
    off = selection.off if selection else frozenset()
    groups = _groups(written, [one for one in meant if one.token not in off])
    groups, defines = _without_defining(groups)
    groups = [[_only_meant(unit, written, written_in) for unit in group] for group in groups]
    telling = [kept for kept in (_telling(group, written_in) for group in groups) if kept]
    if not telling:
        # Small words alone tell no language: `pour` is asked in the asker's.
        written_in = (language,)
    chips = {
        one.token: chip(words, one, language, one.token not in off)
        for one in meant
        if is_told(words, one, language)
    }
    unwanted = _unwanted(written, words, language, {one.token for one in meant})
    return Question(
        written.text,
        language,
        telling or groups,
        written.excluded,
        unwanted,
        left_out(written, _named(unwanted, words, language)),
        list(chips.values()),
        _unheard(written, groups, written_in) if telling else [],
        defines,
        written_in,
    )


def _meanings(
    words: PortalVocabulary, text: str, language: str, slips: Sequence[Annotation] = ()
) -> list[Meant]:
    found: dict[tuple[str, str, int, int], Meant] = {}
    for note in notes_in(words, text, language, slips):
        scheme, slug = led_to(note)
        if slug not in words.schemes[scheme].concepts:
            # An editor has given the concept up.
            continue
        one = Meant(
            slug,
            scheme,
            note.text,
            note.language,
            note.start,
            note.end,
            not text[note.start - 1 : note.start].isalnum()
            and not text[note.end : note.end + 1].isalnum(),
            note.reason == SLIP,
            tuple(
                (label.language, label.text)
                for label in words.concept(slug, scheme).labels
                if label.kind == "preferred"
            ),
            note.scheme == ASKED,
            note.label,
        )
        found.setdefault((scheme, slug, note.start, note.end), one)
    return list(found.values())


def _unwanted(
    written: Written, words: PortalVocabulary, language: str, wanted: set[str]
) -> dict[Item, list[Meant]]:
    """What each excluded word means as a whole, but for what is wanted at the same time. In marks
    of quotation it means no more than itself."""
    return {
        item: [
            one
            for one in _meanings(words, item.text, language)
            if (one.start, one.end) == (0, len(item.text)) and one.token not in wanted
        ]
        for item in written.excluded
        if item.kind == "word"
    }


def _named(
    unwanted: dict[Item, list[Meant]], words: PortalVocabulary, language: str
) -> dict[Item, list[str]]:
    return {
        item: [words.label(one.slug, language, one.scheme) for one in concepts]
        for item, concepts in unwanted.items()
    }


def _groups(written: Written, meant: list[Meant]) -> list[list[Unit]]:
    groups: list[list[Unit]] = []
    for group in written.groups:
        if len(group) > 1:
            groups.append([Unit((item,), _within(item, meant)) for item in group])
            continue
        item = group[0]
        spans = [one for one in meant if one.start <= item.start and item.end <= one.end]
        last = groups[-1][-1] if groups and len(groups[-1]) == 1 else None
        if last and spans and set(spans) & set(last.concepts) and last.items[-1].kind == "word":
            groups[-1] = [Unit((*last.items, item), last.concepts)]
        else:
            groups.append([Unit((item,), tuple(spans) or _within(item, meant))])
    return groups


def _without_defining(groups: list[list[Unit]]) -> tuple[list[list[Unit]], bool]:
    """A question that asks what a concept is, without the words that ask; and whether it does."""
    words: list[str] = []
    ends: dict[int, int] = {}
    for number, group in enumerate(groups, 1):
        if _is_topic(group) or len(group) > 1 or group[0].items[0].kind != "word":
            break
        words += group[0].items[0].words
        ends[len(words)] = number
    for sought in DEFINING:
        size = len(sought)
        rest = groups[ends[size] :] if tuple(words[:size]) == sought and size in ends else []
        if any(map(_is_topic, rest)):
            return rest, True
    *first, last = groups or [[]]
    if last and last[0].items[0].words in DEFINING and any(map(_is_topic, first)):
        return first, True
    return groups, False


def _is_topic(group: list[Unit]) -> bool:
    return any(meant.scheme == SCHEME for unit in group for meant in unit.concepts)


def _within(item: Item, meant: list[Meant]) -> tuple[Meant, ...]:
    """Concepts that stand in one item: the item as a whole, or a part of its word."""
    if item.kind != "word":
        return ()
    return tuple(one for one in meant if item.start <= one.start and one.end <= item.end)


def _telling(group: list[Unit], written_in: Sequence[str]) -> list[Unit]:
    return [unit for unit in group if unit.concepts or not _is_small(unit, written_in)]


def _only_meant(unit: Unit, written: Written, written_in: Sequence[str]) -> Unit:
    """The unit, looked for only as what it means where its words by themselves are others: a slip
    of the keyboard may have the stem of something, and the USA are no *us*."""
    (item, *others), concepts = unit.items, unit.concepts
    if others or item.kind != "word" or not concepts or not all(one.whole for one in concepts):
        return unit
    is_other = is_acronym(item.text, written.text) and _is_small(unit, written_in)
    if is_other or any(one.guessed for one in concepts):
        return replace(unit, items=(replace(item, only_meant=True),))
    return unit


def _unheard(written: Written, groups: list[list[Unit]], written_in: Sequence[str]) -> list[str]:
    """Small words that are left out though they are in capitals."""
    small = [
        unit.items[0].text
        for group in groups
        for unit in group
        if not unit.concepts and _is_small(unit, written_in)
    ]
    return [word for word in dict.fromkeys(small) if is_acronym(word, written.text)]


def _is_small(unit: Unit, written_in: Sequence[str]) -> bool:
    item = unit.items[0]
    if item.kind != "word" or len(unit.items) > 1:
        return False
    return is_small(item.words[0], written_in)
