"""What differs between two versions of an instrument, by the code of a question, and whether it
changes what is asked or only how it looks. An editor may overrule the nature of each."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Final

from contactpoint.consultations.questions.definition import (
    Choice,
    Instrument,
    Question,
    Section,
    Texts,
)


class Nature(StrEnum):
    """Whether answers before and after may be compared as they are."""

    COSMETIC = "cosmetic"
    MEANING = "meaning"


class What(StrEnum):
    """What differs. `section-…` is of a section, `title` and `introduction` of the whole."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    KIND = "kind"
    WORDING = "wording"
    HINT = "hint"
    REQUIRED = "required"
    REQUIRED_MESSAGE = "required-message"
    RELEVANT = "relevant"
    CONSTRAINT = "constraint"
    CONSTRAINT_MESSAGE = "constraint-message"
    CALCULATION = "calculation"
    CHOICE_FILTER = "choice-filter"
    LONGEST = "longest"
    CHOICE_ADDED = "choice-added"
    CHOICE_REMOVED = "choice-removed"
    CHOICE_WORDING = "choice-wording"
    CHOICES_MOVED = "choices-moved"
    ROW_ADDED = "row-added"
    ROW_REMOVED = "row-removed"
    ROW_WORDING = "row-wording"
    ROWS_MOVED = "rows-moved"
    SECTION_ADDED = "section-added"
    SECTION_REMOVED = "section-removed"
    SECTION_MOVED = "section-moved"
    SECTION_WORDING = "section-wording"
    SECTION_INTRODUCTION = "section-introduction"
    SECTION_RELEVANT = "section-relevant"
    TITLE = "title"
    INTRODUCTION = "introduction"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `code` is that of a question, or of a section, or empty for the whole;
    `item` that of a choice or a row; `before` and `after` are what stood and stands."""

    code: str
    nature: Nature
    what: What
    language: str = ""
    item: str = ""
    before: str = ""
    after: str = ""

    @property
    def key(self) -> str:
        """Tells it from others of the same two versions."""
        return ":".join((self.what, self.code, self.item, self.language))


def as_data(change: Change) -> dict[str, Any]:
    """As it is stored with a version."""
    told = {name: str(value) for name, value in asdict(change).items() if value}
    return {"code": change.code, **told}


def from_data(data: Mapping[str, Any]) -> Change:
    """From what is stored."""
    known = {one.name for one in fields(Change)}
    values = {name: str(value) for name, value in data.items() if name in known}
    return Change(**{**values, "nature": Nature(values["nature"]), "what": What(values["what"])})  # type: ignore[arg-type]


def differences(old: Instrument, new: Instrument) -> list[Change]:
    """All that differs, in the order of the new version; what is gone stands last."""
    return [
        *_texts("", What.TITLE, old.titles, new.titles),
        *_texts("", What.INTRODUCTION, old.introductions, new.introductions, is_lesser=True),
        *_sections(old, new),
        *_questions(old, new),
    ]


def is_same_wording(one: str, other: str) -> bool:
    """Whether two texts differ in spaces, capitals, accents and punctuation at most."""
    return _plain(one) == _plain(other)


_NO_WORD: Final = re.compile(r"[\W_]+")


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", bare).strip()


def _texts(
    code: str, what: What, old: Texts, new: Texts, *, item: str = "", is_lesser: bool = False
) -> Iterator[Change]:
    """A translation that is new or gone is cosmetic, other words in the same language aren't."""
    for language in dict.fromkeys((*new, *old)):
        before, after = old.get(language, ""), new.get(language, "")
        if before == after:
            continue
        is_light = is_lesser or not before or not after or is_same_wording(before, after)
        if not any(old.values()) and not is_lesser:
            is_light = False
        nature = Nature.COSMETIC if is_light else Nature.MEANING
        yield Change(code, nature, what, language, item, before, after)


def _sections(old: Instrument, new: Instrument) -> Iterator[Change]:
    before = {one.code: one for one in old.sections}
    after = {one.code: one for one in new.sections}
    for section in new.sections:
        if section.code in before:
            yield from _section(before[section.code], section)
        else:
            yield Change(section.code, Nature.COSMETIC, What.SECTION_ADDED)
    kept = [code for code in before if code in after]
    for code in _moved(kept, [code for code in after if code in before]):
        yield Change(code, Nature.COSMETIC, What.SECTION_MOVED)
    for code in before:
        if code not in after:
            yield Change(code, Nature.COSMETIC, What.SECTION_REMOVED)


def _section(old: Section, new: Section) -> Iterator[Change]:
    code = new.code
    yield from _texts(code, What.SECTION_WORDING, old.titles, new.titles, is_lesser=True)
    yield from _texts(
        code, What.SECTION_INTRODUCTION, old.introductions, new.introductions, is_lesser=True
    )
    yield from _text(code, What.SECTION_RELEVANT, old.relevant, new.relevant, Nature.MEANING)


def _text(code: str, what: What, before: str, after: str, nature: Nature) -> Iterator[Change]:
    if " ".join(before.split()) != " ".join(after.split()):
        yield Change(code, nature, what, before=before, after=after)


def _questions(old: Instrument, new: Instrument) -> Iterator[Change]:
    before = {one.code: one for one in old.questions()}
    after = {one.code: one for one in new.questions()}
    for code, question in after.items():
        if code in before:
            yield from _question(before[code], question)
            yield from _choices(old, new, before[code], question)
        else:
            yield Change(code, Nature.MEANING, What.ADDED)
    for code in _displaced(old, new):
        yield Change(code, Nature.COSMETIC, What.MOVED)
    for code in before:
        if code not in after:
            yield Change(code, Nature.MEANING, What.REMOVED)


def _displaced(old: Instrument, new: Instrument) -> list[str]:
    """Questions that stand elsewhere than the others would have them, or in another section."""
    was = {one.code: section.code for section in old.sections for one in section.questions}
    now = {one.code: section.code for section in new.sections for one in section.questions}
    old_sections = {one.code for one in old.sections}
    shared = [code for code in was if code in now]
    elsewhere = {
        code for code in shared if was[code] != now[code] and now[code] in old_sections
    } | set(_moved(shared, [code for code in now if code in was]))
    return [code for code in now if code in elsewhere]


def _moved(before: list[str], after: list[str]) -> list[str]:
    """The fewest that have to be moved to come from one order to the other: all but the longest
    run that both have in the same order."""
    place = {code: at for at, code in enumerate(before)}
    ends: list[str] = []
    previous: dict[str, str | None] = {}
    for code in after:
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            if place[ends[middle]] < place[code]:
                low = middle + 1
            else:
                high = middle
        previous[code] = ends[low - 1] if low else None
        ends[low : low + 1] = [code]
    stays: set[str] = set()
    last: str | None = ends[-1] if ends else None
    while last is not None:
        stays.add(last)
        last = previous[last]
    return [code for code in after if code not in stays]


def _question(old: Question, new: Question) -> Iterator[Change]:
    code = new.code
    if old.kind is not new.kind:
        yield Change(code, Nature.MEANING, What.KIND, before=old.kind, after=new.kind)
    yield from _texts(code, What.WORDING, old.labels, new.labels)
    yield from _texts(code, What.HINT, old.hints, new.hints, is_lesser=True)
    yield from _text(code, What.REQUIRED, old.required, new.required, Nature.COSMETIC)
    yield from _texts(
        code, What.REQUIRED_MESSAGE, old.required_messages, new.required_messages, is_lesser=True
    )
    yield from _text(code, What.RELEVANT, old.relevant, new.relevant, Nature.MEANING)
    yield from _text(code, What.CONSTRAINT, old.constraint, new.constraint, Nature.MEANING)
    yield from _texts(
        code,
        What.CONSTRAINT_MESSAGE,
        old.constraint_messages,
        new.constraint_messages,
        is_lesser=True,
    )
    yield from _text(code, What.CALCULATION, old.calculation, new.calculation, Nature.MEANING)
    yield from _text(code, What.CHOICE_FILTER, old.choice_filter, new.choice_filter, Nature.MEANING)
    if old.longest != new.longest:
        yield Change(
            code,
            Nature.COSMETIC,
            What.LONGEST,
            before=str(old.longest or ""),
            after=str(new.longest or ""),
        )
    whats = (What.ROW_ADDED, What.ROW_REMOVED, What.ROW_WORDING, What.ROWS_MOVED)
    yield from _items(code, old.rows, new.rows, whats)


def _choices(
    old: Instrument, new: Instrument, before: Question, after: Question
) -> Iterator[Change]:
    """A set that is called otherwise and says the same is the same set."""
    whats = (
        What.CHOICE_ADDED,
        What.CHOICE_REMOVED,
        What.CHOICE_WORDING,
        What.CHOICES_MOVED,
    )
    yield from _items(after.code, old.choices_of(before), new.choices_of(after), whats)


def _items(
    code: str,
    old: tuple[Choice, ...],
    new: tuple[Choice, ...],
    whats: tuple[What, What, What, What],
) -> Iterator[Change]:
    added, removed, wording, moved = whats
    before, after = {one.code: one for one in old}, {one.code: one for one in new}
    for item, choice in after.items():
        if item in before:
            yield from _texts(code, wording, before[item].labels, choice.labels, item=item)
        else:
            yield Change(code, Nature.MEANING, added, item=item)
    for item in before:
        if item not in after:
            yield Change(code, Nature.MEANING, removed, item=item)
    kept = [item for item in before if item in after]
    if kept != [item for item in after if item in before]:
        yield Change(code, Nature.COSMETIC, moved)
