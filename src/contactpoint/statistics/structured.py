"""What search engines for data read of an indicator: https://schema.org/Dataset."""

from typing import Any

from django.conf import settings

from contactpoint.figures.places import is_country
from contactpoint.statistics.choosing import Chosen
from contactpoint.statistics.defining import Meaning, notes
from contactpoint.statistics.naming import names
from contactpoint.statistics.offering.citing import EUROSTAT, LICENCE, dataset_address, example
from contactpoint.statistics.offering.describing import MEDIA_TYPES
from contactpoint.statistics.showing import source_of
from contactpoint.statistics.wording import spoken


def dataset_block(
    found: Chosen, label: str, means: Meaning | None, language: str
) -> dict[str, Any]:
    """An indicator as a dataset, without its figures."""
    choice = found.choice
    said = names(spoken(language))
    told = [source_of(found, language), *notes(found)]
    if means is not None and means.definition is not None:
        told.insert(0, means.definition["text"])
    if found.is_example:
        told.insert(0, example())
    periods = found.periods
    table = found.extraction.dataset.code if found.extraction else ""
    creator = _creator(found)
    is_theirs = bool(table) and creator == EUROSTAT
    described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": label,
        "description": " ".join(f"{one.rstrip('.')}." for one in told if one),
        "url": settings.BASE_URL + choice.address(language=language),
        "inLanguage": language,
        "creator": {"@type": "Organization", "name": creator} if creator else "",
        "publisher": {
            "@type": "Organization", "name": settings.SITE_NAME, "url": settings.BASE_URL,
        },
        "isBasedOn": dataset_address(table) if is_theirs else "",
        "license": LICENCE if is_theirs else "",
        "creativeWorkStatus": example() if found.is_example else "",
        "dateModified": found.vintage.last.isoformat() if found.vintage else "",
        "temporalCoverage": (
            f"{periods[0].year}-{periods[0].month:02}/"
            f"{periods[-1].last_month.year}-{periods[-1].last_month.month:02}"
            if periods
            else ""
        ),
        "spatialCoverage": [
            {"@type": "Place", "name": said.place(code)}
            for code in said.in_order(code for code in found.lines if is_country(code))
        ],
        "variableMeasured": label,
        "distribution": [
            {
                "@type": "DataDownload", "encodingFormat": kind,
                "contentUrl": settings.BASE_URL + choice.address(ending, language),
            }
            for ending, kind in MEDIA_TYPES.items()
        ],
    }  # fmt: skip
    return {name: what for name, what in described.items() if what not in ("", [])}


def _creator(found: Chosen) -> str:
    """Who counted: nobody where a series is invented, nor where nothing is stored."""
    if found.extraction is None:
        return EUROSTAT if found.is_printed else ""
    return "" if found.is_example else found.extraction.publisher or EUROSTAT
