"""What outputs are about: themes, concepts, institutions, countries, files; a query for each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from contactpoint.api.resources.resource import reference, whole, words
from contactpoint.glossary.models import Concept
from contactpoint.media.formats.first_page import TALLEST, WIDEST
from contactpoint.media.models import CustomRendition
from contactpoint.outputs.files import Attached, files_of
from contactpoint.outputs.models import (
    Classification,
    Correction,
    Family,
    FamilyLink,
    OutputCountry,
    OutputInstitution,
    OutputTheme,
    Publication,
)
from contactpoint.outputs.relations import family_url

COVER: Final = f"max-{WIDEST}x{TALLEST}|format-webp"
"""As pages of publications have it made; a picture is never made here."""


def about(leads: Collection[int], fields: Collection[str]) -> dict[str, dict[int, Any]]:
    """What things are about, by field and page; a query for each that is asked for, two for
    covers."""
    found: dict[str, dict[int, Any]] = {}
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
    if "families" in fields:
        found["families"] = _families(leads)
    files = files_of(leads) if {"files", "cover"} & set(fields) else {}
    if "files" in fields:
        found["files"] = {pk: [_file(one) for one in own] for pk, own in files.items()}
    if "cover" in fields:
        found["cover"] = _covers(leads, files)
    return found


def _links(
    rows: Any, name: str, resource: str, leads: Collection[int], key: str = "slug"
) -> dict[int, list[Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    linked = rows.filter(page__in=leads).order_by("sort_order", "pk")
    for pk, own, labels in linked.values_list("page_id", f"{name}__{key}", f"{name}__labels"):
        found[pk].setdefault(own, reference(resource, own, labels))
    return {pk: list(by_key.values()) for pk, by_key in found.items()}


def _families(leads: Collection[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = FamilyLink.objects.filter(page__in=leads).order_by("sort_order", "pk")
    for pk, part, form, slug, labels in rows.values_list(
        "page_id", "part", "family__form", "family__slug", "family__labels"
    ):
        found[pk].append(
            {
                "id": slug,
                "form": form,
                "part": part if form == Family.Form.STUDY else None,
                "label": words(labels),
                "url": {
                    code: whole(family_url(form, slug, code)) for code, _name in settings.LANGUAGES
                },
            }
        )
    return found


def _file(one: Attached) -> dict[str, Any]:
    return {
        "title": one.title,
        "url": whole(one.url),
        "language": one.language or None,
        "format": one.extension.lower(),
        "bytes": one.size,
        "pages": one.pages or None,
        "sha256": one.checksum or None,
    }


def corrections(keys: Collection[UUID]) -> dict[UUID, list[Any]]:
    """What was corrected of things that anybody may read, the newest first; one query."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    rows = Correction.objects.filter(
        item__in=keys, kind=Correction.Kind.CORRECTED, corrected_on__lte=timezone.localdate()
    )
    for item, day, changes, reasons in rows.values_list(
        "item", "corrected_on", "changes", "reasons"
    ):
        found[item].append(
            {"date": day.isoformat(), "change": words(changes), "reason": words(reasons)}
        )
    return found


def _covers(leads: Collection[int], files: Mapping[int, Sequence[Attached]]) -> dict[int, Any]:
    """The cover that an editor chose, where readers have met it, else the first page of the first
    file that has one."""
    found = {}
    for pk, own in files.items():
        if look := next((one.look for one in own if one.look), None):
            found[pk] = {"url": whole(look.url), "width": look.width, "height": look.height}
    chosen = CustomRendition.objects.filter(
        filter_spec=COVER, image__in=Publication.objects.filter(pk__in=leads).values("cover")
    )
    by_image = {one.image_id: one for one in chosen}
    if by_image:
        for pk, image in Publication.objects.filter(cover__in=by_image, pk__in=leads).values_list(
            "pk", "cover"
        ):
            one = by_image[image]
            found[pk] = {"url": whole(one.url), "width": one.width, "height": one.height}
    return found
