"""What lacks a translation, wholly or in part, is older than its original, or in work: by language.

What is read most and has waited longest comes first: reads of the last 90 days, in all languages,
times days. What nobody has read stands after that by kind and age: what is missing shows the newest
first, all else that which has waited the longest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page

from contactpoint.kit.models import PageReads
from contactpoint.kit.reads import LATELY
from contactpoint.languages.models import Standing
from contactpoint.outputs.dashboard import may_change
from contactpoint.outputs.models import Output
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.sources import FIRST_LANGUAGE

MISSING, OUTDATED, UNFINISHED, WORK = "missing", "outdated", "unfinished", "work"
STATES: Final = (MISSING, OUTDATED, UNFINISHED, WORK)
FIRST_KINDS: Final = (
    Kind.PUBLICATION,
    Kind.DEVELOPMENT,
    Kind.VACANCY,
    Kind.EVENT,
    Kind.NEWS_ITEM,
    Kind.VIDEO,
)
"""What matters longest, or soonest, comes first."""


@dataclass(slots=True)
class Row:
    """A line of the board: the page to open, its original, and why it is here."""

    page: Output
    original: Output
    paragraphs: int = 0
    reads: int = 0
    since: datetime | None = None


def rows(user: Any, state: str, language: str, kind: str = "") -> "QuerySet[Output]":
    """The pages of a state: originals for what is missing, translations for the rest."""
    found = {MISSING: _missing, OUTDATED: _outdated, UNFINISHED: _unfinished, WORK: _work}
    outputs = found[state](user, language)
    return outputs.filter(kind=kind) if kind else outputs


def described(pages: Sequence[Output], state: str) -> list[Row]:
    """A page of the board, with originals and standings; two queries at most."""
    if state == MISSING:
        return [
            Row(page, page, reads=_reads_of(page), since=page.first_published_at) for page in pages
        ]
    standings = {each.pk: each for each in Standing.objects.filter(page__in=pages)}
    originals: dict[Any, Output] = {}
    others = Output.objects.filter(
        translation_key__in={page.translation_key for page in pages}, live=True
    )
    known = {standing.original_id for standing in standings.values()}
    for other in others.select_related("locale").order_by(_place(), "pk"):
        if other.pk in known or other.translation_key not in originals:
            originals[other.translation_key] = other
    made = []
    for page in pages:
        standing = standings.get(page.pk)
        row = Row(page, originals.get(page.translation_key, page), reads=_reads_of(page))
        if state == OUTDATED and standing:
            row.paragraphs, row.since = standing.outdated, standing.since
        else:
            row.paragraphs = standing.unfinished if standing else 0
            row.since = page.latest_revision_created_at
        made.append(row)
    return made


def counts(user: Any) -> dict[str, dict[str, int]]:
    """How many pages of each state there are in each language; five queries."""
    mine = may_change(user).order_by()
    codes = [code for code, _name in settings.LANGUAGES]
    everything = mine.filter(live=True).aggregate(n=Count("translation_key", distinct=True))["n"]
    there = _by_language(mine)
    return {
        MISSING: {code: everything - there.get(code, 0) for code in codes},
        OUTDATED: _by_language(mine.filter(_is_older(), live=True)),
        UNFINISHED: _by_language(mine.filter(_is_unfinished(), live=True)),
        WORK: _by_language(_in_work(mine)),
    }


def _by_language(pages: "QuerySet[Output]") -> dict[str, int]:
    with_original = pages.filter(
        Exists(Page.objects.filter(translation_key=OuterRef("translation_key"), live=True))
    )
    return dict(
        with_original.filter(alias_of=None)
        .values_list("locale__language_code")
        .annotate(Count("translation_key", distinct=True))
    )


def _missing(user: Any, language: str) -> "QuerySet[Output]":
    """One page for each item that has no page in `language`, not even a draft."""
    versions = Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of=None)
    first = versions.filter(live=True).order_by(_place(), "pk").values("pk")[:1]
    found = (
        may_change(user)
        .filter(~Exists(versions.filter(locale__language_code=language)), live=True)
        .filter(pk=Subquery(first))
    )
    return _urgent(found, "first_published_at").order_by(
        "-urgency", _rank(), "-published_on", "-pk"
    )


def _outdated(user: Any, language: str) -> "QuerySet[Output]":
    found = (
        may_change(user)
        .filter(_is_older(), locale__language_code=language, live=True)
        .annotate(older_since=Standing.objects.filter(page=OuterRef("pk")).values("since"))
    )
    return _urgent(found, "older_since").order_by("-urgency", _rank(), "older_since", "pk")


def _unfinished(user: Any, language: str) -> "QuerySet[Output]":
    """What was published with paragraphs that nobody has translated, or whose markup may not be."""
    found = may_change(user).filter(_is_unfinished(), locale__language_code=language, live=True)
    return _by_last_work(found)


def _work(user: Any, language: str) -> "QuerySet[Output]":
    return _by_last_work(_in_work(may_change(user)).filter(locale__language_code=language))


def _by_last_work(pages: "QuerySet[Output]") -> "QuerySet[Output]":
    return _urgent(pages, "latest_revision_created_at").order_by(
        "-urgency", _rank(), "latest_revision_created_at", "pk"
    )


def _urgent(pages: "QuerySet[Output]", since: str) -> "QuerySet[Output]":
    """With `times_read`, of the item in whatever language, and `urgency`: reads times days."""
    counted = (
        PageReads.objects.filter(
            page__translation_key=OuterRef("translation_key"),
            day__gt=timezone.localdate() - LATELY,
        )
        .order_by()
        .values("page__translation_key")
        .annotate(all=Sum("number"))
        .values("all")
    )
    reads = Coalesce(Subquery(counted), 0, output_field=IntegerField())
    days = Coalesce(DaysSince(since), 0.0, output_field=FloatField())
    return (
        pages.select_related("locale")
        .annotate(times_read=reads)
        .annotate(urgency=ExpressionWrapper(F("times_read") * days, output_field=FloatField()))
    )


class DaysSince(Func):
    """How many days have passed since a moment."""

    output_field = FloatField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Moments stand there as texts in UTC."""
        template = "(julianday('now') - julianday(%(expressions)s))"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """In the database's own arithmetic of moments."""
        template = "(EXTRACT(EPOCH FROM (CURRENT_TIMESTAMP - %(expressions)s)) / 86400)"
        return self.as_sql(compiler, connection, template=template, **context)


def _reads_of(page: Any) -> int:
    return int(page.times_read)


def _in_work(pages: "QuerySet[Output]") -> "QuerySet[Output]":
    """Drafts of pages that stand published in another language."""
    others = Page.objects.filter(translation_key=OuterRef("translation_key"), live=True)
    return pages.filter(Exists(others.exclude(pk=OuterRef("pk"))), alias_of=None).filter(
        has_unpublished_changes=True
    )


def _is_older() -> Exists:
    return Exists(Standing.objects.filter(page=OuterRef("pk"), outdated__gt=0))


def _is_unfinished() -> Exists:
    return Exists(Standing.objects.filter(page=OuterRef("pk"), unfinished__gt=0))


def _rank() -> Case:
    cases = [When(kind=kind, then=Value(place)) for place, kind in enumerate(FIRST_KINDS)]
    return Case(*cases, default=Value(len(FIRST_KINDS)), output_field=IntegerField())


def _place() -> Case:
    """English first, then, by key, the oldest: as `source_of` has it."""
    english = When(locale__language_code=FIRST_LANGUAGE, then=Value(0))
    return Case(english, default=Value(1), output_field=IntegerField())
