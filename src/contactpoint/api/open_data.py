"""The page for people who take data away: files of each night, the catalogue, harvesting."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contactpoint.api.answering import ENGLISH
from contactpoint.api.catalogue.datasets import titles
from contactpoint.api.catalogue.structured import data_catalogue
from contactpoint.api.catalogue.views import FORMATS
from contactpoint.api.dumps.kept import MANIFEST, SUMS, true_dumps
from contactpoint.api.dumps.making import DUMPED
from contactpoint.api.rights import LICENCE_NAME, Rights
from contactpoint.kit.context import view_context
from contactpoint.kit.datablock import data_block
from contactpoint.kit.locating import Link

_LICENSED: Final = {one.name for one in DUMPED if one.is_licensed(with_all=True)}
CATALOGUE: Final = [(f"/catalogue.{name}", kind) for name, (kind, _name) in FORMATS.items()]


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is, and the newest files."""
    there = true_dumps()
    newest = there[0] if there else None
    named = titles()
    files = newest.manifest["files"] if newest else ()
    context = {
        **view_context(request),
        "catalogue": CATALOGUE,
        "made": newest.made if newest else None,
        "files": [
            {
                **one,
                "title": named[one["kind"]],
                "url": f"/dumps/latest/{one['name']}",
                "licence": LICENCE_NAME if one["kind"] in _LICENSED else "",
            }
            for one in files
        ],
        "structured": data_block(
            data_catalogue(get_language() or ENGLISH, {one["kind"] for one in files})
        ),
        "manifest": Link(MANIFEST, f"/dumps/latest/{MANIFEST}"),
        "sums": Link(SUMS, f"/dumps/latest/{SUMS}"),
        "of_terms": Rights.TERMS.in_words,
        "older": [(one.made, f"/dumps/{one.name}/{MANIFEST}") for one in there[1:]],
    }
    return render(request, "api/open_data.html", context)
