"""Title, teaser and text of a version as one text, cut into words once for all who read it."""

from bisect import bisect_left

from contactpoint.search.documents import Version
from contactpoint.vocabulary.normalise import Cut, cut

_BETWEEN = "\n\n"


class Whole:
    """`text[:title_ends]` is the title, what begins at `text_begins` the text; offsets of `words`
    count from the beginning of the whole."""

    __slots__ = ("_places", "text", "text_begins", "title_ends", "version", "words")

    def __init__(self, version: Version) -> None:
        self.version = version
        self.text = _BETWEEN.join((version.title, version.teaser, version.text))
        self.words = cut(self.text)
        self.title_ends = len(version.title)
        self.text_begins = self.title_ends + len(version.teaser) + 2 * len(_BETWEEN)
        starts = self.words.starts
        self._places = (
            0,
            bisect_left(starts, self.title_ends),
            bisect_left(starts, self.text_begins),
            len(starts),
        )

    @property
    def title(self) -> Cut:
        """The words of the title."""
        return self._part(0)

    @property
    def teaser(self) -> Cut:
        """The words of the teaser."""
        return self._part(1)

    @property
    def body(self) -> Cut:
        """The words of the text."""
        return self._part(2)

    def _part(self, number: int) -> Cut:
        first, last = self._places[number : number + 2]
        raws, starts, ends = self.words
        return Cut(raws[first:last], starts[first:last], ends[first:last])
