"""What is narrowed without a question: the list of the kind, or all by date from the database."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from contactpoint.kit.context import same_path, translations
from contactpoint.kit.locating import roots
from contactpoint.kit.pagination import AddressedPaginator, Slices
from contactpoint.outputs.filters import mentions, narrowed, select
from contactpoint.outputs.models.lists import LISTS
from contactpoint.outputs.querysets import entries, newest_first, readable
from contactpoint.search.showing.addresses import Asked
from contactpoint.search.showing.choices import Choices
from contactpoint.search.showing.naming import PARAMETERS, Names

DATABASE_FILTERS: Final = ("kind", "theme", "concept", "type", "year", "institution", "country")
PER_PAGE: Final = 20
ADDRESSES: Final[Mapping[str, str]] = {
    **{str(kind): f"{slug}/" for kind, (slug, _name) in LISTS.items()},
    "concept": "glossary/",
    "theme": "themes/",
}
"""By kind, where all of it is listed, under the language."""


def without_question(
    request: HttpRequest, context: dict[str, Any], asked: Asked, names: Names, remarks: list[str]
) -> HttpResponse:
    """The plain page; where something narrows, what there is of it, the newest first."""
    if not asked.is_narrowed:
        return render(request, "search/search.html", context)
    plain = [one for one in asked.choices if one.mode == "any" and one.facet in DATABASE_FILTERS]
    kinds = [one.value for one in plain if one.facet == "kind"]
    is_plain = len(plain) == len(asked.choices) and asked in (
        Asked("", asked.choices),
        Asked("", asked.choices, sort="newest"),
    )
    if len(kinds) == 1 and kinds[0] in ADDRESSES and is_plain:
        rest = Asked("", tuple(one for one in plain if one.facet != "kind"))
        tail = rest.query().partition("&")[2]
        address = f"/{names.language}/{ADDRESSES[kinds[0]]}"
        return HttpResponseRedirect(f"{address}?{tail}" if tail else address)
    selection = select(
        request.GET, DATABASE_FILTERS, kind="", language=names.language, tree=names.tree
    )
    outputs = newest_first(narrowed(readable(names.language), selection))
    known_roots = roots(request)

    def fetch(start: int, stop: int) -> list[Any]:
        return entries(outputs[start:stop], names.language, known_roots)

    kept = Asked("", tuple(plain))
    query = request.GET.copy()
    query.clear()
    for name, value in kept.parameters():
        if name != "q":
            query.appendlist(name, value)
    paginator = AddressedPaginator(
        Slices(outputs.count(), fetch), PER_PAGE, path=request.path, query=query
    )
    page = paginator.asked(request.GET)
    choices = Choices(kept, names, lambda other: f"{request.path}?{other.query()}")
    notices = [*remarks, *mentions(DATABASE_FILTERS, selection.ignored, PARAMETERS)]
    if not is_plain:
        notices.append(
            _(
                "Without a question, things can be narrowed only by kind, type, theme, term, year, "
                "institution and country that are wanted; the rest was left out."
            )
        )
    context |= {
        "translations": translations(same_path(request), query.urlencode()),
        "by_date": page,
        "notices": notices,
        "chosen": choices.chosen(),
        "clear_url": request.path,
        "total": paginator.count,
        "page_obj": page,
        "kept": kept.parameters()[1:],
    }
    return render(request, "search/search.html", context)
