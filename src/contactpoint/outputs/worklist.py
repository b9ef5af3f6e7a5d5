"""The keywords that nobody understood yet, ranked by use, with what they may stand for.

Equal strings are one entry, whatever their case, accents and language. What editors decided is
read beside it: a string that is no topic waits no more, one that is another's spelling waits there.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, F, Max, Min, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.permissions import page_permission_policy

from contactpoint.glossary.models import Concept, Decision
from contactpoint.glossary.models.decisions import key_of
from contactpoint.glossary.paths import Hierarchy
from contactpoint.glossary.terms import vocabulary
from contactpoint.glossary.uses import NO_TOPIC, KeywordUse
from contactpoint.outputs.models import Classification, Output
from contactpoint.outputs.rights import editable
from contactpoint.vocabulary import Harmonised, Nearest

MOST_NEAREST: Final = 3
MOST_SHOWN: Final = 3
DECIDED: Final = "decided"
UNKNOWN: Final = Classification.Resolution.UNKNOWN


@dataclass(slots=True)
class Near:
    """A concept that a keyword may stand for, how near it is from 0 to 1, and why it is here."""

    pk: int
    label: str
    path: str
    score: float
    why: str


@dataclass(slots=True)
class Keyword:
    """A string that is not understood: how it is written, in how many items, in which languages.

    `also` are keys that editors said are the same.
    """

    key: str
    spellings: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    items: int = 0
    first: datetime | None = None
    last: datetime | None = None
    also: list[str] = field(default_factory=list)
    nearest: list[Near] = field(default_factory=list)
    places: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """As it is written most often."""
        return max(self.spellings, key=lambda each: (self.spellings[each], each))

    @property
    def language(self) -> str:
        """The language that it is in most often, where that is told."""
        told = Counter({tag: count for tag, count in self.languages.items() if tag})
        return told.most_common(1)[0][0] if told else ""

    @property
    def by_language(self) -> list[tuple[str, int]]:
        """In how many items it is in each language, the most first; empty where it isn't told."""
        return sorted(self.languages.items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def keys(self) -> list[str]:
        """Its own, and those of the strings that are the same."""
        return [self.key, *self.also]

    def add(self, other: "Keyword") -> None:
        """Count another string as this one."""
        self.spellings += other.spellings
        self.languages += other.languages
        self.items += other.items
        seen = [day for day in (self.first, other.first) if day]
        self.first = min(seen, default=None)
        self.last = max((day for day in (self.last, other.last) if day), default=None)


@dataclass(slots=True)
class Worklist:
    """What waits, the most used first, and how many strings editors have decided on."""

    waiting: list[Keyword]
    decided: int

    @property
    def items(self) -> int:
        """In how many items the waiting strings are used, taken together."""
        return sum(each.items for each in self.waiting)

    @property
    def total(self) -> int:
        """All strings that waited or wait."""
        return self.decided + len(self.waiting)


def may_map(user: Any) -> bool:
    """Whether a user may decide what keywords stand for, here and for what comes."""
    return bool(
        user.has_perm("glossary.add_decision")
        and page_permission_policy.user_has_any_permission(user, {"publish"})
    )


def theirs(user: Any) -> "QuerySet[Classification]":
    """The keywords of the pages that a user may publish."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
    return Classification.objects.filter(page__in=pages.order_by().values("pk")).order_by()


def worklist(user: Any) -> Worklist:
    """Everything that waits for this user; three queries, however much it is."""
    settled = decisions()
    found: dict[str, Keyword] = {}
    for each in _counted(theirs(user).filter(resolves_to=UNKNOWN).exclude(keyword="")):
        found.setdefault(each.key, Keyword(each.key)).add(each)
    same = {key: one.same_as for key, one in settled.items() if one.same_as}
    for key in [key for key in found if key in same]:
        root = root_of(key, same)
        if root in found and root != key:
            found[root].add(found.pop(key))
            found[root].also.append(key)
    waiting = [
        each
        for key, each in found.items()
        if key not in settled or settled[key].verdict != Decision.Verdict.REJECTED
    ]
    waiting.sort(key=lambda each: (-each.items, each.key))
    here = {each.key for each in waiting} | {key for each in waiting for key in each.also}
    return Worklist(waiting, len(settled.keys() - here))


def decisions() -> dict[str, Decision]:
    """What was decided in the worklist, by key."""
    rows = Decision.objects.filter(source=Decision.Source.WORKLIST).select_related("concept")
    return {row.key: row for row in rows}


def root_of(key: str, same: "dict[str, str]") -> str:
    """The string that a string is the same as, over any number of steps."""
    seen = {key}
    while key in same and same[key] not in seen:
        key = same[key]
        seen.add(key)
    return key


def _counted(rows: "QuerySet[Classification]") -> Iterable[Keyword]:
    """One for each spelling and language; an item counts once, however many its translations."""
    seen_at = Coalesce("page__first_published_at", "page__latest_revision_created_at")
    for text, language, items, first, last in rows.values_list("keyword", "language").annotate(
        number=Count("page__translation_key", distinct=True), first=Min(seen_at), last=Max(seen_at)
    ):
        key = key_of(text)
        yield Keyword(key, Counter({text: items}), Counter({language: items}), items, first, last)


def describe(keywords: Sequence[Keyword], user: Any) -> None:
    """Fill in where each is used and what it may stand for; four queries for a page of them."""
    _places(keywords, theirs(user))
    chosen = _chosen_by_hand(keywords)
    words = vocabulary()
    answers = [
        words.harmonise(each.text, each.language or None, schemes=["glossary"]) for each in keywords
    ]
    slugs = {near.concept for answer in answers for near in answer.nearest}
    slugs |= {answer.concept for answer in answers if answer.concept}
    wanted = {pk for counts in chosen.values() for pk in counts}
    rows = Concept.objects.filter(slug__in=slugs) | Concept.objects.filter(pk__in=wanted)
    usable = rows.exclude(status=Concept.Status.DEPRECATED)
    keys = {row.slug: row.pk for row in usable}
    hierarchy = Hierarchy.load()
    for each, answer in zip(keywords, answers, strict=True):
        options = [
            *_by_hand(chosen.get(each.key, Counter()), hierarchy),
            *_by_likeness(each, answer, keys, hierarchy),
        ]
        once = {near.pk: near for near in reversed(options)}
        each.nearest = sorted(once.values(), key=lambda near: -near.score)[:MOST_NEAREST]


def _by_hand(counts: "Counter[int]", hierarchy: Hierarchy) -> Iterable[Near]:
    for pk, number in counts.most_common():
        if pk in hierarchy.labels:
            why = ngettext(
                "an editor chose it in %(count)s item",
                "an editor chose it in %(count)s items",
                number,
            )
            score = number / (number + 1)
            yield _near(pk, score, why % {"count": number}, hierarchy)


def _by_likeness(
    each: Keyword, answer: Harmonised, keys: "dict[str, int]", hierarchy: Hierarchy
) -> Iterable[Near]:
    if answer.concept in keys:
        why = _("the glossary knows it now")
        yield _near(keys[answer.concept], answer.confidence, why, hierarchy)
    for near in answer.nearest:
        if near.concept in keys:
            yield _near(keys[near.concept], near.score, _likeness(near, each.text), hierarchy)


def _likeness(near: Nearest, text: str) -> str:
    words = {"label": near.label}
    if f" {key_of(near.label)} " in f" {key_of(text)} ":
        return _("“%(label)s” stands in it") % words
    if key_of(near.label) in key_of(text):
        return _("“%(label)s” is a part of it") % words
    return _("“%(label)s” is written alike") % words


def _near(pk: int, score: float, why: str, hierarchy: Hierarchy) -> Near:
    path = " › ".join(step.label for step in hierarchy.path(pk))
    return Near(pk, hierarchy.labels[pk], path, round(score, 2), why)


def _chosen_by_hand(keywords: Sequence[Keyword]) -> "dict[str, Counter[int]]":
    """Concepts that editors chose for the same string in items, by key."""
    of = {key: each.key for each in keywords for key in each.keys}
    found: dict[str, Counter[int]] = {}
    rows = Decision.objects.filter(
        source=Decision.Source.HARMONISED, key__in=of, verdict=Decision.Verdict.ACCEPTED
    )
    for key, concept, number in (
        rows.order_by().values_list("key", "concept").annotate(Count("subject", distinct=True))
    ):
        found.setdefault(of[key], Counter())[concept] += number
    return found


def _places(keywords: Sequence[Keyword], rows: "QuerySet[Classification]") -> None:
    """The newest items in which each is used, at most three."""
    spellings = {text: each for each in keywords for text in each.spellings}
    newest = rows.filter(keyword__in=spellings, resolves_to=UNKNOWN).annotate(
        place=Window(
            RowNumber(),
            partition_by=[F("keyword")],
            order_by=[F("page__first_published_at").desc(nulls_last=True), F("page").desc()],
        )
    )
    for text, pk, title, language in newest.filter(place__lte=MOST_SHOWN).values_list(
        "keyword", "page", "page__title", "page__locale__language_code"
    ):
        places = spellings[text].places
        if len(places) < MOST_SHOWN and pk not in {known for known, *_rest in places}:
            places.append((pk, title, language))


def spelled(user: Any, keys: Collection[str]) -> "QuerySet[Classification]":
    """The keywords that are written as one of `keys`, of the pages that a user may publish."""
    rows = theirs(user).exclude(keyword="")
    texts = rows.values_list("keyword", flat=True).distinct()
    return rows.filter(keyword__in=[text for text in texts if key_of(text) in keys])


def classified_keywords(user: Any) -> Iterable[KeywordUse]:
    """Every keyword of the outputs and what it was taken for, for the report; two queries."""
    rows = Classification.objects.exclude(keyword="").order_by()
    if user is not None:
        rows = rows.filter(page__in=editable(user).values("pk"))
    no_topics = {
        key for key, one in decisions().items() if one.verdict == Decision.Verdict.REJECTED
    }
    for text, language, resolves_to, concept, reason, items in rows.values_list(
        "keyword", "language", "resolves_to", "concept__slug", "reason"
    ).annotate(Count("page__translation_key", distinct=True)):
        if resolves_to == UNKNOWN and key_of(text) in no_topics:
            yield KeywordUse(text, language, NO_TOPIC, None, NO_TOPIC, items)
            continue
        yield KeywordUse(text, language, resolves_to, concept, reason, items)


def outputs_of(rows: "QuerySet[Classification]") -> "QuerySet[Output]":
    """The pages beneath which rows stand."""
    return Output.objects.filter(pk__in=rows.values("page")).order_by("pk")
