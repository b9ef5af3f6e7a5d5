"""A list as a reader asked for it: the entries of one page, the choices, the addresses."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from contactpoint.glossary.naming import ThemeNode, flat, theme_tree
from contactpoint.kit.citing import LABELS as CITATIONS
from contactpoint.kit.held import held, is_holding
from contactpoint.kit.locating import roots
from contactpoint.kit.pagination import AddressedPage, AddressedPaginator, Slices
from contactpoint.kit.prepared import rows
from contactpoint.outputs.chronicle import matrix, years
from contactpoint.outputs.citing import CITED
from contactpoint.outputs.entries import KIND_LABELS, TYPE_LABELS, Entry
from contactpoint.outputs.facets import Counts, count
from contactpoint.outputs.filters import (
    LABELS,
    Selection,
    mentions,
    narrowed,
    select,
    token,
)
from contactpoint.outputs.models import Output
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.querysets import (
    FIELDS,
    described,
    entries_of,
    in_order,
    newest_first,
    offered,
)

PER_PAGE = 20
NAMES = ("theme", "concept", "type", "year", "institution", "country")


@dataclass(slots=True)
class Option:
    """A choice of a filter; its address adds it, or takes it away where it is selected.

    `inner` says that it stands under the choice above it.
    """

    value: str
    label: str
    count: int
    url: str
    selected: bool
    inner: bool = False


@dataclass(slots=True)
class Filter:
    """A filter with its choices."""

    name: str
    label: str
    options: list[Option] = field(default_factory=list)

    @property
    def selected(self) -> bool:
        """Whether any choice is taken."""
        return any(option.selected for option in self.options)


def names_for(kind: str) -> tuple[str, ...]:
    """The filters of a list of `kind`: only publications have types."""
    return NAMES if kind == Kind.PUBLICATION else tuple(name for name in NAMES if name != "type")


def of_kind(kind: str, language: str, now: datetime | None = None) -> "QuerySet[Output]":
    """What a list of `kind` holds."""
    return offered(language, now).filter(kind=kind)


def listing(request: HttpRequest, kind: str, language: str) -> dict[str, Any]:
    """The context of a list page; six queries with the two that find the page."""
    tree = theme_tree(language)
    selection = select(request.GET, names_for(kind), kind=kind, language=language, tree=tree)
    is_chronicle = kind == Kind.DEVELOPMENT
    total, counts = count(
        partial(of_kind, kind, language),
        selection,
        language,
        key=(kind, language),
        further=["theme-year"] if is_chronicle else (),
    )
    page = paginated(
        request,
        total,
        partial(_shown, request=request, language=language, selection=selection),
        selection,
    )
    tail = "&".join(selection.tokens())
    return {
        "entries": page,
        "total": total,
        "filters": filters(selection, counts, tree, path=request.path),
        "active_filters": active(selection, path=request.path),
        "notices": mentions(selection.names, selection.ignored),
        "clear_url": request.path,
        "feed_url": f"{request.path}feed.atom" + (f"?{tail}" if tail else ""),
        "years": years(list(page)) if is_chronicle else [],
        "matrix": matrix(counts["theme-year"], tree, request.path) if is_chronicle else None,
        "query_tail": tail,
        "list_citations": [
            (label, f"{request.path}citations.{form}" + (f"?{tail}" if tail else ""))
            for form, label in CITATIONS.items()
        ]
        if kind in CITED
        else [],
    }


def _shown(
    start: int, stop: int, *, request: HttpRequest, language: str, selection: Selection
) -> list[Entry]:
    """The entries of a slice."""
    kind = selection.kind
    values = [timezone.now(), *selection.flat()]

    def ordered(marks: list[Any]) -> "QuerySet[Output]":
        outputs = narrowed(of_kind(kind, language, marks[0]), selection.filled(marks[1:]))
        return newest_first(outputs, kind)

    shape = (kind, language, selection.shape())
    if not is_holding():
        found = rows(
            ("shown", *shape, start, stop),
            lambda marks: ordered(marks)[start:stop].values_list(*FIELDS),
            values,
        )
        return described(found, language, roots(request))
    # A database may have to sort all, or to go past all that stands before: so the order is held.
    order = held(("order", *shape, *values[1:]), lambda: in_order(ordered(values)))
    return entries_of(order[start:stop], language, roots(request))


def paginated(
    request: HttpRequest,
    total: int,
    fetch: Any,
    selection: Selection,
    first: Sequence[str] = (),
) -> AddressedPage:
    """The page that was asked for; `first` are parts of the address that stand before filters."""
    query = QueryDict("&".join([*first, *selection.tokens()]))
    paginator = AddressedPaginator(Slices(total, fetch), PER_PAGE, path=request.path, query=query)
    page = paginator.asked(request.GET)
    page.object_list = list(page.object_list)
    return page


def filters(
    selection: Selection,
    counts: Counts,
    tree: list[ThemeNode],
    *,
    path: str,
    first: Sequence[str] = (),
) -> list[Filter]:
    """Filters that offer a choice, each with its choices in the order that suits it."""
    tokens = [*first, *selection.tokens()]
    made = []
    children = {child.theme.slug for node in tree for child in node.children}
    for name in selection.names:
        chosen = selection.chosen.get(name, {})
        found = counts[name]
        one = Filter(name, str(LABELS[name]))
        for value, label in _ordered(name, found, chosen, tree):
            mine = token(name, value)
            rest = [part for part in tokens if part != mine]
            parts = rest if value in chosen else [*tokens, mine]
            number = found[value][1] if value in found else 0
            inner = name == "theme" and value in children
            one.options.append(
                Option(value, label, number, _url(path, parts), value in chosen, inner)
            )
        if one.options:
            made.append(one)
    return made


def _ordered(
    name: str,
    found: dict[str, tuple[str, int]],
    chosen: dict[str, str],
    tree: list[ThemeNode],
) -> list[tuple[str, str]]:
    """Themes as in the tree, years from the newest, places by name, all else by use."""
    if name == "theme":
        known = [(node.theme.slug, node.theme.label) for node in flat(tree)]
        return [(value, label) for value, label in known if value in found or value in chosen]
    labels = {**{value: label for value, (label, _number) in found.items()}, **chosen}
    if name in ("kind", "type"):
        words = KIND_LABELS if name == "kind" else TYPE_LABELS
        labels = {value: str(words.get(value, value)) for value in labels}
    if name == "year":
        return sorted(labels.items(), reverse=True)
    if name == "country":
        return sorted(labels.items(), key=lambda item: item[1].casefold())
    most = {value: -found[value][1] if value in found else 0 for value in labels}
    return sorted(labels.items(), key=lambda item: (most[item[0]], item[1].casefold()))


def active(selection: Selection, *, path: str, first: Sequence[str] = ()) -> list[dict[str, str]]:
    """What is chosen, each with the address of the list without it."""
    tokens = [*first, *selection.tokens()]
    return [
        {
            "label": label,
            "remove_url": _url(path, [part for part in tokens if part != token(name, value)]),
        }
        for name in selection.names
        for value, label in selection.chosen.get(name, {}).items()
    ]


def _url(path: str, parts: Sequence[str]) -> str:
    return f"{path}?{'&'.join(parts)}" if parts else path
