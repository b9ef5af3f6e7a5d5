"""The datasets of the portal's own: its lists with their dumps, and the glossary."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from contactpoint.api.catalogue.authorities import CC_BY, FREQUENCIES, SOCIETY
from contactpoint.api.catalogue.described import (
    Dataset,
    Distribution,
    everywhere,
    in_all,
    languages,
)
from contactpoint.api.dumps.kept import true_dumps
from contactpoint.api.dumps.making import DUMPED
from contactpoint.api.resources.resource import Resource, whole
from contactpoint.api.rights import Rights
from contactpoint.glossary.models import Concept, SchemeVersion
from contactpoint.vocabulary.formats import FORMATS, RdfFormat

API: Final = "api"
DOCUMENT: Final = "/api/v1/openapi.json"
SKOS: Final = "http://www.w3.org/TR/skos-reference"
GLOSSARY: Final = "glossary"
_PAGES: Final = {
    "outputs": "", "events": "events/", "themes": "themes/", "concepts": "glossary/",
    "institutions": "network/", "countries": "network/", "figures": "statistics/",
    "queries": "consultations/", "guidance": "guidance/",
}  # fmt: skip


def lists() -> Iterator[Dataset]:
    """A dataset a list of the interface, with its file in the newest dump."""
    newest = next(iter(true_dumps()), None)
    files = {one["kind"]: one for one in newest.manifest["files"]} if newest else {}
    for resource in DUMPED:
        yield _list(resource, files.get(resource.name), newest.made if newest else None)


def _list(resource: Resource, dumped: Mapping[str, Any] | None, made: datetime | None) -> Dataset:
    return Dataset(
        name=resource.name,
        title=in_all(lambda: titles()[resource.name]),
        description=in_all(lambda: descriptions()[resource.name]),
        pages=everywhere(_PAGES[resource.name]),
        distributions=[*_of_list(resource, dumped)],
        theme=SOCIETY,
        frequency=FREQUENCIES["day"],
        places=[settings.COUNTRY],
        conforms_to=whole(DOCUMENT),
        changed=made,
    )


def _of_list(resource: Resource, dumped: Mapping[str, Any] | None) -> Iterator[Distribution]:
    # As it stands: what it holds on request alone is not spoken of beside the licence.
    is_licensed = resource.is_licensed(with_all=False)
    yield Distribution(
        name="json",
        url=resource.list_url(),
        ending="json",
        title=in_all(lambda: _("List of the interface, a page at a time")),
        licence=CC_BY if is_licensed else "",
        rights=None if is_licensed and not resource.is_licensed(with_all=True) else resource.rights,
        conforms_to=whole(DOCUMENT),
        service=API,
    )
    if dumped:
        yield Distribution(
            name="ndjson",
            url=whole(f"/dumps/latest/{dumped['name']}"),
            ending="ndjson",
            title=in_all(lambda: _("All of it as one file, made each night")),
            licence=CC_BY if resource.is_licensed(with_all=True) else "",
            rights=resource.rights,
            bytes=dumped["bytes"],
            sha256=dumped["sha256"],
            is_packed=True,
        )


def glossary() -> Iterator[Dataset]:
    """The glossary as it is now. Its former versions are pages to read, with no file of data: a
    dataset without a file leads programs nowhere."""
    changed = Concept.objects.aggregate(last=Max("updated_at"))["last"]
    newest = SchemeVersion.objects.order_by("-pk").values_list("number", "published_on").first()
    number, day = newest or ("", None)
    yield Dataset(
        name=GLOSSARY,
        title=in_all(lambda: _("Glossary of asylum and migration")),
        description=in_all(
            lambda: _("Terms of asylum and migration with their definitions, in many languages, "
                      "with broader, narrower and related terms.")
        ),
        pages=everywhere("glossary/"),
        distributions=[_file_of_glossary(name) for name in FORMATS],
        theme=SOCIETY,
        frequency=FREQUENCIES["irregular"],
        conforms_to=SKOS,
        version=number,
        issued=day,
        changed=changed,
        languages=[],  # as many as it has; each label says which
    )  # fmt: skip


def _file_of_glossary(name: str) -> Distribution:
    one = FORMATS[name]
    ending = one.suffixes[0].removeprefix(".")
    return Distribution(
        name=ending,
        url=whole(f"/id/scheme/glossary.{ending}"),
        ending=ending,
        title=dict.fromkeys(languages(), ending.upper()),
        rights=Rights.TERMS,
        conforms_to=SKOS if isinstance(one, RdfFormat) else "",
    )


def titles() -> dict[str, str]:
    """What the lists are called, in the active language."""
    return {
        "outputs": _("News, publications, events, videos, vacancies, developments"),
        "events": _("Events"),
        "themes": _("Themes"),
        "concepts": _("Terms of the glossary"),
        "institutions": _("Institutions"),
        "countries": _("Countries"),
        "figures": _("Indicators"),
        "queries": _("Ad-hoc queries and studies, with public answers"),
        "guidance": _("Guidance for applicants"),
    }


def descriptions() -> dict[str, str]:
    """What stands in the lists, in the active language."""
    return {
        "outputs": _("What the network publishes: titles, summaries, days, themes, terms, "
                     "institutions, countries and files, in all languages."),
        "events": _("Conferences, webinars and meetings, with their hours and places."),
        "themes": _("The main themes, in two levels."),
        "concepts": _("Names, definitions and relations of the glossary's terms."),
        "institutions": _("Authorities, agencies and organisations of the network."),
        "countries": _("Countries and their place in the network."),
        "figures": _("The indicators of official statistics, and where their values are."),
        "queries": _("What was asked in the network, and what countries let everybody know."),
        "guidance": _("Guidance in plain words, in the languages of applicants."),
    }  # fmt: skip
