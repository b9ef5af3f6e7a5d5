"""What an item is about, in one query, and which other items stand near it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import Named, label_in, named_concept, named_theme
from contactpoint.kit.locating import Link, address, roots
from contactpoint.kit.prepared import rows, sql_of
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.models import (
    Classification,
    Family,
    FamilyLink,
    Output,
    OutputCountry,
    OutputInstitution,
    OutputTheme,
    Printing,
    Publication,
    RelatedOutput,
)
from contactpoint.outputs.querysets import FIELDS, described, offered, readable

MOST_RELATED = 6
MOST_USES = 400
"""Pages that are looked at for each concept of an item, in all languages."""
FORMS: dict[str, str] = {Family.Form.STUDY: "studies", Family.Form.SERIES: "series"}
"""By form of a family: where the pages of such families stand."""
MODELS: dict[str, Any] = {
    "theme": OutputTheme,
    "concept": Classification,
    "institution": OutputInstitution,
    "country": OutputCountry,
    "related": RelatedOutput,
}


@dataclass(frozen=True, slots=True)
class Kinship:
    """A study or series that an item belongs to; `part` is what it is in a study."""

    form: str
    slug: str
    label: str
    part: str
    url: str


@dataclass(frozen=True, slots=True)
class Print:
    """The PDF that was made of a publication: its bytes, its pages and its SHA-256."""

    size: int
    pages: int
    checksum: str


@dataclass(slots=True)
class About:
    """Names and addresses of all that an item is about, each in the editor's order.

    `seats` are the countries of its institutions, by their slugs. `earlier` is the publication that
    it takes the place of, `later` the one that took its place, `printed` its PDF.
    """

    themes: list[Named] = field(default_factory=list)
    concepts: list[Named] = field(default_factory=list)
    concept_ids: list[int] = field(default_factory=list)
    institutions: dict[str, list[Named]] = field(default_factory=lambda: defaultdict(list))
    seats: dict[str, str] = field(default_factory=dict)
    countries: list[Named] = field(default_factory=list)
    related: list[UUID] = field(default_factory=list)
    families: list[Kinship] = field(default_factory=list)
    earlier: Link | None = None
    later: Link | None = None
    printed: Print | None = None


def about(
    page: Output, language: str, list_url: str, known_roots: Mapping[str, str] | None = None
) -> About:
    """What `page` is about; institutions and countries lead to the list at `list_url`.

    Publications that stand before and after it are named in `language` where they are there in it.
    """
    found = About()
    known = roots() if known_roots is None else known_roots
    for row in _subjects(page, language):
        what, _order, slug, label, extra, number, last = row
        if what == "theme":
            found.themes.append(named_theme(slug, label, language, number))
        elif what == "concept":
            if number not in found.concept_ids:
                found.concepts.append(named_concept(slug, label, language))
                found.concept_ids.append(number)
        elif what == "institution":
            url = f"{list_url}?institution={slug}"
            found.institutions[extra].append(Named(slug, label, url))
            found.seats[slug] = last
        elif what == "country":
            found.countries.append(Named(slug, label, f"{list_url}?country={slug}"))
        elif what in FORMS:
            url = family_url(what, slug, language)
            found.families.append(Kinship(what, slug, label, extra, url))
        elif what == "print":
            found.printed = Print(int(label), number, slug)
        elif what == "earlier":
            found.earlier = found.earlier or _link(row, language, known)
        elif what == "later":
            found.later = found.later or _link(row, language, known)
        else:
            found.related.append(UUID(slug))
    return found


def _link(row: tuple[Any, ...], language: str, known: Mapping[str, str]) -> Link:
    """To another page, which says in what language its title stands where that is no reader's."""
    _what, _order, path, title, code, _number, spoken = row
    title_language = spoken or code
    told = "" if title_language == language else title_language
    return Link(title, address(path, code, known.get(code, "/")), told)


def family_url(form: str, slug: str, language: str) -> str:
    """The address of the page of a study or series."""
    return f"/{language}/{FORMS[form]}/{slug}/"


def _subjects(page: Output, language: str) -> list[tuple[Any, ...]]:
    is_publication = isinstance(page, Publication)
    build = partial(_all_subjects, language=language, is_publication=is_publication)
    values = [page.pk, timezone.now()] if is_publication else [page.pk]
    found = rows(("subjects", language, is_publication), build, values)
    return sorted(found, key=lambda row: (row[1], row[4] != language, row[0]))


def _all_subjects(
    values: list[Any], *, language: str, is_publication: bool
) -> "QuerySet[Any, Any]":
    nothing, zero = Value("", output_field=TextField()), Value(0)

    def part(
        what: Any, slug: str, label: Any, extra: Any, number: Any, *, last: Any = nothing
    ) -> Any:
        is_family = not isinstance(what, str)
        links = (FamilyLink if is_family else MODELS[what]).objects.filter(page=values[0])
        links = links.order_by()
        if what == "concept":
            links = links.filter(concept__isnull=False).exclude(
                concept__status=Concept.Status.DEPRECATED
            )
        return links.values_list(
            what if is_family else Value(what, output_field=TextField()),
            Coalesce("sort_order", 0),
            Cast(slug, TextField()),
            label,
            extra,
            number,
            last,
        )

    themes = part(
        "theme", "theme__slug", label_in(language, path="theme__"), nothing,
        F("theme__hue"),
    )  # fmt: skip
    others = [
        part(
            "concept", "concept__slug", label_in(language, path="concept__"),
            nothing, F("concept_id"),
        ),
        part(
            "institution", "institution__slug",
            label_in(language, path="institution__"), Cast("role", TextField()), zero,
            last=Coalesce(Cast("institution__country__code", TextField()), nothing),
        ),
        part(
            "country", "country__code",
            label_in(language, path="country__", fallback="code"), nothing, zero,
        ),
        part("related", "related__translation_key", nothing, nothing, zero),
        part(
            Cast("family__form", TextField()), "family__slug",
            label_in(language, path="family__"), Cast("part", TextField()), zero,
        ),
    ]  # fmt: skip
    if is_publication:
        others += [*_replacing(*values), _printed(values[0])]
    return cast("QuerySet[Any, Any]", themes.union(*others, all=True))


def _replacing(pk: Any, now: Any) -> list[Any]:
    """What a publication takes the place of, and what has taken its place, in every language."""
    earlier = Publication.objects.filter(pk=pk).order_by().values("supersedes__translation_key")
    key = Publication.objects.filter(pk=pk).order_by().values("translation_key")
    outputs = readable("", now)
    return [
        found.values_list(
            Value(what, output_field=TextField()),
            Value(0),
            Cast("url_path", TextField()),
            Cast("title", TextField()),
            Cast("locale__language_code", TextField()),
            Value(0),
            Coalesce(Cast("borrowed__title", TextField()), Value("", output_field=TextField())),
        )
        for what, found in (
            ("earlier", outputs.filter(translation_key__in=earlier)),
            ("later", outputs.filter(publication__supersedes__translation_key__in=key)),
        )
    ]


def _printed(pk: Any) -> Any:
    """The PDF of a publication, where one was made."""
    return (
        Printing.objects.filter(page=pk, size__gt=0)
        .order_by()
        .values_list(
            Value("print", output_field=TextField()),
            Value(0),
            Cast("checksum", TextField()),
            Cast("size", TextField()),
            Value("", output_field=TextField()),
            F("pages"),
            Value("", output_field=TextField()),
        )
    )


def related(page: Output, found: About, language: str, known_roots: dict[str, str]) -> list[Entry]:
    """At most six items: the editor's first, then those that share the rarest concepts."""
    scores = _scores(page, found, language)
    if not found.related and not scores:
        return []
    chosen, near_pks = found.related, list(scores)

    def build(marks: list[Any]) -> "QuerySet[Any, Any]":
        keys = marks[2 : 2 + len(chosen)]
        wanted = Q(pk__in=marks[2 + len(chosen) :])
        if keys:
            wanted |= Q(translation_key__in=keys)
        outputs = offered(language, marks[0]).exclude(pk=marks[1])
        return outputs.filter(wanted).values_list(*FIELDS)

    near = described(
        rows(
            ("near", language, len(chosen), len(near_pks)),
            build,
            [timezone.now(), page.pk, *chosen, *near_pks],
        ),
        language,
        known_roots,
    )
    places = {key: place for place, key in enumerate(found.related)}
    near.sort(
        key=lambda entry: (
            places.get(entry.translation_key, len(places)),
            -scores.get(entry.pk, 0),
            -(entry.published_on.toordinal() if entry.published_on else 0),
            entry.pk,
        )
    )
    return near[:MOST_RELATED]


def _scores(page: Output, found: About, language: str) -> dict[int, int]:
    """The nearest pages by the concepts that they share; a concept weighs less the more have it.

    Of a concept that stands on very many pages only the newest are looked at: it hardly weighs, and
    looking at all of them would take longer the more there are.
    """
    if not found.concept_ids:
        return {}
    many, most = len(found.concept_ids), MOST_RELATED + len(found.related)

    def build(marks: list[Any]) -> tuple[str, list[Any]]:
        now, pk, concepts = marks[0], marks[1], marks[2:]
        seen, parameters = sql_of(offered(language, now).values_list("pk"))
        uses = " UNION ALL ".join([_USES] * len(concepts))
        # CROSS: for SQLite the order is the one that is written, the few pages first.
        sql = f"""
            WITH near (page_id, score) AS MATERIALIZED (
                SELECT page_id, CAST(SUM(weight) AS integer) FROM ({uses}) used
                WHERE page_id <> %s GROUP BY page_id
            )
            SELECT near.page_id, near.score FROM near CROSS JOIN ({seen}) seen
            WHERE seen.pk = near.page_id ORDER BY near.score DESC, near.page_id DESC LIMIT {most}
        """  # noqa: S608 — of a reader there is nothing in it
        return sql, [*concepts, pk, *parameters]

    values = [timezone.now(), page.pk, *found.concept_ids]
    return dict(rows(("scores", language, many, most), build, values))


_USES = f"""
    SELECT page_id, 1000000 / COUNT(*) OVER () AS weight FROM (
        SELECT page_id FROM {Classification._meta.db_table} WHERE concept_id = %s
        ORDER BY page_id DESC LIMIT {MOST_USES}
    ) one
"""  # noqa: S608 — of a reader there is nothing in it
