"""The work programme as readers meet it: each planned output with its standing, worked out anew.

Published is what readers may see and is not dated ahead; delayed is what was put off or did not
come in its quarter. Nobody has to set either, and nothing has to run when a quarter ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy

from contactpoint.glossary.models import Theme
from contactpoint.glossary.naming import Named, named_theme
from contactpoint.kit.labels import pick, picked
from contactpoint.kit.visibility import visible
from contactpoint.network.addresses import institution_url
from contactpoint.outputs.entries import KIND_LABELS, TYPE_LABELS, Entry
from contactpoint.outputs.models import Output, PlannedOutput, PlannedPartner
from contactpoint.outputs.querysets import entries

MOST_PUBLISHED: Final = 40


class Standing(TextChoices):
    """Where a planned output is; worked out, never stored."""

    PLANNED = "planned", pgettext_lazy("standing in the programme", "Planned")
    DELAYED = "delayed", pgettext_lazy("standing in the programme", "Delayed")
    PUBLISHED = "published", pgettext_lazy("standing in the programme", "Published")


@dataclass(frozen=True, slots=True)
class Plan:
    """A planned output in words of one language; `entry` is what became of it."""

    pk: int
    key: UUID
    title: str
    kind: str
    kind_label: str
    standing: Standing
    quarter: str
    first_quarter: str
    partners: Sequence[Named]
    theme: Named | None
    remark: str
    updated_at: datetime
    entry: Entry | None = None
    title_language: str = ""
    """Of a title, or below of a remark, that nobody has translated."""
    remark_language: str = ""


def standing_of(row: PlannedOutput, *, has_appeared: bool) -> Standing:
    """Where a planned output is today, given whether readers may see what became of it."""
    if has_appeared:
        return Standing.PUBLISHED
    is_delayed = row.delayed or row.is_put_off or row.is_late
    return Standing.DELAYED if is_delayed else Standing.PLANNED


def appeared() -> Exists:
    """True for a planned output that readers may see in whatever language, as SQL for lists."""
    pages = visible(Output.objects.order_by()).exclude(published_on__gt=timezone.localdate())
    return Exists(pages.filter(translation_key=OuterRef("output__translation_key")))


def quarter_name(year: int, quarter: int) -> str:
    """A quarter in words of the active language."""
    names = {
        1: _("first quarter of %(year)s"),
        2: _("second quarter of %(year)s"),
        3: _("third quarter of %(year)s"),
        4: _("fourth quarter of %(year)s"),
    }
    return names[quarter] % {"year": year}


def programme(language: str, known_roots: Mapping[str, str] | None = None) -> list[Plan]:
    """Every planned output in the order of its quarter; four queries, however many there are."""
    partners = PlannedPartner.objects.select_related("institution").order_by("sort_order", "pk")
    rows = list(
        PlannedOutput.objects.select_related("theme", "output").prefetch_related(
            Prefetch("partners", queryset=partners)
        )
    )
    became = _became((row.output for row in rows if row.output), language, known_roots)
    with override(language):
        return [_plan(row, became, language) for row in rows]


def grouped(plans: Iterable[Plan]) -> list[dict[str, Any]]:
    """What stands on the page: planned and delayed by quarter, published from the newest."""
    found: dict[Standing, list[Plan]] = {standing: [] for standing in Standing}
    for plan in plans:
        found[plan.standing].append(plan)
    found[Standing.PUBLISHED].sort(key=_published_last, reverse=True)
    del found[Standing.PUBLISHED][MOST_PUBLISHED:]
    return [
        {"standing": standing.value, "heading": str(standing.label), "plans": of_standing}
        for standing, of_standing in found.items()
        if of_standing
    ]


def announced(plans: Iterable[Plan], language: str, page_url: str) -> list[Entry]:
    """The programme as entries of a feed, what changed last first; ids stay whatever happens."""
    made = []
    for plan in sorted(plans, key=lambda plan: plan.updated_at, reverse=True):
        words = [plan.quarter, *(partner.label for partner in plan.partners), plan.remark]
        made.append(
            Entry(
                pk=plan.pk,
                title=f"{plan.standing.label}: {plan.title}",
                teaser=" · ".join(filter(None, words)),
                url=plan.entry.url if plan.entry else f"{page_url}#plan-{plan.pk}",
                kind=plan.kind,
                publication_type="",
                language=language,
                published_on=None,
                starts_at=None,
                ends_at=None,
                effective_on=None,
                translation_key=plan.key,
                updated_at=plan.updated_at,
                themes=[plan.theme] if plan.theme else [],
            )
        )
    return made


def _became(
    outputs: Iterable[Output], language: str, known_roots: Mapping[str, str] | None
) -> dict[UUID, Entry]:
    """What readers may see of the outputs, in their language where it is there in it."""
    keys = {output.translation_key for output in outputs}
    if not keys:
        return {}
    pages = visible(Output.objects.order_by("pk")).filter(translation_key__in=keys)
    found: dict[UUID, Entry] = {}
    for entry in entries(pages, language, known_roots):
        if entry.translation_key not in found or entry.language == language:
            found[entry.translation_key] = entry
    return found


def _plan(row: PlannedOutput, became: Mapping[UUID, Entry], language: str) -> Plan:
    entry = became.get(row.output.translation_key) if row.output else None
    standing = standing_of(row, has_appeared=entry is not None and not _is_announced(entry))
    title, title_language = picked(row.labels, language)
    remark, remark_language = picked(row.remarks, language)
    named_by = entry if entry is not None and entry.language == language else None
    return Plan(
        pk=row.pk,
        key=row.key,
        title=named_by.title if named_by else title,
        title_language=named_by.title_language if named_by else title_language,
        kind=entry.kind if entry else row.kind,
        kind_label=str(TYPE_LABELS.get(row.publication_type) or KIND_LABELS[row.kind]),
        standing=standing,
        quarter=quarter_name(row.year, row.quarter),
        first_quarter=quarter_name(row.first_year, row.first_quarter) if row.is_put_off else "",
        partners=[
            Named(
                partner.institution.slug,
                pick(partner.institution.labels, language),
                institution_url(partner.institution.slug, language),
            )
            for partner in row.partners.all()
        ],
        theme=_theme(row.theme, language),
        remark=remark if standing != Standing.PUBLISHED else "",
        remark_language=remark_language,
        updated_at=_updated(row, standing, entry),
        entry=entry,
    )


def _theme(theme: Theme | None, language: str) -> Named | None:
    if theme is None:
        return None
    return named_theme(theme.slug, pick(theme.labels, language), language, theme.hue)


def _is_announced(entry: Entry) -> bool:
    """A page that is dated ahead announces what is still to come."""
    return entry.published_on is not None and entry.published_on > timezone.localdate()


def _updated(row: PlannedOutput, standing: Standing, entry: Entry | None) -> datetime:
    """When its standing or its words changed last: the end of a quarter changes it too."""
    moments = [row.changed_at]
    if entry is not None and entry.updated_at:
        moments.append(entry.updated_at)
    if standing == Standing.DELAYED and row.is_late:
        following = row.last_day + timedelta(days=1)
        moments.append(timezone.make_aware(datetime.combine(following, time())))
    return max(moments)


def _published_last(plan: Plan) -> tuple[Any, ...]:
    day = plan.entry.day if plan.entry else None
    return (day is not None, day or 0, plan.pk)
