"""Reads outputs for readers: what they may see, with all that an entry shows, in two queries."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    DateTimeField,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear, TruncDate
from django.utils import timezone
from wagtail.models import Page

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import label_in, named_concept, named_theme
from contactpoint.kit.locating import address, roots
from contactpoint.kit.prepared import rows
from contactpoint.kit.visibility import visible
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.models import Classification, Output, OutputTheme
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
)


def readable(language: str = "", now: datetime | None = None) -> "QuerySet[Output]":
    """The outputs that any reader may see, in one language or in all; in no order."""
    outputs = visible(Output.objects.order_by(), now)
    return outputs.filter(locale__language_code=language) if language else outputs


def offered(language: str = "", now: datetime | None = None) -> "QuerySet[Output]":
    """Those of them that lists and feeds offer: no vacancy for which it is too late to apply."""
    return readable(language, now).exclude(_closed(now))


def _closed(now: datetime | None = None) -> Q:
    # A day as the database reckons it from the moment, so that a kept query can be given another.
    today = TruncDate(Value(now or timezone.now(), output_field=DateTimeField()))
    return Q(vacancy__closes_on__lt=today)


def year_of(kind: str) -> Any:
    """SQL for the year by which an output of `kind` is found, in the portal's time zone."""
    dated = ExtractYear("published_on")
    if kind == Kind.EVENT:
        return Coalesce(ExtractYear("starts_at"), dated)
    if kind == Kind.DEVELOPMENT:
        return Coalesce(ExtractYear("effective_on"), dated)
    return dated


def newest_first(outputs: "QuerySet[Output]", kind: str = "") -> "QuerySet[Output]":
    """In the order of a list of `kind`: the latest day first, what has no day last."""
    dated = F("published_on").desc(nulls_last=True)
    if kind == Kind.EVENT:
        return outputs.order_by(F("starts_at").desc(nulls_last=True), dated, "-pk")
    if kind == Kind.DEVELOPMENT:
        day = Coalesce("effective_on", "published_on")
        return outputs.order_by(day.desc(nulls_last=True), "-pk")
    return outputs.order_by(dated, "-pk")


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
        made.append(Entry(pk, title, teaser, url, kind, publication_type or "", code, *rest))
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
        else:
            url = address(path, label, known_roots.get(label, "/"))
            for entry in by_key[UUID(slug)]:
                entry.alternates[label] = url


def about(pks: Iterable[int], language: str) -> list[tuple[Any, ...]]:
    """`(what, page, order, slug, label, hue, path)` of themes, concepts and languages, in order."""
    pages = list(pks)
    found = rows(
        ("about", language, len(pages)),
        partial(_about, language=language),
        [timezone.now(), *pages],
    )
    return sorted(found, key=lambda row: (row[2], row[0], row[4]))


def _about(values: list[Any], *, language: str) -> "QuerySet[Any, Any]":
    now, pages = values[0], values[1:]
    nothing = Value("", output_field=TextField())
    themes = OutputTheme.objects.filter(page__in=pages).order_by()
    concepts = (
        Classification.objects.filter(page__in=pages, concept__isnull=False)
        .exclude(concept__status=Concept.Status.DEPRECATED)
        .order_by()
    )
    translations = visible(Page.objects.order_by(), now).filter(
        translation_key__in=Page.objects.order_by().filter(pk__in=pages).values("translation_key")
    )
    return themes.values_list(
        Value("theme", output_field=TextField()),
        "page_id",
        Coalesce("sort_order", 0),
        Cast("theme__slug", TextField()),
        label_in(language, path="theme__"),
        "theme__hue",
        nothing,
    ).union(
        concepts.values_list(
            Value("concept", output_field=TextField()),
            "page_id",
            Coalesce("sort_order", 0),
            Cast("concept__slug", TextField()),
            label_in(language, path="concept__"),
            Value(0, output_field=IntegerField()),
            nothing,
        ),
        translations.values_list(
            Value("language", output_field=TextField()),
            Value(0, output_field=IntegerField()),
            Value(0, output_field=IntegerField()),
            Cast("translation_key", CharField()),
            Cast("locale__language_code", TextField()),
            Value(0, output_field=IntegerField()),
            "url_path",
        ),
        all=True,
    )
