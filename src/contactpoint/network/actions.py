"""Writes the countries and institutions that the portal ships with."""

import tomllib
from pathlib import Path
from typing import Any, Final

from babel import Locale
from django.conf import settings
from django.db import transaction

from contactpoint.network.models import Country, ExpertGroup, Institution

DATA: Final = Path(__file__).parent / "data"
PLACES_FILE: Final = DATA / "places.ttl"


def _read(name: str) -> dict[str, list[dict[str, Any]]]:
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


def shipped_institutions() -> list[dict[str, Any]]:
    """The institutions of the shipped file as they stand there, in the order of their slugs."""
    return _read("institutions.toml")["institution"]


@transaction.atomic
def load_shipped() -> tuple[int, int]:
    """Write what is shipped; returns how many countries and institutions.

    Countries are named by Unicode's CLDR in the portal's languages. Rows that exist stay as they
    are: what an editor changed is the editor's.
    """
    territories = {code: Locale.parse(code).territories for code, _name in settings.LANGUAGES}
    countries = _read("countries.toml")["country"]
    for row in countries:
        Country.objects.get_or_create(
            code=row["code"],
            defaults={
                "emn_status": row["emn"],
                "joined": str(row.get("joined", "")),
                "labels": {code: names[row["code"]] for code, names in territories.items()},
            },
        )
    by_code = {country.code: country for country in Country.objects.all()}
    institutions = shipped_institutions()
    for row in institutions:
        Institution.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "acronym": row.get("acronym", ""),
                "kind": row.get("kind", ""),
                "labels": row["labels"],
                "alternatives": row.get("alternatives", {}),
                "country": by_code.get(row.get("country", "")),
                "homepage": row.get("homepage", ""),
            },
        )
    for row in _read("expert_groups.toml")["group"]:
        ExpertGroup.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "labels": row["labels"],
                "about": row["about"],
                "since": str(row.get("since", "")),
                "homepage": row.get("homepage", ""),
            },
        )
    return len(countries), len(institutions)
