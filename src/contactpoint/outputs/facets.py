"""Counts for each choice of a list's filters: how many items a reader would have after choosing it.

Each filter is counted over the items that answer to all other filters. Two queries do it, whatever
the number of filters: one for all that can be grouped by a column, one for concepts, which count
what is narrower too and therefore need the glossary's hierarchy.
"""

from typing import Any

from django.db import connection
from django.db.models import CharField, Count, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import label_in
from contactpoint.kit.labels import pick
from contactpoint.outputs.filters import Selection, narrowed
from contactpoint.outputs.models import (
    Classification,
    Output,
    OutputCountry,
    OutputInstitution,
    OutputTheme,
    Publication,
)
from contactpoint.outputs.querysets import year_of

MOST_CONCEPTS = 15
Counts = dict[str, dict[str, tuple[str, int]]]
"""By filter: value to label and number of items."""


def count(outputs: "QuerySet[Output]", selection: Selection, language: str) -> tuple[int, Counts]:
    """The number of items that answer to the selection, and the counts of all choices."""
    counts: Counts = {name: {} for name in selection.names}
    total = 0
    parts = [_total(narrowed(outputs, selection))]
    for name in selection.names:
        if name != "concept":
            parts += _grouped(name, narrowed(outputs, selection, without=name), selection, language)
    for name, value, label, number in parts[0].union(*parts[1:], all=True):
        if name == "total":
            total = number
        elif value:
            counts[name][value] = (label, number)
    if "concept" in selection.names:
        counts["concept"] = _concepts(outputs, selection, language)
    return total, counts


def _row(rows: "QuerySet[Any]", name: str, value: Any, label: Any, number: Any) -> "QuerySet[Any]":
    """Group by value and label; every part of the union has these four columns."""
    return (
        rows.order_by()
        .values(
            facet=Value(name, output_field=TextField()),
            value=Cast(value, TextField()),
            text=Cast(label, TextField()),
        )
        .annotate(number=number)
        .values_list("facet", "value", "text", "number")
    )


def _total(outputs: "QuerySet[Output]") -> "QuerySet[Any]":
    empty = Value("", output_field=CharField())
    return _row(outputs, "total", empty, empty, Count("pk"))


def _grouped(
    name: str, outputs: "QuerySet[Output]", selection: Selection, language: str
) -> list["QuerySet[Any]"]:
    pages = outputs.values("pk")
    items = Count("page", distinct=True)
    if name == "theme":
        links = OutputTheme.objects.filter(page__in=pages)
        parent = Coalesce("theme__parent__slug", "theme__slug")
        children = links.filter(theme__parent__isnull=False)
        return [
            _row(links, name, parent, parent, items),
            _row(children, name, F("theme__slug"), F("theme__slug"), items),
        ]
    if name == "institution":
        links = OutputInstitution.objects.filter(page__in=pages)
        label = label_in(language, path="institution__")
        return [_row(links, name, F("institution__slug"), label, items)]
    if name == "country":
        links = OutputCountry.objects.filter(page__in=pages)
        label = label_in(language, path="country__", fallback="code")
        return [_row(links, name, F("country__code"), label, items)]
    if name == "type":
        types = Publication.objects.filter(pk__in=pages)
        return [_row(types, name, F("publication_type"), F("publication_type"), Count("pk"))]
    column = F("kind") if name == "kind" else year_of(selection.kind)
    return [_row(outputs, name, column, column, Count("pk"))]


def _concepts(
    outputs: "QuerySet[Output]", selection: Selection, language: str
) -> dict[str, tuple[str, int]]:
    """The concepts that most items are about, themselves or through what is narrower."""
    pages = narrowed(outputs, selection, without="concept").values("pk")
    pages_sql, pages_parameters = pages.query.sql_with_params()
    chosen = list(selection.chosen.get("concept", ()))
    marks = ", ".join(["%s"] * len(chosen)) or "''"
    concept, broader = Concept._meta.db_table, Concept.broader.through._meta.db_table
    classification = Classification._meta.db_table
    # Table names and compiled SQL only: every value of a reader is a parameter.
    sql = f"""
        WITH RECURSIVE above (concept_id, ancestor_id) AS (
            SELECT id, id FROM {concept}
            UNION
            SELECT above.concept_id, link.to_concept_id
            FROM above JOIN {broader} link ON link.from_concept_id = above.ancestor_id
        ), counted (ancestor_id, number) AS (
            SELECT above.ancestor_id, COUNT(DISTINCT used.page_id)
            FROM {classification} used JOIN above ON above.concept_id = used.concept_id
            WHERE used.page_id IN ({pages_sql})
            GROUP BY above.ancestor_id
        )
        SELECT concept.slug, concept.labels, counted.number
        FROM counted JOIN {concept} concept ON concept.id = counted.ancestor_id
        WHERE concept.status <> %s
        ORDER BY CASE WHEN concept.slug IN ({marks}) THEN 0 ELSE 1 END,
            counted.number DESC, concept.slug
        LIMIT {MOST_CONCEPTS + len(chosen)}
    """  # noqa: S608
    parameters = [*pages_parameters, Concept.Status.DEPRECATED, *chosen]
    field: Any = Concept._meta.get_field("labels")
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {
            slug: (pick(field.from_db_value(labels, None, connection), language) or slug, number)
            for slug, labels, number in cursor.fetchall()
        }
