"""What search engines for data read of the open data: https://schema.org/DataCatalog."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from contactpoint.api.catalogue.datasets import descriptions, titles
from contactpoint.api.catalogue.graph import PATH
from contactpoint.api.dumps.making import DUMPED, MEDIA_TYPE
from contactpoint.api.resources.resource import Resource, whole
from contactpoint.api.rights import LICENCE
from contactpoint.kit.structured import CONTEXT, publisher


def data_catalogue(language: str, dumped: Collection[str]) -> dict[str, Any]:
    """The lists as datasets, in the active language; `dumped` are those with a file."""
    named, described = titles(), descriptions()
    return {
        "@context": CONTEXT,
        "@type": "DataCatalog",
        "@id": whole(PATH),
        "name": _("Open data of %s") % settings.SITE_NAME,
        "url": whole(f"/{language}/open-data/"),
        "inLanguage": language,
        "publisher": publisher(),
        "dataset": [
            _dataset(one, named[one.name], described[one.name], one.name in dumped)
            for one in DUMPED
        ],
    }


def _dataset(one: Resource, name: str, about: str, has_file: bool) -> dict[str, Any]:
    lists: dict[str, Any] = {
        "@type": "DataDownload",
        "contentUrl": one.list_url(),
        "encodingFormat": "application/json",
    }
    if one.is_licensed(with_all=False):
        lists["license"] = LICENCE
    files = [lists]
    if has_file:
        file = {
            "@type": "DataDownload",
            "contentUrl": whole(f"/dumps/latest/{one.name}.ndjson.gz"),
            "encodingFormat": MEDIA_TYPE,
        }
        files.append(file | ({"license": LICENCE} if one.is_licensed(with_all=True) else {}))
    told: dict[str, Any] = {
        "@type": "Dataset",
        "@id": f"{whole(PATH)}#{one.name}",
        "name": name,
        "description": about,
        "publisher": publisher(),
        "isAccessibleForFree": True,
        "distribution": files,
    }
    if one.rights:
        told["usageInfo"] = one.rights.in_words
    if one.is_licensed(with_all=True):
        told["license"] = LICENCE
    return told
