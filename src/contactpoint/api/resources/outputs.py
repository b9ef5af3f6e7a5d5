"""What the network publishes: each thing once, with all its languages.

A thing is all pages with one translation key; its facts are those of the version that was first.
Only what `outputs.querysets.readable` gives is looked at, filters included: what is hidden makes
nothing appear and nothing disappear.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from contactpoint.api.cursors import AT, Order, page, taken_apart
from contactpoint.api.in_order import Ordered
from contactpoint.api.parameters import Asked, Facet, Parameter
from contactpoint.api.resources.about import about, corrections
from contactpoint.api.resources.narrowing import ABOUT_FACETS, BETWEEN, narrowed
from contactpoint.api.resources.resource import (
    Listed,
    Resource,
    Thing,
    whole,
)
from contactpoint.api.resources.texts import texts
from contactpoint.api.rights import Rights
from contactpoint.api.shapes import (
    ADDRESSES,
    COUNTRY,
    DAY,
    MOMENT,
    PAGES,
    REFERENCE,
    TEXT,
    WORDS,
    Field,
    choice,
    named,
    of_object,
    perhaps,
    some,
)
from contactpoint.kit.held import held, is_holding
from contactpoint.kit.locating import address, roots
from contactpoint.outputs.models import (
    Output,
    OutputInstitution,
    Publication,
)
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.querysets import offered, readable

_NO_DAY: Final = Value(date(1, 1, 1))
_NO_MOMENT: Final = Value(datetime(1900, 1, 1, tzinfo=UTC))
COLUMNS: Final = (
    "pk",
    "translation_key",
    "locale__language_code",
    "url_path",
    "kind",
    "title",
    "teaser",
    "published_on",
    "effective_on",
    "last_published_at",
    "source_url",
    "borrowed__title",
    "borrowed__teaser",
    "borrowed__whole",
    "publication__publication_type",
    "publication__authors",
    "publication__doi",
    "vacancy__closes_on",
    "development__legal_reference",
)
_ORDERS: Final = {
    "date": Order("date", Coalesce(Max("published_on"), _NO_DAY), date),
    "-date": Order("-date", Coalesce(Max("published_on"), _NO_DAY), date),
    "changed": Order("changed", Coalesce(Max("last_published_at"), _NO_MOMENT), datetime),
    "-changed": Order("-changed", Coalesce(Max("last_published_at"), _NO_MOMENT), datetime),
}


class Outputs(Resource):
    """News, publications, events, videos, vacancies, developments."""

    name: ClassVar[str] = "outputs"
    schema_name: ClassVar[str] = "Output"
    about: ClassVar[str] = (
        "What the network publishes: news, publications, events, videos, vacancies, developments. "
        "A vacancy leaves the list after its last day and keeps its address."
    )
    key_schema: ClassVar[Mapping[str, Any]] = {"type": "string", "format": "uuid"}
    facets: ClassVar[tuple[Facet, ...]] = (
        Facet("kind", choice(Kind.values), "kinds.", ("any", "none")),
        Facet("type", choice(Publication.Type.values), "types of publications.", ("any", "none")),
        *ABOUT_FACETS,
    )
    further: ClassVar[tuple[Parameter, ...]] = BETWEEN
    sorts: ClassVar[tuple[str, ...]] = ("-date", "date", "-changed", "changed")
    orders: ClassVar[Mapping[str, Order]] = _ORDERS
    columns: ClassVar[tuple[str, ...]] = COLUMNS
    rights: ClassVar[Rights | None] = Rights.TEXTS
    not_ours: ClassVar[tuple[str, ...]] = ("body", "text")
    on_request: ClassVar[tuple[str, ...]] = ("body", "text")
    examples: ClassVar[tuple[tuple[str, str], ...]] = (
        ("limit=5", "The five newest."),
        ("kind.any=publication&language.all=fr,nl", "Publications in both French and Dutch."),
        ("sort=-changed&fields=title,url,changed", "What changed last, in few words."),
        ("limit=1&fields=title,text,files", "The newest with its whole text and its files."),
    )
    fields: ClassVar[tuple[Field, ...]] = (
        Field("kind", choice(Kind.values), "What it is.", {"@id": "dcterms:type"}),
        Field(
            "type", perhaps({"type": "string"}), "Of a publication: its type.",
            {"@id": "schema:genre"},
        ),
        Field("title", WORDS, "Its title.", {"@id": "dcterms:title", "@container": "@language"}),
        Field(
            "teaser", WORDS, "What it is about, in a sentence or two.",
            {"@id": "dcterms:abstract", "@container": "@language"},
        ),
        Field("url", ADDRESSES, "Its pages.", PAGES),
        Field(
            "date", perhaps(DAY), "The day that it is dated.",
            {"@id": "dcterms:issued", "@type": "xsd:date"},
        ),
        Field(
            "changed", perhaps(MOMENT), "When any of its languages was last published.",
            {"@id": "dcterms:modified", "@type": "xsd:dateTime"},
        ),
        Field(
            "effective", perhaps(DAY), "Of a development: when it takes effect.",
            {"@id": "dcterms:valid", "@type": "xsd:date"},
        ),
        Field("legal_reference", perhaps(TEXT), "Of a development: by which law."),
        Field("closes", perhaps(DAY), "Of a vacancy: the last day to apply."),
        Field("authors", some(TEXT), "Of a publication: the people who wrote it.", "dc:creator"),
        Field("doi", perhaps(TEXT), "Of a publication: its DOI.", "bibo:doi"),
        Field("source", perhaps(TEXT), "Where it stood first.", "dcterms:source"),
        Field("themes", some(REFERENCE), "Main themes, in the editors' order.", "dcat:theme"),
        Field("concepts", some(REFERENCE), "Concepts of the glossary.", "dcterms:subject"),
        Field(
            "institutions",
            some(
                of_object({
                    "role": choice(OutputInstitution.Role.values), "institution": REFERENCE,
                })
            ),
            "Institutions with their part in it.",
        ),
        Field("countries", some(COUNTRY), "Countries that it is about.", "dcterms:spatial"),
        Field("files", some(named("File")), "Files that anybody may have."),
        Field(
            "cover", perhaps(named("Picture")),
            "Of a publication: its cover, or the first page of a file.",
        ),
        Field(
            "families", some(named("Belonging")), "Studies and series that it is a part of.",
            "dcterms:isPartOf",
        ),
        Field("corrections", some(named("Amendment")), "What was corrected since, and why."),
        Field(
            "body", WORDS,
            "All that it says, as HTML of a few marks; a list has it only where `fields` names it.",
        ),
        Field(
            "text", WORDS,
            "The same as plain text, parts by empty lines; a list has it only where `fields` "
            "names it.",
            {"@id": "schema:text", "@container": "@language"},
        ),
    )  # fmt: skip

    def listed(self, asked: Asked) -> Listed:
        """Two queries, and one for each of what things are about; one less where the order is
        held."""
        keys, cursor = self._page(asked)
        return Listed(self.things(keys, asked.fields), cursor)

    def _page(self, asked: Asked) -> tuple[list[UUID], str]:
        order = self.orders[asked.sort]
        grouped = self.narrowed(self.base(offered()), asked).order_by().values("translation_key")
        # What is asked for by a moment is mostly asked for once.
        is_by_moment = any(isinstance(value, datetime) for value in asked.values.values())
        if is_by_moment or not is_holding():
            return page(grouped, order, "translation_key", asked.cursor, asked.limit)

        def all_of_them() -> Ordered:
            return Ordered(
                order, grouped.annotate(**{AT: order.expression}).values_list("translation_key", AT)
            )

        shaped = (sorted(asked.chosen.items()), sorted(asked.values.items()))
        ordered = held((self.name, order.name, repr(shaped)), all_of_them)
        return ordered.page(
            taken_apart(asked.cursor, order.name) if asked.cursor else None, asked.limit
        )

    def one(self, key: str, asked: Asked) -> Thing | None:
        """A closed vacancy is told, too."""
        return next(iter(self.things([UUID(key)], asked.fields)), None)

    def base(self, outputs: "QuerySet[Output]") -> "QuerySet[Output]":
        """Those of the list's own kinds that have an address."""
        paths = [Q(locale__language_code=code, url_path__startswith=path)
                 for code, path in roots().items()]  # fmt: skip
        placed = Q(pk__in=[])
        for one in paths:
            placed |= one
        return outputs.filter(placed)

    def narrowed(self, found: "QuerySet[Output]", asked: Asked) -> "QuerySet[Output]":
        """Those that answer to all filters."""
        return narrowed(found, asked)

    def things(self, keys: Sequence[UUID], fields: Collection[str]) -> list[Thing]:
        """The things with these keys, in this order; those that nobody may see are left out."""
        if not keys:
            return []
        rows: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
        readable_now = self.base(readable()).filter(translation_key__in=keys)
        for row in readable_now.order_by("pk").values(*self.columns):
            rows[row["translation_key"]].append(row)
        leads = {rows[key][0]["pk"]: key for key in keys if rows.get(key)}
        links = about(leads, fields)
        spoken = texts(rows, fields)
        corrected = corrections(keys) if "corrections" in fields else {}
        known = roots()
        made = []
        for lead, key in leads.items():
            values = self.told(key, rows[key], known)
            values |= {name: found.get(lead, []) for name, found in links.items()}
            values["cover"] = links.get("cover", {}).get(lead)
            values |= {name: by_key.get(key, {}) for name, by_key in spoken.items()}
            values["corrections"] = corrected.get(key, [])
            made.append(Thing({name: values[name] for name in self.names if name in fields}))
        return made

    @property
    def names(self) -> list[str]:
        """Of all fields, in their order."""
        return [one.name for one in self.every_field]

    def told(
        self, key: UUID, rows: Sequence[dict[str, Any]], known: Mapping[str, str]
    ) -> dict[str, Any]:
        """What stands on the pages themselves."""
        first = rows[0]
        published = (row["last_published_at"] for row in rows if row["last_published_at"])
        authors = (first["publication__authors"] or "").split(";")
        return {
            "id": str(key),
            "self": self.url(str(key)),
            "kind": first["kind"],
            "type": first["publication__publication_type"] or None,
            "title": in_own_words(rows, "title", "borrowed__title"),
            "teaser": in_own_words(rows, "teaser", "borrowed__teaser"),
            "url": {
                code: whole(address(row["url_path"], code, known[code]))
                for row in rows
                if not row["borrowed__whole"] or len(rows) == 1
                for code in [row["locale__language_code"]]
            },
            "date": iso(first["published_on"]),
            "changed": iso(max(published, default=None)),
            "effective": iso(first["effective_on"]),
            "legal_reference": first["development__legal_reference"] or None,
            "closes": iso(first["vacancy__closes_on"]),
            "authors": [name.strip() for name in authors if name.strip()],
            "doi": first["publication__doi"] or None,
            "source": first["source_url"] or None,
        }


def in_own_words(rows: Sequence[Mapping[str, Any]], name: str, borrowed: str) -> dict[str, str]:
    """A text by the language that it is in: what nobody has translated stands under its own."""
    own = {row["locale__language_code"]: row[name] for row in rows if not row[borrowed]}
    others = {row[borrowed]: row[name] for row in rows if row[borrowed]}
    return {code: text for code, text in {**others, **own}.items() if text}


def iso(value: date | datetime | None) -> str | None:
    """As JSON has days and moments: moments in UTC, to the second."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if value else None


def midnight(day: date, *, after: bool = False) -> datetime:
    """The beginning of a day on the portal's clock, or its end."""
    try:
        moved = day + timedelta(days=1) if after else day
    except OverflowError:
        moved = day
    return timezone.make_aware(datetime.combine(moved, time()))
