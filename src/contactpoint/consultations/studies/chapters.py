"""The synthesis of a study: what states answered to a section, and the editors' text on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.safestring import SafeString, mark_safe

from contactpoint.consultations import reaching
from contactpoint.consultations.compilations.compilation import Compilation, Given, Question
from contactpoint.consultations.compilations.gathering import compiled
from contactpoint.consultations.forms.marking import cleaned
from contactpoint.consultations.models import Round, SynthesisChapter
from contactpoint.consultations.questions import Kind, Section, said
from contactpoint.consultations.reaching import Circle
from contactpoint.outputs.figures.tokens import problems

LONGEST: Final = 100_000


class SeenOlderError(Exception):
    """Somebody saved what the writer has not seen."""


class ChapterError(Exception):
    """It can't be kept; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer; `html` is safe markup of a chapter, empty where the words are plain."""

    given: Given
    html: SafeString


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section with what states said to each of its questions, as the network may know it."""

    section: Section
    title: str
    asked: list[tuple[Question, list[Told]]]
    row: SynthesisChapter


def sections(round: Round) -> tuple[Section, ...]:
    """The chapters of the common template that ask for something."""
    found = round.version.asked().sections if round.version else ()
    return tuple(one for one in found if any(each.is_asked for each in one.questions))


def chapter(round: Round, section: Section, language: str) -> Chapter:
    """One chapter, for the editors; five queries."""
    compilation = compiled(round, Circle.NETWORK, language)
    row = SynthesisChapter.objects.select_related("changed_by").filter(
        round=round, section=section.code
    )
    codes = {one.code for one in section.questions}
    html = rich_answers(round, Circle.NETWORK)
    return Chapter(
        section,
        said(section.titles, language).text or section.code,
        [(one, _told(compilation, one, html)) for one in compilation.questions
         if one.code in codes],
        row.first() or SynthesisChapter(round=round, section=section.code),
    )  # fmt: skip


def _told(
    compilation: Compilation, question: Question, html: Mapping[str, Mapping[str, str]]
) -> list[Told]:
    found = []
    for given in compilation.of_question(question):
        text = cleaned(html.get(given.state.code, {}).get(question.code, ""))
        found.append(Told(given, mark_safe(text)))  # noqa: S308 — it has just been cleaned
    return found


def rich_answers(round: Round, circle: Circle) -> dict[str, dict[str, str]]:
    """Answers that are HTML, by state and question, as far as the circle may know them."""
    asked = round.version.asked().questions() if round.version else ()
    rich = [one.code for one in asked if one.kind is Kind.RICH_TEXT]
    if not rich:
        return {}
    rows = reaching.answers(circle).filter(response__round=round, question__in=rich)
    found: dict[str, dict[str, str]] = {}
    for state, question, value in rows.values_list("response__country__code", "question", "value"):
        if isinstance(value, str):
            found.setdefault(state, {})[question] = value
    return found


@transaction.atomic
def save(
    round: Round, section: str, language: str, text: str, *, revision: int, user: Any
) -> SynthesisChapter:
    """Keep a text in a language. Raises `ChapterError` for a figure that can't be told, and
    `SeenOlderError` where somebody has saved since `revision`."""
    text = text.replace("\r\n", "\n").strip()
    if wrong := problems(text):
        raise ChapterError(" ".join(wrong))
    Round.objects.select_for_update().get(pk=round.pk)
    row, _is_new = SynthesisChapter.objects.get_or_create(round=round, section=section)
    if row.revision != revision:
        raise SeenOlderError
    row.texts = {code: one for code, one in {**row.texts, language: text}.items() if one}
    row.revision += 1
    row.changed_by = user
    row.save()
    return row


def written(round: Round, language: str) -> list[tuple[str, str]]:
    """Titles and texts of the chapters that were written in a language; one query."""
    texts = dict(SynthesisChapter.objects.filter(round=round).values_list("section", "texts"))
    return [
        (said(one.titles, language).text or one.code, texts[one.code][language])
        for one in sections(round)
        if texts.get(one.code, {}).get(language)
    ]


def texts_by_title(round: Round, language: str) -> dict[str, dict[str, str]]:
    """All that was written of each chapter, by its title in a language; one query."""
    texts = dict(SynthesisChapter.objects.filter(round=round).values_list("section", "texts"))
    return {
        said(one.titles, language).text or one.code: texts[one.code]
        for one in sections(round)
        if one.code in texts
    }
