"""The same question in two waves: beside each other only where the same was asked of choices that
are the same, and then with what changed in the words."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from contactpoint.consultations.questions import Choice, Instrument, Question
from contactpoint.consultations.questions.definition import CHOOSING, Texts
from contactpoint.consultations.tables.gates import named
from contactpoint.consultations.tables.intervals import Interval, newcombe
from contactpoint.consultations.tables.tallies import Share, Tables


class Unlike(StrEnum):
    """Why two waves can't be compared on a question."""

    NEW = "new"
    """It was not asked before, or not under this code."""
    KIND = "kind"
    """Another kind of answer was asked for."""
    CHOICES = "choices"
    """The choices are not the same."""
    RULE = "rule"
    """Other ways to choose among them were taken, such as another number of choices."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """One text that changed, in one language. `part` is empty for the question itself, else the
    code of a choice or of a row."""

    language: str
    part: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """One category in both waves, and the difference with its 95 per cent interval where both are
    known."""

    category: str
    before: Share
    after: Share

    @property
    def difference(self) -> float | None:
        """In shares, from -1 to 1."""
        one, other = self.before.share, self.after.share
        return None if one is None or other is None else other - one

    @property
    def interval(self) -> Interval | None:
        """Of the difference, as if the respondents were two samples of different people."""
        one, other = self.before, self.after
        if one.count is None or other.count is None or not one.base or not other.base:
            return None
        return newcombe((one.count, one.base), (other.count, other.base))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What may be said of one question in two waves.

    `unlike` is None where they can be compared; else `added` and `removed` name the choices that
    differ. `is_asked_otherwise`: the condition changed, so that others were asked.
    `has_new_meaning`: its editors say that it means something else now. `is_taken_otherwise`: the
    rule for what may be answered changed.
    """

    question: str
    unlike: Unlike | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[Reworded, ...] = ()
    is_asked_otherwise: bool = False
    has_new_meaning: bool = False
    is_taken_otherwise: bool = False


def compared(
    before: Instrument, after: Instrument, code: str, *, new_meanings: Collection[str] = ()
) -> Comparison:
    """Whether the question of that code can be compared, and what changed in it."""
    then, now = before.question(code), after.question(code)
    if now is None or then is None:
        return Comparison(code, Unlike.NEW)
    if now.kind is not then.kind:
        return Comparison(code, Unlike.KIND)
    texts = tuple(_reworded(then, now, before, after))
    if now.kind in CHOOSING:
        old = [one.code for one in before.choices_of(then)]
        new = [one.code for one in after.choices_of(now)]
        if set(old) != set(new):
            added = tuple(one for one in new if one not in old)
            removed = tuple(one for one in old if one not in new)
            return Comparison(code, Unlike.CHOICES, added, removed, texts)
        if now.constraint.split() != then.constraint.split():
            return Comparison(code, Unlike.RULE, reworded=texts)
    return Comparison(
        code,
        reworded=texts,
        is_asked_otherwise=_condition(before, then) != _condition(after, now),
        has_new_meaning=code in new_meanings,
        is_taken_otherwise=now.constraint.split() != then.constraint.split(),
    )


def rows(before: Tables, after: Tables, key: str) -> list[Row]:
    """The categories of one column in both waves; nothing where either has no such column."""
    then, now = before.tallies.get(key), after.tallies.get(key)
    if then is None or now is None:
        return []
    return [Row(one, then.share(one), now.share(one)) for one in now.categories]


def _condition(instrument: Instrument, question: Question) -> tuple[str, str, tuple[str, ...]]:
    """What decides whether it is asked, with the choices that this may name."""
    section = next(one for one in instrument.sections if question in one.questions)
    spoken = f"{section.relevant} {question.relevant}"
    choices = [
        choice.code
        for code in named(spoken)
        if (other := instrument.question(code)) is not None
        for choice in instrument.choices_of(other)
    ]
    return section.relevant, question.relevant, tuple(sorted(choices))


def _reworded(
    then: Question, now: Question, before: Instrument, after: Instrument
) -> Iterator[Reworded]:
    yield from _changes("", then.labels, now.labels)
    yield from _changes("", then.hints, now.hints)
    pairs = [(before.choices_of(then), after.choices_of(now)), (then.rows, now.rows)]
    for old, new in pairs:
        labels = {one.code: one.labels for one in old}
        yield from _all_changes(labels, new)


def _all_changes(labels: dict[str, Texts], new: tuple[Choice, ...]) -> Iterator[Reworded]:
    for one in new:
        if one.code in labels:
            yield from _changes(one.code, labels[one.code], one.labels)


def _changes(part: str, before: Texts, after: Texts) -> Iterator[Reworded]:
    """Only where there were words before and are now: a translation that is new changes nothing."""
    for language in after:
        old, new = before.get(language, ""), after[language]
        if old and new and old != new:
            yield Reworded(language, part, old, new)
