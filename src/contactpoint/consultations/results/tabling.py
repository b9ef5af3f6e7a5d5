"""Results as rows of a file, with a codebook. Public files hold the protected tables only; those of
editors hold responses one by one."""

import random
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from contactpoint.consultations.models import Round
from contactpoint.consultations.questions import Kind, Question
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.results.gathering import Gathered
from contactpoint.consultations.results.wording import Wording
from contactpoint.consultations.tables.sheets import MISSING
from contactpoint.consultations.tables.tallies import Cross, Share, Tables, Tally

COLUMNS: Final = (
    *("question", "part", "group", "answer", "question_text", "answer_text"),
    *("count", "base", "share", "low", "high", "hidden", "mean_rank"),
)
CODEBOOK: Final = ("question", "kind", "question_text", "part", "code", "text")
NO_ANSWER: Final = "no-answer"
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?", re.ASCII)
Cells = Sequence[Any]


def public_rows(tables: Tables, wording: Wording) -> Iterator[Cells]:
    """A row for each number, `group` being empty for all respondents together. A number that is
    hidden is empty, and says so."""
    for tally in tables.tallies.values():
        for category in tally.categories:
            mean = tables.ranks.get(tally.question, {}).get(category)
            yield _row(tally, "", category, tally.share(category), wording, mean_rank=mean)
        if tally.missing != 0:
            share = Share(tally.missing, tally.asked)
            yield _row(tally, "", MISSING, share, wording)
        cross = tables.crosses.get(tally.key)
        if cross is not None:
            yield from _crossed(tally, cross, wording)


def _crossed(tally: Tally, cross: Cross, wording: Wording) -> Iterator[Cells]:
    rows = [*tally.categories, *([MISSING] if tally.missing != 0 else [])]
    for group in cross.groups:
        for category in rows:
            share = cross.share(category, group)
            yield _row(tally, group, category, share, wording)


def _row(
    tally: Tally,
    group: str,
    category: str,
    share: Share,
    wording: Wording,
    *,
    mean_rank: Decimal | None = None,
) -> Cells:
    question = wording.question_of(tally)
    interval = share.interval
    return (
        tally.question,
        tally.part,
        group,
        category or NO_ANSWER,
        wording.question(question).text,
        wording.category(question, category).text,
        share.count,
        share.base,
        None if share.share is None else round(share.share, 4),
        None if interval is None else round(interval.low, 4),
        None if interval is None else round(interval.high, 4),
        1 if share.count is None else 0,
        None if mean_rank is None else float(mean_rank),
    )


def codebook(wording: Wording) -> Iterator[Cells]:
    """What each code means: a row for each question, its rows and its choices."""
    for question in wording.instrument.questions():
        kind, text = question.kind.value, wording.question(question).text
        if question.kind is Kind.NOTE:
            continue
        yield question.code, kind, text, "", "", ""
        for row in question.rows:
            yield question.code, kind, text, "row", row.code, wording.texts(row.labels).text
        for choice in wording.instrument.choices_of(question):
            said = wording.texts(choice.labels).text
            yield question.code, kind, text, "choice", choice.code, said


def response_heading(round: Round, found: Gathered) -> list[str]:
    """What the columns of responses are called: a choice of several and a row of a matrix each has
    its own. Of an anonymous round the language is neither kept nor told: who alone answers in one
    would be known by it."""
    about = ["response"] if round.is_anonymous else ["response", "language"]
    return [*about, *(name for name, _question, _part in _columns(found))]


def response_rows(round: Round, found: Gathered) -> list[Cells]:
    """A row for each response. Those of an anonymous round are numbered anew and stand in an order
    that lot has drawn, so that it doesn't tell who answered first."""
    columns = list(_columns(found))
    rows = [
        [_cell(one.values.get(question.code), question, part) for _name, question, part in columns]
        for one in found.sheet.respondents
    ]
    if round.is_anonymous:
        random.SystemRandom().shuffle(rows)
    else:
        rows = [[language, *row] for language, row in zip(found.languages, rows, strict=True)]
    return [[number, *row] for number, row in enumerate(rows, 1)]


def _columns(found: Gathered) -> Iterator[tuple[str, Question, str]]:
    for question in found.instrument.questions():
        if question.kind is Kind.NOTE:
            continue
        parts = [one.code for one in question.rows]
        if question.kind is Kind.MANY:
            parts = [one.code for one in found.instrument.choices_of(question)]
        if not parts:
            yield question.code, question, ""
        for part in parts:
            yield f"{question.code}/{part}", question, part


def _cell(value: Value, question: Question, part: str) -> Any:
    if value is None:
        return None
    if question.kind is Kind.MANY:
        return int(part in value) if isinstance(value, list) else None
    if isinstance(value, dict):
        return value.get(part)
    if question.kind in (Kind.DECIMAL, Kind.CALCULATED) and isinstance(value, str):
        return _as_number(value)
    return " ".join(value) if isinstance(value, list) else value


def _as_number(text: str) -> float | str:
    """What is a number is one in files too, unless it would lose a digit by it."""
    if not _NUMBER.fullmatch(text):
        return text
    number = float(text)
    return number if Decimal(repr(number)) == Decimal(text) else text
