"""The texts of attached files, page by page, read when they are looked at.

A file may hold millions of characters, a batch hundreds of files: what is told of a batch names
them, and each thing's are read while it is prepared.
"""

from collections.abc import Iterator, Sequence
from typing import overload

from contactpoint.media.reading import pages
from contactpoint.outputs.files import Attached
from contactpoint.search.documents import FilePage


class FilePages(Sequence[FilePage]):
    """The pages of a thing's files that hold text; each walk over them takes one query."""

    def __init__(self, files: Sequence[Attached]) -> None:
        self._files = files

    def __iter__(self) -> Iterator[FilePage]:
        texts = pages(file.document for file in self._files)
        for file in self._files:
            for number, text in texts.pop(file.document, ()):
                yield FilePage(file.title, file.url, file.document, number, text, file.language)

    def __bool__(self) -> bool:
        return bool(self._files)

    def __len__(self) -> int:
        return sum(1 for _page in self)

    @overload
    def __getitem__(self, place: int) -> FilePage: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[FilePage]: ...

    def __getitem__(self, place: int | slice) -> FilePage | Sequence[FilePage]:
        return list(self)[place]
