"""What search engines for data read of public results: https://schema.org/Dataset."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from contactpoint.consultations.models import Round
from contactpoint.consultations.questions import Instrument
from contactpoint.consultations.results.addresses import FORMATS, file_url, round_url
from contactpoint.consultations.results.wording import Wording
from contactpoint.consultations.tables.tallies import Tables
from contactpoint.kit.labels import pick

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def dataset(round: Round, instrument: Instrument, tables: Tables, language: str) -> dict[str, Any]:
    """The tables of a round as a dataset, without their numbers."""
    wording = Wording(instrument, language)
    publisher = {
        "@type": "Organization", "name": settings.SITE_NAME, "url": settings.BASE_URL,
    }  # fmt: skip
    creator = publisher
    if round.institution is not None:
        creator = {"@type": "Organization", "name": pick(round.institution.labels, language)}
    described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": round.label,
        "description": pick(round.introductions, language) or round.label,
        "url": settings.BASE_URL + round_url(round.code, language),
        "inLanguage": language,
        "creator": creator,
        "publisher": publisher,
        "isAccessibleForFree": True,
        "creativeWorkStatus": _("Example, not real") if round.is_example else "",
        "datePublished": round.published_at.date().isoformat() if round.published_at else "",
        "temporalCoverage": _span(round),
        "measurementTechnique": _("Survey"),
        "variableMeasured": [
            wording.question(one).text
            for one in instrument.questions()
            if tables.of(one.code)
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": MEDIA_TYPES[format],
                "contentUrl": settings.BASE_URL + file_url(round.code, language, format),
            }
            for format in FORMATS
        ],
    }  # fmt: skip
    return {name: value for name, value in described.items() if value not in ("", [])}


def _span(round: Round) -> str:
    if round.opens_at is None:
        return ""
    end = round.closed_at or round.closes_at
    return f"{round.opens_at:%Y-%m-%d}/{end:%Y-%m-%d}" if end else f"{round.opens_at:%Y-%m-%d}/.."
