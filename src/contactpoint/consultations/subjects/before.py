"""Earlier queries and studies on the same concepts, whatever their language, ranked, and why.

Two queries are alike as far as the concepts that they name are the same, rare ones counting more
than common ones (the cosine of vectors weighted by inverse document frequency). A concept right
above or below one that is named counts for less, and never for more than half of the likeness.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Any, Final

from django.db.models import Count
from django.utils.translation import get_language

from contactpoint.consultations.models import Instrument, Round, Subject
from contactpoint.consultations.reaching import Circle, responses, rounds
from contactpoint.consultations.subjects.reading import GLOSSARY, About
from contactpoint.glossary.terms import vocabulary
from contactpoint.outputs.models import Classification, Publication
from contactpoint.vocabulary import Vocabulary

MOST: Final = 8
NEAR: Final = 0.4
LEAST: Final = 0.12
"""Below it two queries have a common word and no common subject."""
_MOST_WHY: Final = 4
_ASKED_BEFORE: Final = ("ad-hoc-query-compilation", "thematic-study", "emn-inform")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two are, and the concepts by which: the same ones, and near ones."""

    score: float
    same: list[str]
    near: list[str]


@dataclass(frozen=True, slots=True)
class Before:
    """Something that was asked before. `same` and `near` are labels in the active language;
    `questions` are the codes of those that name one of the concepts."""

    title: str
    score: float
    same: list[str]
    near: list[str]
    year: int | None
    answered: int = 0
    round: Round | None = None
    page: Any = None
    questions: list[str] = field(default_factory=list)

    @property
    def is_study(self) -> bool:
        """A study, not a query."""
        return self.round is not None and self.round.instrument.kind == Instrument.Kind.STUDY


def asked_before(read: About, circle: Circle, *, but: int | None = None) -> list[Before]:
    """At most `MOST` rounds on the same, the most alike first. `but` is the round itself.

    Six queries, whatever is found.
    """
    subjects = {
        one.round_id: one for one in Subject.objects.filter(round__in=rounds(circle)).only(
            "round_id", "concepts", "questions"
        )
    }  # fmt: skip
    subjects.pop(but or 0, None)
    terms = vocabulary()
    found = ranked(read.concepts, {key: one.concepts for key, one in subjects.items()}, terms)
    best = sorted(found, key=lambda key: (-found[key].score, -key))[:MOST]
    known = Round.objects.select_related("instrument", "version").in_bulk(best)
    sent = dict(
        responses(circle)
        .filter(round__in=best)
        .order_by()
        .values_list("round")
        .annotate(states=Count("pk"))
    )
    asked = [
        _told(known[key], found[key], sent.get(key, 0), subjects[key].questions, terms)
        for key in best
        if key in known
    ]
    return sorted([*asked, *_published(read, known, terms)], key=lambda one: -one.score)[:MOST]


def ranked(
    wanted: Mapping[str, float], known: Mapping[int, Mapping[str, float]], terms: Vocabulary
) -> dict[int, Likeness]:
    """Those that are alike enough, by their keys."""
    if not wanted:
        return {}
    rare = _rarity(known.values())
    near = _near(wanted, terms)
    length = _length(wanted, rare)
    found = {}
    for key, concepts in known.items():
        same = {
            one: rare(one) ** 2 * wanted[one] * concepts[one] for one in wanted if one in concepts
        }
        around = {
            one: rare(one) ** 2 * weight * concepts[one]
            for one, weight in near.items()
            if one in concepts
        }
        total = sum(same.values())
        total += min(sum(around.values()), max(total, _most_near(around)))
        score = total / (length * _length(concepts, rare)) if total else 0.0
        if score >= LEAST:
            by = sorted(same, key=lambda one: -same[one])
            by_near = sorted(around, key=lambda one: -around[one])
            found[key] = Likeness(score, by[:_MOST_WHY], by_near[: _MOST_WHY - len(by[:2])])
    return found


def _most_near(around: Mapping[str, float]) -> float:
    return max(around.values(), default=0.0)


def _near(wanted: Mapping[str, float], terms: Vocabulary) -> dict[str, float]:
    """What stands right above or below the concepts, and is none of them."""
    near: dict[str, float] = {}
    for slug, weight in wanted.items():
        try:
            concept = terms.concept(slug, GLOSSARY)
        except KeyError:  # the glossary gave it up since
            continue
        for other in (*concept.broader, *concept.narrower):
            if other not in wanted:
                near[other] = max(near.get(other, 0.0), NEAR * weight)
    return near


def _rarity(known: Iterable[Mapping[str, float]]) -> Any:
    """How much a concept says, by how few have it."""
    number, counts = 0, dict[str, int]()
    for concepts in known:
        number += 1
        for slug in concepts:
            counts[slug] = counts.get(slug, 0) + 1
    return lambda slug: log(1 + (number + 1) / (counts.get(slug, 0) + 1))


def _length(concepts: Mapping[str, float], rare: Any) -> float:
    return sqrt(sum((rare(one) * weight) ** 2 for one, weight in concepts.items())) or 1.0


def _labels(slugs: Iterable[str], terms: Vocabulary) -> list[str]:
    language, known = get_language() or "en", terms.schemes[GLOSSARY].concepts
    return [terms.label(slug, language, GLOSSARY) for slug in slugs if slug in known]


def _told(
    held: Round, alike: Likeness, answered: int, questions: Mapping[str, Any], terms: Vocabulary
) -> Before:
    moment = held.opens_at or held.created_at
    by = {*alike.same, *alike.near}
    return Before(
        title=held.label,
        score=alike.score,
        same=_labels(alike.same, terms),
        near=_labels(alike.near, terms),
        year=moment.year,
        answered=answered,
        round=held,
        questions=[code for code, slugs in questions.items() if by & set(slugs)],
    )


def _published(read: About, rounds_found: Mapping[int, Round], terms: Vocabulary) -> list[Before]:
    """Compilations and studies that were published as outputs before there were rounds."""
    rows = Classification.objects.filter(
        page__publication__publication_type__in=_ASKED_BEFORE,
        page__live=True,
        page__alias_of=None,
        concept__isnull=False,
    ).values_list("page_id", "concept__slug", "confidence")
    known: dict[int, dict[str, float]] = {}
    for page, slug, confidence in rows:
        known.setdefault(page, {})[slug] = confidence
    found = ranked(read.concepts, known, terms)
    best = sorted(found, key=lambda key: -found[key].score)[:MOST]
    families = {one.family_id for one in rounds_found.values() if one.family_id}
    told: dict[Any, Before] = {}
    pages = Publication.objects.filter(pk__in=best).select_related("locale")
    for page in pages.exclude(family_links__family__in=families):
        alike = found[page.pk]
        one = Before(
            title=page.title,
            score=alike.score,
            same=_labels(alike.same, terms),
            near=_labels(alike.near, terms),
            year=page.published_on.year if page.published_on else None,
            page=page,
        )
        other = told.get(page.translation_key)
        if other is None or page.locale.language_code == get_language():
            told[page.translation_key] = one
    return list(told.values())
