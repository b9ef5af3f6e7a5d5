"""What outputs are about: themes, concepts, institutions, countries, files; a query for each."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from contactpoint.api.resources.resource import reference, whole
from contactpoint.glossary.models import Concept
from contactpoint.outputs.files import files_of
from contactpoint.outputs.models import (
    Classification,
    OutputCountry,
    OutputInstitution,
    OutputTheme,
)


def about(leads: Collection[int], fields: Collection[str]) -> dict[str, dict[int, list[Any]]]:
    """What things are about, by field and page; a query for each that is asked for."""
    found: dict[str, dict[int, list[Any]]] = {}
    if "themes" in fields:
        found["themes"] = _links(OutputTheme.objects, "theme", "themes", leads)
    if "concepts" in fields:
        living = Classification.objects.exclude(concept__status=Concept.Status.DEPRECATED)
        living = living.filter(concept__isnull=False)
        found["concepts"] = _links(living, "concept", "concepts", leads)
    if "countries" in fields:
        found["countries"] = _links(OutputCountry.objects, "country", "countries", leads, "code")
    if "institutions" in fields:
        by_role: dict[int, list[Any]] = defaultdict(list)
        rows = OutputInstitution.objects.filter(page__in=leads).order_by("sort_order", "pk")
        for pk, role, slug, labels in rows.values_list(
            "page_id", "role", "institution__slug", "institution__labels"
        ):
            by_role[pk].append(
                {"role": role, "institution": reference("institutions", slug, labels)}
            )
        found["institutions"] = by_role
    if "files" in fields:
        found["files"] = {
            pk: [
                {
                    "title": one.title,
                    "url": whole(one.url),
                    "language": one.language or None,
                    "format": one.extension.lower(),
                    "bytes": one.size,
                    "pages": one.pages or None,
                    "sha256": one.checksum or None,
                }
                for one in files
            ]
            for pk, files in files_of(leads).items()
        }
    return found


def _links(
    rows: Any, name: str, resource: str, leads: Collection[int], key: str = "slug"
) -> dict[int, list[Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    linked = rows.filter(page__in=leads).order_by("sort_order", "pk")
    for pk, own, labels in linked.values_list("page_id", f"{name}__{key}", f"{name}__labels"):
        found[pk].setdefault(own, reference(resource, own, labels))
    return {pk: list(by_key.values()) for pk, by_key in found.items()}
