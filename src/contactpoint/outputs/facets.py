"""Counts for each choice of a list's filters: how many items a reader would have after choosing it.

Each filter is counted over the items that answer to all other filters. One query does it: the items
of the list are looked through once, each with a mark for every filter that it answers to, and every
choice is counted over the marks. A concept counts what is narrower too, a theme its children.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import ExpressionWrapper
from django.utils import timezone

from contactpoint.glossary.models import Concept, Theme
from contactpoint.kit.held import held
from contactpoint.kit.labels import pick
from contactpoint.kit.prepared import rows, sql_of
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.filters import Selection, condition
from contactpoint.outputs.models import (
    Classification,
    Output,
    OutputCountry,
    OutputInstitution,
    OutputTheme,
)
from contactpoint.outputs.querysets import year_of

MOST_CONCEPTS = 15
Counts = dict[str, dict[str, tuple[str, int]]]
"""By filter: value to label and number of items."""
Base = Callable[[Any], "QuerySet[Output]"]
"""Makes the outputs to count from the moment of asking."""


def count(
    base: Base,
    selection: Selection,
    language: str,
    *,
    key: tuple[Any, ...] = (),
    further: Sequence[str] = (),
) -> tuple[int, Counts]:
    """The number of items that answer to the selection, and the counts of all choices.

    `key` names the base, where it is always the same; without it the query is built each time, and
    what it finds is not held. `further` are counts that are no filter: `theme-year`, of main themes
    in each year, whose values are slug and year with a space between.
    """
    if not key:
        return _count(base, selection, language, None, further)
    wanted, chosen = selection.flat(), list(selection.chosen.get("concept", ()))
    shape = ("facets", *key, selection.shape(), len(chosen), *further)
    return held(
        (shape, language, *wanted, *chosen),
        lambda: _count(base, selection, language, shape, further),
    )


def _count(
    base: Base,
    selection: Selection,
    language: str,
    shape: tuple[Any, ...] | None,
    further: Sequence[str],
) -> tuple[int, Counts]:
    counts: Counts = {name: {} for name in (*selection.names, *further)}
    wanted, chosen = selection.flat(), list(selection.chosen.get("concept", ()))
    total = 0

    def build(marks: list[Any]) -> tuple[str, list[Any]]:
        filled = selection.filled(marks[1 : 1 + len(wanted)])
        return _sql(base(marks[0]), filled, marks[1 + len(wanted) :], further)

    values = [timezone.now(), *wanted, *chosen]
    for name, value, labels, number in rows(shape, build, values):
        if name == "total":
            total = number
        elif value is not None:
            label = pick(json.loads(labels), language) if labels else ""
            counts[name][str(value)] = (label or str(value), number)
    return total, counts


_TABLES = {
    "theme": Theme._meta.db_table,
    "concept": Concept._meta.db_table,
    "broader": Concept.broader.through._meta.db_table,
    "institution": Institution._meta.db_table,
    "country": Country._meta.db_table,
    "theme_link": OutputTheme._meta.db_table,
    "classification": Classification._meta.db_table,
    "institution_link": OutputInstitution._meta.db_table,
    "country_link": OutputCountry._meta.db_table,
}
_PARTS = {
    "total": "SELECT 'total', '', '', COUNT(*) FROM base WHERE {others}",
    "kind": "SELECT 'kind', kind, '', COUNT(*) FROM base WHERE {others} GROUP BY kind",
    "type": """
        SELECT 'type', type, '', COUNT(*) FROM base WHERE type IS NOT NULL AND {others}
        GROUP BY type
    """,
    "year": """
        SELECT 'year', CAST(year AS text), '', COUNT(*) FROM base
        WHERE year IS NOT NULL AND {others} GROUP BY year
    """,
    "theme": """
        SELECT 'theme', theme.slug, '', counted.number
        FROM (
            SELECT COALESCE(theme.parent_id, theme.id) AS id, COUNT(DISTINCT base.id) AS number
            FROM base JOIN {theme_link} link ON link.page_id = base.id
            JOIN {theme} theme ON theme.id = link.theme_id
            WHERE {others} GROUP BY COALESCE(theme.parent_id, theme.id)
        ) counted JOIN {theme} theme ON theme.id = counted.id
        UNION ALL
        SELECT 'theme', theme.slug, '', COUNT(*)
        FROM base JOIN {theme_link} link ON link.page_id = base.id
        JOIN {theme} theme ON theme.id = link.theme_id
        WHERE theme.parent_id IS NOT NULL AND {others} GROUP BY theme.slug
    """,
    "theme-year": """
        SELECT 'theme-year', theme.slug || ' ' || CAST(counted.year AS text), '', counted.number
        FROM (
            SELECT COALESCE(theme.parent_id, theme.id) AS id, base.year AS year,
                COUNT(DISTINCT base.id) AS number
            FROM base JOIN {theme_link} link ON link.page_id = base.id
            JOIN {theme} theme ON theme.id = link.theme_id
            WHERE base.year IS NOT NULL AND {others}
            GROUP BY COALESCE(theme.parent_id, theme.id), base.year
        ) counted JOIN {theme} theme ON theme.id = counted.id
    """,
    "institution": """
        SELECT 'institution', named.slug, CAST(named.labels AS text), counted.number
        FROM (
            SELECT link.institution_id AS id, COUNT(DISTINCT base.id) AS number
            FROM base JOIN {institution_link} link ON link.page_id = base.id
            WHERE {others} GROUP BY link.institution_id
        ) counted JOIN {institution} named ON named.id = counted.id
    """,
    "country": """
        SELECT 'country', named.code, CAST(named.labels AS text), counted.number
        FROM (
            SELECT link.country_id AS id, COUNT(DISTINCT base.id) AS number
            FROM base JOIN {country_link} link ON link.page_id = base.id
            WHERE {others} GROUP BY link.country_id
        ) counted JOIN {country} named ON named.id = counted.id
    """,
    "concept": """
        SELECT 'concept', named.slug, CAST(named.labels AS text), counted.number
        FROM (
            SELECT above.ancestor_id AS id, COUNT(DISTINCT used.page_id) AS number
            FROM used JOIN above ON above.concept_id = used.concept_id
            GROUP BY above.ancestor_id
        ) counted JOIN {concept} named ON named.id = counted.id
        WHERE named.status <> 'deprecated'
        ORDER BY CASE WHEN named.slug IN ({chosen}) THEN 0 ELSE 1 END,
            counted.number DESC, named.slug
        LIMIT {most}
    """,
}
"""Rows of filter, value, labels as JSON, number; table names and nothing of a reader are put in."""


def _sql(
    outputs: "QuerySet[Output]", selection: Selection, chosen: list[str], further: Sequence[str]
) -> tuple[str, list[Any]]:
    """The whole query; what a reader wrote is among the parameters, never in the SQL."""
    base_sql, parameters = sql_of(_marked(outputs, selection))
    columns = ["id", "kind", "type", "year", *(f"m_{name}" for name in selection.wanted)]
    parts = [
        _PARTS[name].format(
            others=_others(selection, name),
            chosen=", ".join(["%s"] * len(chosen)) or "''",
            most=MOST_CONCEPTS + len(chosen),
            **_TABLES,
        )
        for name in ("total", *selection.names, *further)
    ]
    sql = f"""
        WITH RECURSIVE base ({", ".join(columns)}) AS MATERIALIZED ({base_sql}),
        used (concept_id, page_id) AS MATERIALIZED (
            SELECT link.concept_id, link.page_id FROM {_TABLES["classification"]} link
            JOIN base ON base.id = link.page_id
            WHERE link.concept_id IS NOT NULL AND {_others(selection, "concept")}
        ),
        above (concept_id, ancestor_id) AS (
            SELECT DISTINCT concept_id, concept_id FROM used
            UNION
            SELECT above.concept_id, link.to_concept_id
            FROM above JOIN {_TABLES["broader"]} link ON link.from_concept_id = above.ancestor_id
        )
        {" UNION ALL ".join(f"SELECT * FROM ({part}) part" for part in parts)}
    """  # noqa: S608
    asks_for_concepts = "concept" in selection.names
    return sql, [*parameters, *(chosen if asks_for_concepts else ())]


def _marked(outputs: "QuerySet[Output]", selection: Selection) -> "QuerySet[Any, Any]":
    """Each output with what it is grouped by, and whether it answers to each filter."""
    marks = {
        f"m_{name}": ExpressionWrapper(
            condition(name, wanted, selection.kind), output_field=BooleanField()
        )
        for name, wanted in selection.wanted.items()
    }
    return outputs.annotate(
        of_type=F("publication__publication_type"), of_year=year_of(selection.kind), **marks
    ).values_list("pk", "kind", "of_type", "of_year", *marks)


def _others(selection: Selection, without: str) -> str:
    """Answers to every chosen filter but one."""
    chosen = [f"base.m_{name}" for name in selection.wanted if name != without]
    return " AND ".join(chosen) or "1 = 1"
