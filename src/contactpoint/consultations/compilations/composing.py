"""A compilation as a document, in the layout that the network knows: who asked when, which states
answered, the summary, a disclaimer, the background, the questions, then the answers state by state.

The column that says whether an answer is for wider dissemination is in the network's version only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from contactpoint.consultations.compilations.addresses import network_url, round_url
from contactpoint.consultations.compilations.compilation import (
    Compilation,
    Given,
    Question,
    State,
)
from contactpoint.consultations.compilations.counting import tallies
from contactpoint.consultations.compilations.wording import days, kind_label, named, states_said
from contactpoint.consultations.questions import Said
from contactpoint.kit.composing.document import (
    Block,
    Document,
    Fact,
    Heading,
    Listing,
    Paragraph,
    Run,
    Table,
)
from contactpoint.kit.composing.reading import blocks_of
from contactpoint.kit.days import in_words


def composed(compilation: Compilation) -> Document:
    """The tree that is printed and written for Word."""
    language = compilation.language
    with override(language):
        where = network_url if compilation.is_network else round_url
        return Document(
            title=compilation.title.text or compilation.code,
            language=language,
            publisher=settings.SITE_NAME,
            made_at=compilation.made_at,
            kicker=" · ".join(filter(None, [
                kind_label(compilation.kind), compilation.reference, _version(compilation),
            ])),
            dated=in_words(compilation.changed_on),
            address=settings.BASE_URL + where(compilation.code, language),
            facts=list(_facts(compilation)),
            blocks=list(_blocks(compilation)),
            closing=[Run(settings.BASE_URL + where(compilation.code, language))],
            authors=[settings.SITE_NAME],
        )  # fmt: skip


def _version(compilation: Compilation) -> str:
    return _("For the network only") if compilation.is_network else _("Public version")


def _facts(compilation: Compilation) -> Iterator[Fact]:
    if compilation.requested_by:
        yield Fact(pgettext("query", "Requested by"), [Run(compilation.requested_by)])
    if compilation.asked_on:
        yield Fact(_("Date"), [Run(in_words(compilation.asked_on))])
    yield Fact(_("Compiled"), [Run(in_words(compilation.changed_on))])
    if compilation.states:
        yield Fact(_("States that answered"), [Run(states_said(compilation.states))])


def _blocks(compilation: Compilation) -> Iterator[Block]:
    if compilation.summary.text:
        yield Heading([Run(_("Summary"))])
        yield from _paragraphs(compilation.summary, compilation.language)
    yield Heading([Run(_("Disclaimer"))])
    yield from _paragraphs(compilation.disclaimer, compilation.language)
    if compilation.background.text:
        yield Heading([Run(_("Background"))])
        yield from _paragraphs(compilation.background, compilation.language)
    yield Heading([Run(_("Questions"))])
    yield Listing([[_question(one, compilation.language)] for one in compilation.questions], True)
    yield from _counts(compilation)
    yield Heading([Run(_("Answers"))])
    if not compilation.states:
        none = _("No answers yet.") if compilation.is_network else _("No public answers.")
        yield Paragraph([Run(none)])
    for state in compilation.states:
        yield Heading([Run(state.name)], 2)
        said = {days(given) for _question, given in compilation.of_state(state)}
        if len(said) == 1:
            yield Paragraph([Run(f"{said.pop()}.", italic=True)], stays=True)
        yield from _state(compilation, state)


def _state(compilation: Compilation, state: State) -> Iterator[Block]:
    """In the order of the questions: tables of what is short, and chapters between them, each with
    its headings, tables and notes."""
    short: list[tuple[Question, Given]] = []
    for question, given in compilation.of_state(state):
        if not given.html:
            short.append((question, given))
            continue
        if short:
            yield _table(compilation, state, short)
            short = []
        yield Heading([Run(f"{question.number}. "), _said(question.text, compilation.language)], 3)
        if compilation.is_network:
            mark = _("Yes") if given.is_wide else _("No")
            said = named(_("Wider dissemination"), mark)
            yield Paragraph([Run(said, italic=True)], stays=True)
        for block in blocks_of(given.html):
            yield replace(block, level=3) if isinstance(block, Heading) else block
        beside = list(_answer(compilation, replace(given, text=""), has_days=True))
        yield Paragraph(beside)
    if short:
        yield _table(compilation, state, short)


def _paragraphs(text: Said, language: str) -> Iterator[Paragraph]:
    spoken = text.language if text.language != language else ""
    for line in filter(str.strip, text.text.split("\n")):
        yield Paragraph([Run(line.strip(), language=spoken)])


def _question(one: Question, language: str) -> Paragraph:
    return Paragraph([_said(one.text, language)])


def _said(text: Said, language: str) -> Run:
    return Run(text.text, language=text.language if text.language != language else "")


def _counts(compilation: Compilation) -> Iterator[Block]:
    """What can be counted, by question: how many states, and which."""
    made: list[Block] = []
    for question in compilation.questions:
        for column in question.columns:
            counted = tallies(compilation, question, column)
            if not counted or not counted[0].of:
                continue
            made.append(
                Table(
                    head=[pgettext("column", "Answer"), pgettext("column", "States"), _("Which")],
                    rows=[
                        [
                            [_said(one.option.label, compilation.language)],
                            _("%(number)s of %(all)s") % {"number": one.number, "all": one.of},
                            ", ".join(state.name for state in one.states) or "–",
                        ]
                        for one in counted
                    ],
                    caption=f"{column.number}. {column.text.text}",
                )
            )
    if made:
        yield Heading([Run(_("Answers counted"))])
        yield from made


def _table(
    compilation: Compilation, state: State, short: Iterable[tuple[Question, Given]]
) -> Table:
    head = [_("Question"), pgettext("column", "Answer")]
    if compilation.is_network:
        head.insert(1, _("Wider dissemination"))
    found = compilation.of_state(state)
    is_one_day = len({days(given) for _question, given in found}) == 1
    return Table(head, [_row(compilation, *one, has_days=not is_one_day) for one in short])


def _row(
    compilation: Compilation, question: Question, given: Given, *, has_days: bool
) -> list[str | list[Run]]:
    """Days are told once where they are the same for all answers of a state."""
    said = list(_answer(compilation, given, has_days=has_days))
    cells: list[str | list[Run]] = [question.number, said]
    if compilation.is_network:
        cells.insert(1, _("Yes") if given.is_wide else _("No"))
    return cells


def _answer(compilation: Compilation, given: Given, *, has_days: bool) -> Iterator[Run]:
    language = compilation.language
    parts: list[list[Run]] = []
    if given.text:
        parts.append([Run(given.text, language=_other(given.language, language))])
    if given.remark:
        parts.append([Run(given.remark, language=_other(given.remark_language, language))])
    parts += [[Run(one.title, url=one.url), *_address(one.title, one.url)] for one in given.sources]
    parts += [[Run(one.name)] for one in given.files if one.name not in given.text]
    if has_days:
        parts.append([Run(days(given), italic=True)])
    yield from _lines(parts)


def _address(title: str, url: str) -> list[Run]:
    """On paper nobody sees where a link leads."""
    return [Run(f" ({url})")] if url and url != title else []


def _lines(parts: Iterable[list[Run]]) -> Iterator[Run]:
    for at, part in enumerate(parts):
        if at:
            yield Run("\n")
        yield from part


def _other(spoken: str, language: str) -> str:
    return spoken if spoken != language else ""
