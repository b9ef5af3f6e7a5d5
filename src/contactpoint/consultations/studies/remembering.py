"""Remembers which answer stands in which block of a page, and finds both again.

A page is a copy, and pages are copied. What stands in one is known by its blocks alone: neither the
links of the page nor those of the round say anything of it, and a copy keeps them.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from contactpoint.consultations import reaching
from contactpoint.consultations.models import ReportedAnswer, ReportPage
from contactpoint.consultations.reaching import Circle
from contactpoint.consultations.studies.bodies import SPACE, part_of
from contactpoint.outputs.models import Publication

_OURS: Final = 5
"""The version of the ids that are made here; those of other blocks have another."""


def blocks_of_answers(rounds: Iterable[int], circle: Circle) -> dict[tuple[int, str, str], UUID]:
    """By round, state and question, of what a circle may know as it is said now. One query."""
    rows = reaching.answers(circle).filter(response__round__in=list(rounds))
    columns = ("response__round", "response__country__code", "question")
    said = ("value", "remark", "sources")
    return {
        (round, state, question): _block(round, state, question, words)
        for round, state, question, *words in rows.values_list(*columns, *said)
    }


def _block(round: int, state: str, question: str, words: list[Any]) -> UUID:
    said = json.dumps(words, sort_keys=True, separators=(",", ":"))
    return uuid5(SPACE, f"answer {round} {state} {question} {said}")


def remember(blocks: Mapping[tuple[int, str, str], UUID], written: Iterable[UUID]) -> None:
    """Before a page is saved that holds them: `blocks` are those of answers, `written` all ids of
    the page, of which some are parts of these answers. Raises `ValueError` for one that is none."""
    wanted = {one for one in written if one.version == _OURS}
    rows: dict[UUID, ReportedAnswer] = {}
    for (round, state, question), answer in blocks.items():
        part = 0
        while (block := part_of(answer, part)) in wanted:
            rows[block] = ReportedAnswer(
                block=block, round=round, state=state, question=question, part=part
            )
            part += 1
    if strange := wanted - rows.keys():
        raise ValueError(f"Blocks of no answer: {strange}")
    ReportedAnswer.objects.bulk_create(rows.values(), ignore_conflicts=True)


def is_told(one: ReportedAnswer, blocks: Mapping[tuple[int, str, str], UUID]) -> bool:
    """Whether an answer may be told as it stands in its block. `blocks` are those that may."""
    answer = blocks.get((one.round, one.state, one.question))
    return answer is not None and one.block == part_of(answer, one.part)


def answers_in(page: Publication) -> list[ReportedAnswer]:
    """Those that stand in a page, as it is in memory and in its order; no query for one that can
    hold none."""
    ids = list(_ids(page))
    known = ReportedAnswer.objects.in_bulk(ids) if ids else {}
    return [known[one] for one in ids if one in known]


def _ids(page: Publication) -> Iterable[UUID]:
    for one in page.body.raw_data:
        try:
            found = UUID(str(one.get("id")))
        except ValueError:
            continue
        if found.version == _OURS:
            yield found


def note(page: Publication, rounds: Iterable[int]) -> None:
    """That a page which is on the web holds answers to rounds."""
    rows = [ReportPage(page=page, round=one) for one in rounds]
    ReportPage.objects.bulk_create(rows, ignore_conflicts=True)


def pages_on(round: int) -> list[Publication]:
    """The pages on the web that were ever seen with an answer to a round in them. One query."""
    noted = ReportPage.objects.filter(round=round).values("page")
    return list(Publication.objects.filter(live=True, pk__in=noted).order_by("pk"))
