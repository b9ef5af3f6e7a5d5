"""Where documents come from: apps register what of theirs is searched.

Sources stand in the order of their names, so a walk over all keys can be taken up at any of them.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from contactpoint.search.documents import Document
from contactpoint.search.sources.sources import Source

__all__ = ["Source", "documents", "keys", "register", "registered"]

_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Search what a source tells; call it from `AppConfig.ready`."""
    _sources[source.name] = source


def registered() -> list[Source]:
    """All sources, by name."""
    return [_sources[name] for name in sorted(_sources)]


def keys(after: str = "") -> Iterator[str]:
    """The keys of all sources, those after a key only."""
    begun = after.partition(":")[0]
    for source in registered():
        if source.name >= begun:
            yield from source.keys(after if source.name == begun else "")


def documents(wanted: Sequence[str]) -> list[Document]:
    """The public things of these keys; of a source that nobody registered there are none."""
    found: list[Document] = []
    for name, group in groupby(sorted(wanted), key=lambda key: key.partition(":")[0]):
        source = _sources.get(name)
        if source is not None:
            found += source.documents(list(group))
    return found
