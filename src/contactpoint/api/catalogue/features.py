"""The datasets of what others count and answer: figures, queries of the network, surveys."""

import calendar
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from contactpoint.api.catalogue.authorities import CC_BY, FREQUENCIES, GOVERNMENT, SOCIETY
from contactpoint.api.catalogue.datasets import API
from contactpoint.api.catalogue.described import (
    Dataset,
    Distribution,
    everywhere,
    in_all,
    languages,
)
from contactpoint.api.parameters import MOST
from contactpoint.api.resources.figures import FORMATS as FIGURES
from contactpoint.api.resources.figures import Figures
from contactpoint.api.resources.queries import Queries
from contactpoint.api.resources.resource import whole
from contactpoint.api.rights import Rights
from contactpoint.consultations import reaching
from contactpoint.consultations.compilations.addresses import file_url as compilation_url
from contactpoint.consultations.models import Round
from contactpoint.consultations.results import addresses as results
from contactpoint.figures.periods import is_period, period
from contactpoint.glossary.models import Concept
from contactpoint.glossary.scheme import concept_address
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.offering.citing import EUROSTAT, dataset_address
from contactpoint.statistics.reading import newest_extractions

COMPILED: Final = ("xlsx", "csv", "json")


def figures() -> Iterator[Dataset]:
    """A dataset an indicator; seven queries."""
    resource = Figures()
    values: dict[str, Any] = {"limit": MOST}
    told: list[dict[str, Any]] = []
    while True:
        found = resource.listed(resource.asked(values, of_list=True))
        told += [one.values for one in found.things]
        if not found.cursor:
            break
        values["cursor"] = found.cursor
    codes = {code for one in told for code in one["datasets"]}
    extractions = newest_extractions(codes) if codes else {}
    slugs = [one["concept"]["id"] for one in told if one["concept"]]
    meanings = dict(Concept.objects.filter(slug__in=slugs).values_list("slug", "definitions"))
    for one in told:
        yield _indicator(one, extractions, meanings)


def _indicator(
    one: Mapping[str, Any], extractions: Mapping[str, Extraction], meanings: Mapping[str, Any]
) -> Dataset:
    there = [extractions[code] for code in one["datasets"] if code in extractions]
    is_theirs = bool(there) and all(
        each.publisher in ("", EUROSTAT) and not each.is_example for each in there
    )
    concept = one["concept"]["id"] if one["concept"] else ""
    definitions = meanings.get(concept) or {}
    counted = in_all(lambda: _("Official figures by country and period."))
    described = {code: (definitions.get(code) or {}).get("text") or counted[code]
                 for code in languages()}  # fmt: skip
    return Dataset(
        name=f"figures-{one['id']}",
        title=one["label"],
        description=described,
        pages=one["url"],
        distributions=[
            Distribution(
                name=ending,
                url=one["downloads"][ending],
                ending=ending,
                title=dict.fromkeys(languages(), ending.upper()),
                licence=CC_BY if is_theirs else "",
                rights=None if is_theirs else Rights.FIGURES,
                language="en",
            )
            for ending in FIGURES
        ],
        theme=SOCIETY,
        frequency=next((FREQUENCIES[each] for each in ("month", "quarter", "year")
                        if each in one["periods"]), ""),
        places=one["places"],
        temporal=_span(there),
        subjects=[concept_address(concept)] if concept else [],
        keywords=[one["concept"]["label"]] if concept else [],
        sources=[dataset_address(each.dataset.code) for each in there] if is_theirs else [],
        changed=max((each.last for each in there), default=None),
    )  # fmt: skip


def _span(extractions: list[Extraction]) -> tuple[date, date] | None:
    """From the first day of the first period that there is to the last of the last."""
    codes = [
        code
        for one in extractions
        for code in (one.description.get("dimensions") or {}).get("time", ())
        if is_period(code)
    ]
    if not codes:
        return None
    periods = [period(code) for code in codes]
    first = min(periods)
    last = max(one.last_month for one in periods)
    days = calendar.monthrange(last.year, last.month)[1]
    return date(first.year, first.month, 1), date(last.year, last.month, days)


def queries() -> Iterator[Dataset]:
    """A dataset a query or study with answers that anybody may know."""
    resource = Queries()
    fields = [one.name for one in resource.every_field if one.name not in resource.only_one]
    values: dict[str, Any] = {"limit": MOST, "fields": fields}
    while True:
        found = resource.listed(resource.asked(values, of_list=True))
        for one in found.things:
            if one.values["answered_by"] and one.values["title"]:
                yield _query(one.values)
        if not found.cursor:
            return
        values["cursor"] = found.cursor


def _query(one: Mapping[str, Any]) -> Dataset:
    answers = in_all(lambda: _("What countries answered, as far as anybody may know it."))
    described = {**answers, **one["background"], **one["summary"]}
    return Dataset(
        name=f"query-{one['id']}",
        title=one["title"],
        description=described,
        pages=one["url"],
        distributions=[
            Distribution(
                name="api", url=one["self"], ending="json", service=API,
                title=in_all(lambda: _("From the interface for programs")),
                rights=Rights.ANSWERS,
            ),
            *(
                Distribution(
                    name=ending, url=whole(compilation_url(one["id"], "en", ending)), ending=ending,
                    title=dict.fromkeys(languages(), ending.upper()), language="en",
                    rights=Rights.ANSWERS,
                )
                for ending in COMPILED
            ),
        ],
        theme=GOVERNMENT,
        frequency=FREQUENCIES["irregular"],
        places=one["answered_by"],
        subjects=[concept_address(each["id"]) for each in one["concepts"]],
        keywords=[each["label"] for each in one["concepts"]],
        issued=date.fromisoformat(one["asked"]) if one["asked"] else None,
    )  # fmt: skip


def surveys() -> Iterator[Dataset]:
    """A dataset a survey whose tables anybody may have."""
    rows = reaching.surveys_told_of().filter(published_at__isnull=False).order_by("code")
    for one in rows.select_related("instrument", "version"):
        if reaching.results_are_public(one):
            yield _survey(one)


def _survey(one: Round) -> Dataset:
    counted = in_all(lambda: _("Protected tables of a survey: how many chose what."))
    labels = {code: text for code, text in one.labels.items() if text and code in languages()}
    return Dataset(
        name=f"survey-{one.code}",
        title=labels or dict.fromkeys(languages(), one.code),
        description=counted,
        pages=everywhere(f"consultations/{one.code}/"),
        distributions=[
            Distribution(
                name=ending, url=whole(results.file_url(one.code, "en", ending)), ending=ending,
                title=dict.fromkeys(languages(), ending.upper()), language="en",
                rights=Rights.TABLES,
            )
            for ending in results.FORMATS
        ],
        theme=SOCIETY,
        frequency=FREQUENCIES["never"],
        places=[settings.COUNTRY],
        issued=one.published_at.date() if one.published_at else None,
    )  # fmt: skip
