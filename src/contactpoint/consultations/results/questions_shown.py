"""The questions of a survey as a page shows them, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contactpoint.consultations.forms.concepts import named as concept_name
from contactpoint.consultations.models import Round
from contactpoint.consultations.questions import Instrument, Kind, Question, Said
from contactpoint.consultations.results.blocks import Block, View, blocks
from contactpoint.consultations.results.gathering import Gathered
from contactpoint.consultations.results.wording import Wording, why_hidden, why_unlike
from contactpoint.consultations.tables.comparing import Comparison, Reworded, Row, compared, rows
from contactpoint.consultations.tables.numbers import Summary
from contactpoint.consultations.tables.sheets import WORDS
from contactpoint.consultations.tables.tallies import Tables, Tally
from contactpoint.glossary.naming import concept_url
from contactpoint.kit.context import language_name

MOST_WORDS: Final = 500
"""Texts of one question on a page; the files have all."""


@dataclass(slots=True)
class Change:
    """One text that changed since the wave before."""

    language: str
    language_name: str
    about: str
    before: str
    after: str


@dataclass(slots=True)
class Shown:
    """A question as a page shows it."""

    code: str
    title: Said
    note: str = ""
    why_not: str = ""
    blocks: list[Block] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    why_unlike: str = ""
    cautions: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    """Of the reader's language; `changes_elsewhere` of the others."""
    changes_elsewhere: list[Change] = field(default_factory=list)
    words: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    """For editors: what was written, with the names and addresses of concepts in it."""


@dataclass(frozen=True, slots=True)
class Wave:
    """A round of the same instrument, with how many answered."""

    name: str
    round: Round
    tables: Tables
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Sight:
    """What is looked at: a wave and the one before it, as they are or of one group alone."""

    wave: Wave
    before: Wave | None
    tables: Tables
    then: Tables | None
    wording: Wording

    @property
    def waves(self) -> tuple[str, str]:
        """What both are called."""
        return (self.before.name if self.before else "", self.wave.name)


def questions(sight: Sight) -> list[Shown]:
    """Each question that somebody answers, in the order of asking; of one group, those that say
    something of it."""
    before = sight.before
    new_meanings = _new_meanings(sight.wave, before) if before else set()
    made = [
        _question(one, sight, new_meanings)
        for one in sight.wave.instrument.questions()
        if one.is_asked
    ]
    return [one for one in made if one.blocks or one.why_not]


def _question(question: Question, sight: Sight, new_meanings: set[str]) -> Shown:
    wording, tables, before, then = sight.wording, sight.tables, sight.before, sight.then
    shown = Shown(question.code, wording.question(question))
    found = None
    if before is not None:
        found = compared(
            before.instrument, sight.wave.instrument, question.code, new_meanings=new_meanings
        )
    if question.code in tables.omitted and not tables.of(question.code):
        shown.why_not = why_hidden(tables.omitted[question.code])
        return shown
    is_like = found is not None and found.unlike is None and then is not None

    def beside(tally: Tally) -> Sequence[Row]:
        if not is_like or then is None or _has_own_classes(question):
            return []
        return rows(then, tables, tally.key)

    shown.blocks = blocks(question, View(tables, wording, beside, sight.waves))
    shown.note = _base(tables, question, wording)
    shown.facts = facts(question, tables, then if is_like else None, wording, sight.waves)
    if found is not None and before is not None:
        _tell_changes(shown, found, question, wording, before)
    return shown


def _has_own_classes(question: Question) -> bool:
    """Numbers and days fall into other classes in each wave; words are not compared."""
    return question.kind in {*WORDS, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.FILE}


def _new_meanings(wave: Wave, before: Wave) -> set[str]:
    """What the log of versions says to mean something else since the wave before."""
    now, then = wave.round.version, before.round.version
    if now is None or then is None:
        return set()
    between = wave.round.instrument.versions.filter(
        number__gt=then.number, number__lte=now.number
    ).values_list("changes", flat=True)
    return {
        str(one["code"])
        for changes in between
        for one in changes
        if one.get("nature") == "meaning" and one.get("code")
    }


def _base(tables: Tables, question: Question, wording: Wording) -> str:
    asked = next((one.asked for one in tables.of(question.code)), None)
    if asked is None:
        return ""
    said = ngettext("%(count)s was asked.", "%(count)s were asked.", asked)
    return said % {"count": wording.number(asked)}


def facts(
    question: Question,
    tables: Tables,
    then: Tables | None,
    wording: Wording,
    waves: tuple[str, str],
) -> list[str]:
    """Numbers in a sentence, the wave before first where it can be compared."""
    told = []
    pairs = [(then, waves[0])] if then is not None else []
    for one, name in (*pairs, (tables, waves[1])):
        found = one.summaries.get(question.code)
        if found is not None:
            sentence = _numbers(question, found, wording)
            told.append(f"{name}: {sentence}" if pairs else sentence)
    return told


def _numbers(question: Question, found: Summary, wording: Wording) -> str:
    said = {"median": wording.amount(question, found.median)}
    if found.lower is None or found.upper is None:
        return _("Half answered %(median)s or less.") % said
    said["lower"] = wording.amount(question, found.lower)
    said["upper"] = wording.amount(question, found.upper)
    return _("The middle answer is %(median)s; half lie from %(lower)s to %(upper)s.") % said


def _tell_changes(
    shown: Shown, found: Comparison, question: Question, wording: Wording, before: Wave
) -> None:
    if found.unlike is not None:
        shown.why_unlike = why_unlike(found, wording, before.instrument)
    if found.has_new_meaning:
        shown.cautions.append(
            _("By its editors’ log the question means something else since the wave before.")
        )
    if found.is_asked_otherwise:
        shown.cautions.append(
            _("It was put to others than in the wave before: the condition for asking it changed.")
        )
    if found.is_taken_otherwise:
        shown.cautions.append(
            _("The rule for which answers are taken has changed since the wave before.")
        )
    for one in found.reworded:
        is_own = one.language == wording.language
        kept = shown.changes if is_own else shown.changes_elsewhere
        kept.append(_change(one, question, wording))


def _change(one: Reworded, question: Question, wording: Wording) -> Change:
    about = ""
    if one.part:
        known = (*question.rows, *wording.instrument.choices_of(question))
        labels = next((each.labels for each in known if each.code == one.part), {})
        about = wording.texts(labels).text or one.part
    return Change(one.language, language_name(one.language), about, one.before, one.after)


def with_words(made: list[Shown], found: Gathered, language: str, places: Sequence[int]) -> None:
    """Adds what was written, for editors, in an order that says nothing of who wrote first."""
    people = [found.sheet.respondents[place] for place in places]
    for shown in made:
        question = found.instrument.question(shown.code)
        if question is None or question.kind not in WORDS:
            continue
        texts = sorted(
            (str(one.values[shown.code]), sorted(one.concepts.get(shown.code, ())))
            for one in people
            if one.values.get(shown.code)
        )
        shown.words = [
            (text, [(concept_name(slug, language), concept_url(slug, language)) for slug in slugs])
            for text, slugs in texts[:MOST_WORDS]
        ]
