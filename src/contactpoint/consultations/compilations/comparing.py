"""Answers of chosen states to all rounds on a subject, side by side and over the years; public
answers only.

Rounds of one instrument stand together, question by question: so a question that was asked again
shows what has become of the answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q
from django.http import QueryDict

from contactpoint.consultations import reaching
from contactpoint.consultations.compilations.compilation import Compilation, Given, Question, State
from contactpoint.consultations.compilations.gathering import compiled_all
from contactpoint.consultations.models import Round
from contactpoint.consultations.questions import Said
from contactpoint.consultations.reaching import Circle
from contactpoint.glossary.models import Concept, Theme
from contactpoint.kit.labels import pick
from contactpoint.network.models import Country
from contactpoint.network.showing import sortable

MOST_STATES: Final = 6
"""More can't be read side by side."""
MOST_ROUNDS: Final = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose from."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address says, as far as there is such a thing in public."""

    themes: list[Choice]
    concepts: list[Choice]
    states: list[Choice]
    is_cut: bool
    """More states were named than are shown."""

    @property
    def theme(self) -> str:
        """The one chosen, or none."""
        return next((one.value for one in self.themes if one.is_chosen), "")

    @property
    def concept(self) -> str:
        """The one chosen, or none."""
        return next((one.value for one in self.concepts if one.is_chosen), "")

    @property
    def chosen(self) -> list[Choice]:
        """The states."""
        return [one for one in self.states if one.is_chosen]


@dataclass(frozen=True, slots=True)
class Year:
    """A round of an instrument: what each state said, in the order of the columns."""

    compilation: Compilation
    given: list[Given | None]


@dataclass(slots=True)
class Line:
    """A question over the years, the newest first."""

    question: Question
    years: list[Year] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """All rounds of one instrument."""

    title: Said
    states: list[State]
    lines: dict[str, Line] = field(default_factory=dict)
    rounds: list[Compilation] = field(default_factory=list)


def asked(query: QueryDict, language: str) -> Asked:
    """What can be chosen, and what is. Three queries."""
    rounds = reaching.rounds(Circle.PUBLIC).filter(
        pk__in=reaching.answers(Circle.PUBLIC).values("response__round")
    )
    of_theme = Round.themes.through.objects.filter(round__in=rounds).values("theme")
    of_concept = Round.concepts.through.objects.filter(round__in=rounds).values("concept")
    themes = Theme.objects.filter(pk__in=of_theme).order_by().values_list("slug", "labels")
    concepts = Concept.objects.filter(pk__in=of_concept).order_by().values_list("slug", "labels")
    answering = reaching.responses(Circle.PUBLIC).values("country")
    states = Country.objects.filter(pk__in=answering).order_by().values_list("code", "labels")
    wanted = list(dict.fromkeys(one.upper() for one in query.getlist("state")))
    there = [code for code in wanted if code in {code for code, _labels in states}]
    return Asked(
        _choices(themes, [query.get("theme", "")], language),
        _choices(concepts, [query.get("concept", "")], language),
        _choices(states, there[:MOST_STATES], language),
        len(there) > MOST_STATES,
    )


def _choices(rows: Iterable[tuple[str, Any]], chosen: Sequence[str], language: str) -> list[Choice]:
    made = [Choice(value, pick(labels, language) or value, value in chosen)
            for value, labels in rows]  # fmt: skip
    return sorted(made, key=lambda one: sortable(one.label))


def compared(wanted: Asked, language: str) -> tuple[list[Group], bool]:
    """The answers of the chosen states, and whether there are more rounds than are shown. At most
    five queries."""
    if not wanted.chosen:
        return [], False
    codes = [one.value for one in wanted.chosen]
    mine = reaching.answers(Circle.PUBLIC).filter(response__country__code__in=codes)
    rounds = reaching.rounds(Circle.PUBLIC).filter(pk__in=mine.values("response__round"))
    if wanted.theme:
        within = Q(slug=wanted.theme) | Q(parent__slug=wanted.theme)
        rounds = rounds.filter(themes__in=Theme.objects.filter(within)).distinct()
    if wanted.concept:
        rounds = rounds.filter(concepts__slug=wanted.concept)
    rows = rounds.select_related("instrument", "version", "requested_by", "institution")
    found = list(rows.order_by("-opens_at", "-pk")[: MOST_ROUNDS + 1])
    states = [State(one.value, one.label) for one in wanted.chosen]
    made = compiled_all(found[:MOST_ROUNDS], Circle.PUBLIC, language, states=codes)
    return _grouped(found, made, states), len(found) > MOST_ROUNDS


def _grouped(
    rounds: Sequence[Round], made: Sequence[Compilation], states: list[State]
) -> list[Group]:
    groups: dict[int, Group] = {}
    for one, compilation in zip(rounds, made, strict=False):
        group = groups.setdefault(one.instrument_id, Group(compilation.title, states))
        group.rounds.append(compilation)
        for question in compilation.questions:
            given = [compilation.given.get((state.code, question.code)) for state in states]
            if any(given):
                line = group.lines.setdefault(question.code, Line(question))
                line.years.append(Year(compilation, given))
    return [one for one in groups.values() if one.lines]
