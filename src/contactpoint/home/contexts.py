"""What the front page shows: the lead, what is new, coming and planned, a figure, the themes."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from contactpoint.glossary.naming import ThemeNode, theme_tree
from contactpoint.guidance.door import doors
from contactpoint.home.models import HomePage
from contactpoint.kit.held import held, is_holding
from contactpoint.kit.locating import roots
from contactpoint.kit.pages import language_of, shows
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.facets import count
from contactpoint.outputs.filters import Selection
from contactpoint.outputs.models import Output
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.querysets import entries, entries_of, in_order, newest_first, offered
from contactpoint.statistics.addresses import statistics_url
from contactpoint.statistics.summaries import that_moved

LATEST, COMING, PLANNED = 6, 4, 4


@shows(HomePage)
def home_context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Seven queries at most, with the two that find the page; up to three more when the figure that
    is kept has become old."""
    language = language_of(page, request)
    tree = theme_tree(language)
    _total, counts = count(
        partial(offered, language), Selection(("theme",)), language, key=("all", language)
    )
    numbers = {slug: number for slug, (_label, number) in counts["theme"].items()}
    return {
        **_outputs(page, request, language),
        "themes": _nodes(tree, numbers),
        "doors": doors(),
        "figure": that_moved(language),
        "statistics_url": statistics_url(language),
    }


def _outputs(page: HomePage, request: HttpRequest, language: str) -> dict[str, Any]:
    """All columns in one query; an entry's own dates tell in which it stands."""
    outputs = offered(language)
    today, now = timezone.localdate(), timezone.now()
    coming = Q(kind=Kind.EVENT, starts_at__gt=now)
    dated_later = Q(published_on__gt=today)
    planned = Q(kind=Kind.DEVELOPMENT, effective_on__gt=today) | dated_later & ~Q(kind=Kind.EVENT)
    key = _lead_key(page)
    wanted = (
        _among(newest_first(outputs.exclude(coming).exclude(planned).exclude(dated_later)), LATEST)
        | _among(outputs.filter(coming).order_by("starts_at"), COMING)
        | _among(
            outputs.filter(planned).order_by(Coalesce("effective_on", "published_on")), PLANNED
        )
    )
    if key:
        wanted |= Q(translation_key=key)
    chosen = newest_first(outputs.filter(wanted))
    if is_holding():
        order = held(("front", language, key), lambda: in_order(chosen), _next_event)
        found = entries_of(order, language, roots(request))
    else:
        found = entries(chosen, language, roots(request))
    past = [entry for entry in found if not _is_ahead(entry)]
    lead = next((entry for entry in found if entry.translation_key == key), None)
    lead = lead or (past[0] if past else None)
    return {
        "lead": lead,
        "latest": [entry for entry in past if entry is not lead][: LATEST - 1],
        "coming": sorted(
            (entry for entry in found if _is_coming(entry, now)), key=lambda entry: entry.starts_at
        ),
        "planned": sorted(
            (entry for entry in found if entry.kind != Kind.EVENT and _is_ahead(entry)),
            key=lambda entry: max(filter(None, (entry.effective_on, entry.published_on))),
        ),
    }


def _next_event(now: datetime) -> datetime | None:
    """When an event that is to come has begun; one query, by an index."""
    coming = Output.objects.order_by().filter(starts_at__gt=now)
    first: datetime | None = coming.aggregate(first=Min("starts_at"))["first"]
    return first


def _among(outputs: "QuerySet[Output]", most: int) -> Q:
    return Q(pk__in=outputs.values("pk")[:most])


def _is_ahead(entry: Entry) -> bool:
    return entry.to_come or (
        entry.published_on is not None and entry.published_on > timezone.localdate()
    )


def _is_coming(entry: Entry, now: datetime) -> bool:
    return entry.kind == Kind.EVENT and entry.starts_at is not None and entry.starts_at > now


def _lead_key(page: HomePage) -> UUID | None:
    """What the editor chose to lead, in whatever language it was chosen."""
    chosen: int | None = page.lead_id
    if chosen is None:
        return None
    return Output.objects.filter(pk=chosen).values_list("translation_key", flat=True).first()


def _nodes(tree: list[ThemeNode], numbers: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "theme": node.theme,
            "children": _nodes(node.children, numbers),
            "count": numbers.get(node.theme.slug, 0),
        }
        for node in tree
    ]
