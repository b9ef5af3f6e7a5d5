"""A table as a program reads what it is: schema.org's Dataset, which search engines for data know.

https://schema.org/Dataset
"""

from typing import Any, Final

from django.conf import settings

from contactpoint.figures import Period
from contactpoint.figures.telling import Teller
from contactpoint.statistics.naming import Names, names
from contactpoint.statistics.offering.citing import (
    COPYRIGHT,
    licence_of,
    remarks_of,
    reuse,
    source_lines,
)
from contactpoint.statistics.offering.tables import Part, Table

MEDIA_TYPES: Final = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonstat": "application/json",
}
"""By the end of an address."""


def described(table: Table) -> dict[str, Any]:
    """The table without its figures."""
    said = names(table.language)
    licence = licence_of(table)
    remarks = remarks_of(table)
    found = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": table.title,
        "description": " ".join(_ended(one) for one in (*remarks, *source_lines(
            table.parts, table.language
        ))),
        "inLanguage": table.language,
        "url": table.page,
        "identifier": table.address_of("json"),
        "creator": [
            {"@type": "Organization", "name": name}
            for name in dict.fromkeys(one.publisher for one in table.parts)
        ],
        "provider": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.BASE_URL},
        "isBasedOn": list(dict.fromkeys(one.address for one in table.parts if one.address)),
        "license": licence,
        "usageInfo": COPYRIGHT if licence else "",
        "conditionsOfAccess": reuse(table.language) if licence else "",
        "creativeWorkStatus": remarks[0] if table.is_example else "",
        "dateModified": table.changed.isoformat(timespec="seconds") if table.changed else "",
        "temporalCoverage": coverage(table),
        "spatialCoverage": [
            {"@type": "Place", "identifier": code, "name": said.code("geo", code)}
            for code in table.places
        ],
        "variableMeasured": [variable(part, table.language, said) for part in table.parts],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": table.address_of(format),
            }
            for format, media_type in MEDIA_TYPES.items()
        ],
    }  # fmt: skip
    return {name: what for name, what in found.items() if what not in ("", [], None)}


def variable(part: Part, language: str, said: Names) -> dict[str, Any]:
    """One indicator: what is counted, in what, and which extraction that is from."""
    found = {
        "@type": "PropertyValue",
        "propertyID": part.name,
        "name": part.label,
        "description": part.definition,
        "url": part.concept,
        "unitCode": part.unit,
        "unitText": said.code("unit", part.unit) if part.unit else "",
        "dataset": part.dataset,
        "source": "; ".join(source_lines([part], language)),
        "extracted": str(part.vintage) if part.vintage else "",
        "updatedBySource": part.updated,
        "roundedTo": part.give * 2 if part.give else "",
        "computed": part.is_computed,
        "example": part.is_example,
    }
    return {name: what for name, what in found.items() if what != ""}


def coverage(table: Table) -> str:
    """From the first day of the first period to the last of the last, as ISO 8601 writes it."""
    periods = [when for part in table.parts for when in part.periods]
    if not periods:
        return ""
    first = min(periods)
    last = max(one.last_month for one in periods)
    return f"{_month(first)}/{_month(last)}"


def meanings(table: Table) -> dict[str, str]:
    """What the flags in it mean, in the reader's language."""
    teller = Teller(table.language)
    return {letter: teller.flags(letter) for letter in table.flags}


def _month(when: Period) -> str:
    return f"{when.year}-{when.month:02}"


def _ended(sentence: str) -> str:
    return f"{sentence.rstrip('.')}."
