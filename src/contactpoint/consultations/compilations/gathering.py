"""Makes compilations of rounds from what `reaching` gives to a circle. A few queries, whatever the
number of rounds, states and answers."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils import timezone, translation

from contactpoint.consultations import reaching
from contactpoint.consultations.compilations.addresses import attachment_url
from contactpoint.consultations.compilations.asking import asked_questions
from contactpoint.consultations.compilations.compilation import (
    Compilation,
    File,
    Given,
    Question,
    Source,
    State,
)
from contactpoint.consultations.compilations.disclaiming import disclaimer
from contactpoint.consultations.compilations.summing_up import told_summary
from contactpoint.consultations.compilations.telling import chosen, is_nothing, words
from contactpoint.consultations.forms.marking import cleaned
from contactpoint.consultations.holding import end_of, is_past
from contactpoint.consultations.models import Attachment, Round
from contactpoint.consultations.questions import Instrument, Kind, said
from contactpoint.consultations.reaching import Circle
from contactpoint.glossary.models import Concept
from contactpoint.kit.composing.document import address
from contactpoint.kit.labels import pick
from contactpoint.network.showing import sortable


def found_round(circle: Circle, code: str) -> Round | None:
    """The round of an address, if the circle may see any of its answers. One query."""
    rows = reaching.rounds(circle).select_related(
        "instrument", "version", "requested_by", "institution"
    )
    return rows.filter(code=code).first()


def compiled(
    round: Round, circle: Circle, language: str, *, today: datetime.date | None = None
) -> Compilation:
    """What states answered to a round, in a language, as far as the circle may know it. At most
    three queries."""
    return compiled_all([round], circle, language, today=today)[0]


def compiled_all(
    rounds: Sequence[Round],
    circle: Circle,
    language: str,
    *,
    states: Sequence[str] = (),
    today: datetime.date | None = None,
) -> list[Compilation]:
    """The same for several rounds, of some states or of all, in as many queries."""
    today = today or timezone.localdate()
    answers = reaching.answers(circle).filter(response__round__in=rounds)
    if states:
        answers = answers.filter(response__country__code__in=states)
    rows: dict[int, list[Any]] = {one.pk: [] for one in rounds}
    asked = {one.pk: _asked(one, language) for one in rounds}
    for row in answers.select_related("response__country").order_by("pk"):
        question = asked[row.response.round_id].question(row.question)
        if question is None or not question.is_asked:
            continue
        if not is_nothing(question, row.value) or row.remark:
            rows[row.response.round_id].append(row)
    files = _files(rounds, circle) if any(rows.values()) else {}
    every = [(asked[pk].question(row.question), row) for pk, found in rows.items() for row in found]
    concepts = _concepts(every, language)
    with translation.override(language):
        return [
            _compilation(
                one, asked[one.pk], rows[one.pk], circle, language,
                files=files, concepts=concepts, today=today,
            )
            for one in rounds
        ]  # fmt: skip


def _asked(round: Round, language: str) -> Instrument:
    return round.version.asked() if round.version else Instrument(round.code, (language,))


def _compilation(
    round: Round,
    instrument: Instrument,
    rows: Sequence[Any],
    circle: Circle,
    language: str,
    *,
    files: Mapping[tuple[int, str], Sequence[Attachment]],
    concepts: Mapping[str, str],
    today: datetime.date,
) -> Compilation:
    states = _states(rows, language)
    is_network = circle is Circle.NETWORK
    given = {}
    for row in rows:
        state = states[row.response.country.code]
        attached = [
            File(
                one.name,
                attachment_url(round.code, language, one.reference, is_network=is_network),
                one.size,
            )
            for one in files.get((row.response_id, row.question), ())
        ]
        given[state.code, row.question] = _given(
            row, instrument, state, language, concepts=concepts, files=attached, today=today
        )
    ordered = tuple(sorted(states.values(), key=lambda one: (sortable(one.name), one.code)))
    questions = asked_questions(instrument, language)
    told = disclaimer(circle, is_example=round.is_example)
    return Compilation(
        circle=circle,
        language=language,
        code=round.code,
        kind=round.instrument.kind,
        reference=round.reference,
        title=said(round.labels, language),
        background=said(round.introductions, language),
        summary=told_summary(round, language),
        disclaimer=said(round.disclaimers or {language: told}, language),
        requested_by=_requested_by(round, language),
        asked_on=timezone.localdate(round.opens_at) if round.opens_at else None,
        is_example=round.is_example,
        changed_on=_changed_on(round, given.values()),
        questions=questions,
        states=ordered,
        given=_in_order(given, ordered, questions),
    )


def _given(
    row: Any,
    instrument: Instrument,
    state: State,
    language: str,
    *,
    concepts: Mapping[str, str],
    files: Sequence[File],
    today: datetime.date,
) -> Given:
    question = instrument.question(row.question)
    assert question is not None  # noqa: S101 — those that are not asked were left out
    codes = chosen(question, row.value)
    text = words(
        instrument, question, row.value, language,
        concepts=concepts, files=[one.name for one in files],
    )  # fmt: skip
    in_ours = bool(codes) or question.kind in _TOLD_BY_US
    return Given(
        state=state,
        question=row.question,
        text=text,
        language=language if in_ours else row.response.language,
        chosen=codes,
        remark=row.remark.strip(),
        remark_language=row.response.language,
        sources=_sources(row.sources),
        files=tuple(files),
        answered_on=row.answered_on,
        confirmed_on=row.confirmed_on,
        valid_until=end_of(row),
        is_past=is_past(row, today),
        is_wide=row.dissemination == row.Dissemination.WIDE,
        html=_html(question.kind, row.value),
    )


def _html(kind: Kind, value: Any) -> str:
    """Cleaned when it was written, and again: nothing that is shown as markup is taken on trust."""
    return cleaned(value) if kind is Kind.RICH_TEXT and isinstance(value, str) else ""


_TOLD_BY_US: Final = frozenset(
    {Kind.RANKING, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.COUNTRY, Kind.CONCEPT}
)
"""Kinds of which we write the words ourselves, in the reader's language."""


def _sources(data: Any) -> tuple[Source, ...]:
    """Only addresses that a reader may be sent to; whatever is no source is left out."""
    rows = [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []
    found = []
    for one in rows:
        url = address(str(one.get("url", "")))
        title = str(one.get("title", "")).strip() or url
        if title:
            found.append(Source(title, url))
    return tuple(found)


def _files(rounds: Sequence[Round], circle: Circle) -> dict[tuple[int, str], list[Attachment]]:
    """By response and question, of those answers only that are there. One query."""
    found: dict[tuple[int, str], list[Attachment]] = {}
    attached = reaching.attachments(circle).filter(response__round__in=rounds)
    for one in attached.order_by("name", "checksum").defer("content"):
        found.setdefault((one.response_id, one.question), []).append(one)
    return found


def _concepts(rows: Iterable[tuple[Any, Any]], language: str) -> dict[str, str]:
    """Labels of the concepts that were given as answers; a query only where there are any."""
    slugs = {str(row.value) for question, row in rows if question.kind is Kind.CONCEPT}
    if not slugs:
        return {}
    named = Concept.objects.filter(slug__in=slugs).order_by().values_list("slug", "labels")
    return {slug: pick(labels, language) or slug for slug, labels in named}


def _states(rows: Iterable[Any], language: str) -> dict[str, State]:
    countries = {row.response.country.code: row.response.country for row in rows}
    return {
        code: State(code, pick(one.labels, language) or code) for code, one in countries.items()
    }


def _requested_by(round: Round, language: str) -> str:
    """The state that asks, else the institution."""
    asking = round.requested_by or round.institution
    return pick(asking.labels, language) if asking else ""


def _changed_on(round: Round, given: Iterable[Given]) -> datetime.date:
    days = [one.said_on for one in given]
    moments = (round.opens_at, round.published_at)
    days += [timezone.localdate(moment) for moment in moments if moment is not None]
    return max(days, default=timezone.localdate(round.created_at))


def _in_order(
    given: Mapping[tuple[str, str], Given],
    states: Iterable[State],
    questions: Iterable[Question],
) -> dict[tuple[str, str], Given]:
    """In the order of the page, so that nothing tells in which order it was stored."""
    keys = ((state.code, question.code) for state in states for question in questions)
    return {key: given[key] for key in keys if key in given}
