"""Asks the engine and makes the answer: what `contactpoint search`, the page and the feeds show."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from django.conf import settings
from django.utils import timezone

from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.guidance.door import doors
from contactpoint.search.asking import explaining, weights
from contactpoint.search.asking.attached import look_into_files
from contactpoint.search.asking.composing import Composer
from contactpoint.search.asking.presenting import Presenter
from contactpoint.search.asking.ranking import ranked
from contactpoint.search.asking.requesting import requested, with_pinned
from contactpoint.search.asking.results import Correction, Result, Results, Selection
from contactpoint.search.asking.slips import guesses, slips
from contactpoint.search.asking.spelling import MOST, corrections
from contactpoint.search.asking.understanding import Question, understand
from contactpoint.search.asking.visibility import (
    MOST_WAITING,
    visible_versions,
    waiting,
    without,
)
from contactpoint.search.documents import FACETS
from contactpoint.search.engines import engine as engine_of_process
from contactpoint.search.engines.base import Answer, Engine, Hit, Request
from contactpoint.search.engines.queries import AllOf, Nothing, Query
from contactpoint.search.meanings import meanings

EVERYTHING: Final = Selection()


def ask(
    text: str,
    language: str,
    selection: Selection = EVERYTHING,
    *,
    offset: int = 0,
    limit: int = 20,
    counted: Sequence[str] = FACETS,
    pinned: Sequence[str] = (),
    spoken: Sequence[str] = (),
    engine: Engine | None = None,
) -> Results:
    """What answers a question of a reader of `language`, from the `offset`-th on; without a
    question everything does, the newest first.

    `counted` are the facets to count, `pinned` keys of things that stand first, `spoken` the
    languages of texts if not the portal's. Raises `UnavailableError` where nothing can be searched.
    Three queries to the database: the state of the glossary, what changed a moment ago, and one
    that makes sure that what is shown may be seen now, however old the index is.
    """
    used = engine or engine_of_process()
    words = meanings()
    question = understand(text, language, selection, words)
    changed = waiting()
    composer = _composer(used, question, spoken, selection, changed)
    slipped = slips(question, composer, words)
    if slipped:
        question = understand(text, language, selection, words, slipped)
        composer = _composer(used, question, spoken, selection, changed)
    now = timezone.now()
    is_behind = len(changed) > MOST_WAITING
    request = requested(
        without(composer.strict(), changed),
        selection,
        int(now.timestamp()) // 60,
        counted=() if is_behind else counted,
    )
    if pinned and selection.sort == "fit":
        first = [key for key in pinned if key not in changed]
        request = replace(request, query=with_pinned(request.query, first))
    answer = _answer(used, request, question, offset, limit)
    presenter = Presenter(question, composer, words, selection.narrower)
    partial: list[Hit] = []
    if not offset and answer.total < weights.FEW:
        query = without(composer.partial(), changed)
        partial = _partial(used, replace(request, query=query), request.query, question)
    # Both are looked at together: each look asks the database.
    full = {hit.key for hit in answer.hits}
    shown = _shown(used, [*answer.hits, *partial], presenter, full, pinned)
    results = Results(
        question.text,
        language,
        answer.total,
        [one for one in shown if one.key in full],
        partial=[one for one in shown if one.key not in full],
        facets=answer.facets,
        chips=question.chips,
        guesses=guesses(question, composer, words),
        left_out=question.left_out,
        unheard=question.unheard,
        # A word may stand only in what nobody may see any more.
        corrections=() if changed else _corrections(used, request, question, composer, words),
    )
    for result in results.results:
        result.pinned = result.key in pinned
        result.missing = ()
    return results


def _composer(
    engine: Engine,
    question: Question,
    spoken: Sequence[str],
    selection: Selection,
    hidden: Sequence[str],
) -> Composer:
    return Composer(
        engine,
        question,
        spoken or _languages_of_texts(),
        selection.languages,
        selection.narrower,
        hidden,
    )


def _languages_of_texts() -> list[str]:
    """The site's, and those of applicants in which there is guidance; no query as a rule."""
    site = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    return list(dict.fromkeys([*site, *(one.code for one, _url in doors())]))


def _corrections(
    engine: Engine,
    request: Request,
    question: Question,
    composer: Composer,
    words: PortalVocabulary,
) -> list[Correction]:
    """Other spellings that have an answer; the filters stay as they are."""
    answered = (
        one
        for one in corrections(engine, question, composer, words)
        if _has_answer(
            engine, request, understand(one.text, question.language, words=words), composer
        )
    )
    return list(islice(answered, MOST))


def _has_answer(engine: Engine, request: Request, question: Question, composer: Composer) -> bool:
    other = Composer(
        engine, question, composer.spoken, composer.searched, narrower=composer.narrower
    )
    query = other.strict()
    if isinstance(query, Nothing):
        return False
    return engine.search(replace(request, query=query, counted=(), offset=0, limit=1)).total > 0


def _last_reason(result: Result, question: Question, pinned: Sequence[str]) -> str:
    """Why a thing is here of which nothing that can be quoted says so."""
    if result.key in pinned:
        return explaining.pinned()
    if not question.units and question.excluded:
        return explaining.excluded(item.text for item in question.excluded)
    return explaining.further_on()


def _answer(
    engine: Engine, request: Request, question: Question, offset: int, limit: int
) -> Answer:
    """One stretch of the answer; the best are fetched together and put in order anew."""
    if request.sort != "fit" or offset >= weights.WINDOW:
        return engine.search(replace(request, offset=offset, limit=limit))
    answer = engine.search(replace(request, offset=0, limit=max(weights.WINDOW, limit)))
    best = ranked(answer.hits[: weights.WINDOW], question, timezone.localdate())
    hits = [*best, *answer.hits[weights.WINDOW :]][offset : offset + limit]
    missing = offset + limit - max(weights.WINDOW, limit)
    if missing > 0 and answer.total > weights.WINDOW:
        more = engine.search(replace(request, offset=weights.WINDOW, limit=missing, counted=()))
        hits += more.hits
    return replace(answer, hits=hits)


def _partial(engine: Engine, request: Request, shown: Query, question: Question) -> list[Hit]:
    """What answers some of it and is not among what is shown."""
    if isinstance(request.query, Nothing):
        return []
    query = request.query
    if not isinstance(shown, Nothing):
        query = AllOf((query,), (shown,))
    limit = 3 * weights.MOST_PARTIAL
    answer = engine.search(
        replace(request, query=query, counted=(), sort="fit", offset=0, limit=limit)
    )
    return ranked(answer.hits, question, timezone.localdate())[: weights.MOST_PARTIAL]


def _shown(
    engine: Engine,
    hits: Sequence[Hit],
    presenter: Presenter,
    full: Collection[str],
    pinned: Sequence[str],
) -> list[Result]:
    """Those of the hits that may be seen now, as results, in order; of those that are not `full`
    answers, what has some of the question and lacks some, that which lacks least first."""
    things = visible_versions(engine.stored(hits))
    presented = []
    for hit, (thing, versions) in zip(hits, things, strict=True):
        if versions:
            partial = hit.key not in full
            presented.append(
                presenter.present(hit.key, hit.score, thing, versions, partial=partial)
            )
    look_into_files(presented, presenter)
    groups = len(presenter.question.groups)
    results: list[Result] = []
    lack: dict[str, int] = {}
    for one in presented:
        result = one.result
        result.missing = presenter.missing(one)
        if result.key not in full:
            lacking = len(result.missing)
            if not lacking or (lacking == groups and not one.has_part):
                continue
            lack[result.key] = presenter.lack(one)
        elif not result.reasons and presenter.question.text:
            result.reasons.append(_last_reason(result, presenter.question, pinned))
        results.append(result)
    return sorted(results, key=lambda one: lack.get(one.key, 0))
