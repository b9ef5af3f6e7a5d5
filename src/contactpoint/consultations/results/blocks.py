"""One question of a survey as a page shows it: rows of numbers, a picture, and the wave before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contactpoint.consultations.questions import Kind, Question, Said
from contactpoint.consultations.results.wording import Wording
from contactpoint.consultations.tables.comparing import Row
from contactpoint.consultations.tables.sheets import CHOSEN, MISSING, WORDS
from contactpoint.consultations.tables.tallies import Cross, Share, Tables, Tally
from contactpoint.kit.picturing import Point, Series, Words, bars, for_page, whiskers

MOST_DRAWN: Final = 24
"""Rows in one picture; a table holds the rest."""


@dataclass(frozen=True, slots=True)
class Line:
    """A category: how many, which share, from how much to how much; the same of the wave before."""

    label: Said
    share: Share
    row: Row | None = None
    count: str = ""
    percent: str = ""
    span: str = ""
    mean_rank: str = ""
    before: str = ""
    before_span: str = ""
    points: str = ""
    points_span: str = ""
    is_clear: bool = False
    """Whether the difference is more than chance would easily make."""

    @property
    def is_hidden(self) -> bool:
        """Whether its number is not shown."""
        return self.share.count is None


@dataclass(slots=True)
class Block:
    """Rows that belong together, and their picture."""

    name: str
    heading: Said | None
    lines: list[Line]
    base: int
    base_before: int | None = None
    missing: str = ""
    picture: SafeString | str = ""
    groups: list[str] = field(default_factory=list)
    by_group: list[tuple[Said, list[str]]] = field(default_factory=list)
    why_not_by_group: str = ""

    @property
    def has_waves(self) -> bool:
        """Whether the wave before stands beside it."""
        return self.base_before is not None

    @property
    def has_hidden(self) -> bool:
        """Whether a number is not shown."""
        return any(one.is_hidden for one in self.lines)

    @property
    def has_ranks(self) -> bool:
        """Whether it is a ranking whose mean ranks may be told."""
        return any(one.mean_rank for one in self.lines)


@dataclass(frozen=True, slots=True)
class View:
    """What somebody may see of a round, in their words. `beside` gives the rows of a column in two
    waves, none where they can't be compared; `waves` are the names of both."""

    tables: Tables
    wording: Wording
    beside: Callable[[Tally], Sequence[Row]]
    waves: tuple[str, str] = ("", "")


def blocks(question: Question, view: View) -> list[Block]:
    """What there is to be seen of a question."""
    wording = view.wording
    found = view.tables.of(question.code)
    if question.kind is Kind.MANY:
        choices = [one.code for one in wording.instrument.choices_of(question)]
        return [_chosen(question, _in_order(found, choices), view)]
    words = [one for one in found if one.is_concept]
    made = [_block(question, one, view) for one in found if not one.is_concept]
    if words and question.kind in WORDS:
        words.sort(key=lambda one: -(one.counts[CHOSEN] or 0))
        spoken = _chosen(question, words, view)
        spoken.heading = Said(_("Concepts that are spoken of"), wording.language)
        spoken.name += "-concepts"
        made.append(spoken)
    return made


def _in_order(found: Sequence[Tally], choices: Sequence[str]) -> list[Tally]:
    """By the set of choices; those that are hidden wholly are there, without a number."""
    known = {one.part: one for one in found}
    if not known:
        return []
    first = next(iter(known.values()))
    hidden = Tally(first.question, first.kind, "", (), {CHOSEN: None}, first.asked, None)
    return [
        known.get(code)
        or Tally(hidden.question, hidden.kind, code, (), {CHOSEN: None}, hidden.asked, None)
        for code in choices
    ]


def _block(question: Question, tally: Tally, view: View) -> Block:
    tables, wording = view.tables, view.wording
    waves = {one.category: one for one in view.beside(tally)}
    ranks = tables.ranks.get(question.code, {})
    lines = [
        _line(
            wording.category(question, one), tally.share(one), waves.get(one), wording,
            mean_rank=wording.number(ranks[one]) if one in ranks else "",
        )
        for one in tally.categories
    ]  # fmt: skip
    missing = ""
    if tally.missing is None:
        missing = _("How many gave no answer is not shown.")
    elif tally.missing:
        missing = _("No answer: %(count)s.") % {"count": wording.number(tally.missing)}
    block = Block(
        tally.key,
        wording.part(tally) if tally.part else None,
        lines,
        tally.asked,
        next((one.before.base for one in waves.values()), None),
        missing,
    )
    cross = tables.crosses.get(tally.key)
    if cross is not None:
        rows = [*tally.categories, *([MISSING] if tally.missing != 0 else [])]
        _by_group(block, question, cross, rows, view)
    block.picture = _picture(block, question, view)
    return block


def _chosen(question: Question, found: Sequence[Tally], view: View) -> Block:
    """Each choice, or each concept, in one row."""
    tables, wording = view.tables, view.wording
    waves = {one.key: next((row for row in view.beside(one) if row.category == CHOSEN), None)
             for one in found}  # fmt: skip
    lines = [_line(wording.part(one), one.share(CHOSEN), waves[one.key], wording) for one in found]
    before = next((row.before.base for row in waves.values() if row is not None), None)
    block = Block(question.code, None, lines, found[0].asked if found else 0, before)
    crosses = [(one, tables.crosses[one.key]) for one in found if one.key in tables.crosses]
    if crosses:
        block.groups = _group_names(crosses[0][1], view)
        block.by_group = [
            (wording.part(one), [_cell(cross.share(CHOSEN, group), wording)
                                 for group in cross.groups])
            for one, cross in crosses
        ]  # fmt: skip
    block.picture = _picture(block, question, view)
    return block


def _line(
    label: Said, share: Share, row: Row | None, wording: Wording, *, mean_rank: str = ""
) -> Line:
    return Line(
        label,
        share,
        row,
        count="" if share.count is None else wording.number(share.count),
        percent=wording.percent(share.share) if share.base else "",
        span=wording.span(share.interval),
        mean_rank=mean_rank,
        before=wording.percent(row.before.share) if row else "",
        before_span=wording.span(row.before.interval) if row else "",
        points=wording.points(row.difference) if row else "",
        points_span=wording.points_span(row.interval) if row else "",
        is_clear=bool(row and row.interval and not row.interval.spans_zero),
    )


def _by_group(
    block: Block, question: Question, cross: Cross, rows: Sequence[str], view: View
) -> None:
    wording = view.wording
    block.groups = _group_names(cross, view)
    block.by_group = [
        (wording.category(question, row), [_cell(cross.share(row, group), wording)
                                           for group in cross.groups])
        for row in rows
    ]  # fmt: skip


def _group_names(cross: Cross, view: View) -> list[str]:
    wording = view.wording
    by = wording.instrument.question(view.tables.background)
    return [
        f"{wording.category(by, one).text} ({wording.number(cross.bases[one])})" if by else one
        for one in cross.groups
    ]


def _cell(share: Share, wording: Wording) -> str:
    return wording.percent(share.share) if share.base else ""


def _picture(block: Block, question: Question, view: View) -> SafeString | str:
    """Bars of one wave; dots with their intervals of two. Nothing where all is hidden."""
    drawn = block.lines[:MOST_DRAWN]
    if not any(one.share.share is not None for one in drawn):
        return ""
    wording = view.wording
    title = wording.question(question).text
    if block.heading is not None:
        title = f"{title} {block.heading.text}"
    told = [f"{one.label.text}: {one.percent}" for one in drawn if not one.is_hidden]
    said: dict[str, Any] = {
        "name": f"q-{block.name}",
        "title": strip_tags(title),
        "description": "; ".join(told),
        "number": wording.percent_of_hundred,
        "words": Words(no_figures=_("Not shown"), no_figure=_("not shown")),
    }
    if block.has_waves:
        made = for_page(whiskers, _waves(drawn, view.waves), **said)
    else:
        points = tuple(_point(one.label.text, one.share) for one in drawn)
        made = for_page(bars, Series(title, points), **said)
    return mark_safe(made)  # noqa: S308 — picturing escapes what it is given


def _waves(lines: Sequence[Line], names: tuple[str, str]) -> list[Series]:
    then = [_point(one.label.text, one.row.before if one.row else Share(None, 0)) for one in lines]
    now = [_point(one.label.text, one.share) for one in lines]
    return [Series(names[0], tuple(then)), Series(names[1], tuple(now))]


def _point(label: str, share: Share) -> Point:
    interval = share.interval
    if share.share is None or interval is None:
        return Point(label, None)
    return Point(
        label, share.share * 100, note=f"{round(interval.low * 100)}–{round(interval.high * 100)}",
        low=interval.low * 100, high=interval.high * 100,
    )  # fmt: skip
