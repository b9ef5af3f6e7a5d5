"""Reads outputs for readers: what they may see, with all that an entry shows, in two queries."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear, TruncDate
from django.utils import timezone
from wagtail.models import Page

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import label_in, named_concept, named_theme
from contactpoint.kit.locating import address, roots
from contactpoint.kit.prepared import rows
from contactpoint.kit.visibility import visible, words_of_its_own
from contactpoint.media.models import Recording
from contactpoint.media.visibility import public
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.models import (
    Classification,
    Development,
    Event,
    Output,
    OutputInstitution,
    OutputTheme,
    Vacancy,
    Video,
)
from contactpoint.outputs.models.output import Kind

FIELDS = (
    "pk",
    "title",
    "teaser",
    "url_path",
    "kind",
    "publication__publication_type",
    "locale__language_code",
    "published_on",
    "starts_at",
    "ends_at",
    "effective_on",
    "translation_key",
    "last_published_at",
    "borrowed__title",
    "borrowed__teaser",
    "borrowed__whole",
)


def readable(language: str = "", now: datetime | None = None) -> "QuerySet[Output]":
    """The outputs that any reader may see, in one language or in all; in no order."""
    outputs = visible(Output.objects.order_by(), now)
    return outputs.filter(locale__language_code=language) if language else outputs


def offered(language: str = "", now: datetime | None = None) -> "QuerySet[Output]":
    """Those of them that lists and feeds offer: no vacancy for which it is too late to apply."""
    return readable(language, now).filter(unclosed(now))


def unclosed(now: datetime | None = None) -> Q:
    """True for all but vacancies whose last day has passed, by the portal's clock, or that were
    closed by hand; the day decides by itself, so that nothing has to run at midnight.
    """
    # A day as the database reckons it from the moment, so that a kept query can be given another.
    today = TruncDate(Value(now or timezone.now(), output_field=DateTimeField()))
    closed = Vacancy.objects.order_by().filter(pk=OuterRef("pk"))
    closed = closed.filter(Q(closed=True) | Q(closes_on__lt=today))
    return ~Q(kind=Kind.VACANCY) | Q(~Exists(closed))


def year_of(kind: str) -> Any:
    """SQL for the year by which an output of `kind` is found, in the portal's time zone."""
    dated = YearOfDay("published_on")
    if kind == Kind.EVENT:
        return Coalesce(ExtractYear("starts_at"), dated)
    if kind == Kind.DEVELOPMENT:
        return Coalesce(YearOfDay("effective_on"), dated)
    return dated


class YearOfDay(ExtractYear):
    """The year of a day that has no hour. SQLite keeps it as text and would ask Python for the year
    of each row, which takes longer than all else when a long list is counted."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Its first four letters."""
        sql, parameters = compiler.compile(self.lhs)
        return f"CAST(SUBSTR({sql}, 1, 4) AS integer)", parameters


def newest_first(outputs: "QuerySet[Output]", kind: str = "") -> "QuerySet[Output]":
    """In the order of a list of `kind`: the latest day first, what has no day last."""
    dated = F("published_on").desc(nulls_last=True)
    if kind == Kind.EVENT:
        return outputs.order_by(F("starts_at").desc(nulls_last=True), dated, "-pk")
    if kind == Kind.DEVELOPMENT:
        day = Coalesce("effective_on", "published_on")
        return outputs.order_by(day.desc(nulls_last=True), "-pk")
    return outputs.order_by(dated, "-pk")


def by_day_shown(outputs: "QuerySet[Output]") -> "QuerySet[Output]":
    """Of all kinds together, in the order of the days that entries show: the latest first."""
    of_kind = Case(
        When(kind=Kind.EVENT, then=TruncDate("starts_at")),
        When(kind=Kind.DEVELOPMENT, then=F("effective_on")),
        default=None,
        output_field=DateField(),
    )
    day = Coalesce(of_kind, F("published_on"), output_field=DateField())
    return outputs.order_by(day.desc(nulls_last=True), "-pk")


def in_order(found: "QuerySet[Output]") -> "array[int]":
    """The numbers of pages in their order, eight bytes each: what may be held of a long list."""
    return array("q", found.values_list("pk", flat=True))


def entries_of(
    pks: Sequence[int], language: str, known_roots: Mapping[str, str] | None = None
) -> list[Entry]:
    """These pages as entries named in `language`, in this order, where readers may see them still;
    two queries."""
    if not pks:
        return []
    found = rows(
        ("entries", len(pks)),
        lambda marks: offered("", marks[0]).filter(pk__in=marks[1:]).values_list(*FIELDS),
        [timezone.now(), *pks],
    )
    places = {pk: place for place, pk in enumerate(pks)}
    found.sort(key=lambda row: places[row[0]])
    return described(found, language, known_roots)


def entries(
    outputs: "QuerySet[Output]", language: str, known_roots: Mapping[str, str] | None = None
) -> list[Entry]:
    """The outputs as entries named in `language`: two queries, whatever their number."""
    return described(list(outputs.values_list(*FIELDS)), language, known_roots)


def described(
    found_rows: Iterable[tuple[Any, ...]],
    language: str,
    known_roots: Mapping[str, str] | None = None,
) -> list[Entry]:
    """Rows of `FIELDS` as entries, with what they are about; one query."""
    found = roots() if known_roots is None else known_roots
    made = []
    for row in found_rows:
        pk, title, teaser, url_path, kind, publication_type, code, *rest = row
        url = address(url_path, code, found.get(code, "/"))
        entry = Entry(pk, title, teaser, url, kind, publication_type or "", code, *rest[:-3])
        entry.borrowed_title, entry.borrowed_teaser, entry.borrowed_whole = (
            each or "" for each in rest[-3:]
        )
        made.append(entry)
    _describe(made, language, found)
    return made


def _describe(made: list[Entry], language: str, known_roots: Mapping[str, str]) -> None:
    """Add themes, concepts and languages in one query; they hold no place of their own."""
    if not made:
        return
    by_pk = {entry.pk: entry for entry in made}
    by_key: dict[UUID, list[Entry]] = {}
    for entry in made:
        by_key.setdefault(entry.translation_key, []).append(entry)
    for what, pk, _order, slug, label, hue, path in about(by_pk, language):
        if what == "theme":
            by_pk[pk].themes.append(named_theme(slug, label, language, hue))
        elif what == "concept":
            concepts = by_pk[pk].concepts
            if all(known.slug != slug for known in concepts):
                concepts.append(named_concept(slug, label, language))
        elif what == "language":
            url = address(path, label, known_roots.get(label, "/"))
            for entry in by_key[UUID(slug)]:
                entry.alternates[label] = url
        else:
            _state(by_pk[pk], what, slug, label)


def _state(entry: Entry, what: str, slug: str, label: str) -> None:
    """What only one kind of output has."""
    if what == "reference":
        entry.legal_reference = label
    elif what == "deadline":
        entry.closes_on = date.fromisoformat(label)
    elif what == "called off":
        entry.called_off = True
    elif what == "film":
        entry.seconds, entry.film = float(slug), default_storage.url(label)
    elif what == "employer":
        entry.employers.append(label)


def about(pks: Iterable[int], language: str) -> list[tuple[Any, ...]]:
    """`(what, page, order, slug, label, hue, path)` of themes, concepts, languages, legal
    references, deadlines, employers, films and what is called off, in order.
    """
    pages = list(pks)
    found = rows(
        ("about", language, len(pages)),
        partial(_about, language=language),
        [timezone.now(), *pages],
    )
    return sorted(found, key=lambda row: (row[2], row[0], row[4]))


def _about(values: list[Any], *, language: str) -> "QuerySet[Any, Any]":
    now, pages = values[0], values[1:]
    nothing, zero = Value("", output_field=TextField()), Value(0, output_field=IntegerField())
    themes = OutputTheme.objects.filter(page__in=pages).order_by()
    concepts = (
        Classification.objects.filter(page__in=pages, concept__isnull=False)
        .exclude(concept__status=Concept.Status.DEPRECATED)
        .order_by()
    )
    of_pages = Page.objects.order_by().filter(pk__in=pages).values("translation_key")
    translations = visible(Page.objects.order_by(), now).filter(
        words_of_its_own(), translation_key__in=of_pages
    )
    employers = OutputInstitution.objects.filter(
        page__in=pages, role=OutputInstitution.Role.EMPLOYER
    ).order_by()
    references = Development.objects.filter(pk__in=pages).exclude(legal_reference="").order_by()
    deadlines = Vacancy.objects.filter(pk__in=pages, closes_on__isnull=False).order_by()
    called_off = Event.objects.filter(pk__in=pages, called_off=True).order_by()
    films = Video.objects.filter(
        pk__in=pages, recording__in=public(Recording.objects.order_by()).values("pk")
    ).order_by()

    def part(found: "QuerySet[Any]", what: str, *columns: Any) -> "QuerySet[Any, Any]":
        """Columns that are left out hold nothing; the last two are hue and path."""
        rest = [zero, nothing][len(columns) - 4 :]
        return found.values_list(Value(what, output_field=TextField()), *columns, *rest)

    place = Coalesce("sort_order", 0)
    others = [
        part(
            concepts, "concept", "page_id", place, Cast("concept__slug", TextField()),
            label_in(language, path="concept__"),
        ),
        part(
            translations, "language", zero, zero, Cast("translation_key", CharField()),
            Cast("locale__language_code", TextField()), zero, "url_path",
        ),
        part(
            employers, "employer", "page_id", place, nothing,
            label_in(language, path="institution__"),
        ),
        part(references, "reference", "pk", zero, nothing, Cast("legal_reference", TextField())),
        part(
            films, "film", "pk", zero, Cast("recording__duration", TextField()),
            Cast("recording__file", TextField()),
        ),
        part(called_off, "called off", "pk", zero, nothing, nothing),
        part(deadlines, "deadline", "pk", zero, nothing, Cast("closes_on", TextField())),
    ]  # fmt: skip
    first = part(
        themes, "theme", "page_id", place, Cast("theme__slug", TextField()),
        label_in(language, path="theme__"), "theme__hue",
    )  # fmt: skip
    return first.union(*others, all=True)
