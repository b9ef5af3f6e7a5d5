"""Pages of a long list, numbered from 1, each with one address: the first has no number in its."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast, overload

from django.core.paginator import Page, Paginator
from django.http import Http404, QueryDict

PARAMETER = "page"


class Slices(Sequence[Any]):
    """A list of known length whose parts are fetched when they are asked for."""

    def __init__(self, length: int, fetch: Callable[[int, int], list[Any]]) -> None:
        self._length = length
        self._fetch = fetch

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, int):
            return self._fetch(index, index + 1)[0]
        start, stop, _step = index.indices(self._length)
        return self._fetch(start, stop) if stop > start else []


class AddressedPage(Page[Any]):
    """A page that knows the addresses of its neighbours."""

    paginator: "AddressedPaginator"

    @property
    def previous_url(self) -> str:
        """The address of the page before; empty on the first."""
        return self.paginator.url(self.number - 1) if self.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The address of the page after; empty on the last."""
        return self.paginator.url(self.number + 1) if self.has_next() else ""

    @property
    def links(self) -> Iterator[tuple[int | None, str]]:
        """`(number, address)` of the ends and the neighbours; no number where some are left out."""
        for number in self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1):
            yield (number, self.paginator.url(number)) if isinstance(number, int) else (None, "")


class AddressedPaginator(Paginator[Any]):
    """A paginator that keeps the rest of the query in the addresses of its pages."""

    def __init__(self, slices: Slices, per_page: int, *, path: str, query: QueryDict) -> None:
        super().__init__(slices, per_page)
        self._path = path
        kept = query.copy()
        kept.pop(PARAMETER, None)
        self._query = kept.urlencode()

    def url(self, number: int) -> str:
        """The address of a page."""
        parts = [self._query] if self._query else []
        if number > 1:
            parts.append(f"{PARAMETER}={number}")
        return f"{self._path}?{'&'.join(parts)}" if parts else self._path

    def _get_page(self, *args: Any, **kwargs: Any) -> AddressedPage:
        return AddressedPage(*args, **kwargs)

    def asked(self, query: QueryDict) -> AddressedPage:
        """The page that a reader asks for; a number that there is not is a 404."""
        given = query.get(PARAMETER, "1")
        number = int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else 0
        if not 1 <= number <= self.num_pages:
            raise Http404
        return cast(AddressedPage, self.page(number))
