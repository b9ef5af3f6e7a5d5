"""Which item is which, from one reading to the next: by its words, not by its place or file; where
the source names it (an address, an id), by that name.

Two readings of the same text are the same item whatever the file is called. A text that occurs
twice in a source is two items, told apart by their order. A name that occurs twice is so, too,
until an editor says whether the second is another.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from hashlib import blake2b
from typing import Final, NamedTuple

from contactpoint.intake.raw import RawItem
from contactpoint.vocabulary import fold

_EDGE: Final = 8


class Key(NamedTuple):
    """`text` identifies the words; `opening` and `closing` their first and last few."""

    text: str
    opening: str
    closing: str
    digest: str


def key(raw: RawItem, language: str, scope: str = "") -> Key:
    """The key of a raw item; `digest` covers all that its source says.

    An item that its source names for good is that one whatever its words are; `scope` parts
    sources that may name things alike.
    """
    words = fold(raw.text).split()
    facts = "\n".join(
        [" ".join(raw.text.split()), raw.date, *raw.themes, "", *raw.keywords, *raw.facts]
    )
    own = f"{language} {scope} {raw.anchor}" if raw.anchor else " ".join([language, *words])
    return Key(
        text=_hash(own, 16),
        opening=_hash(" ".join([language, *words[:_EDGE]]), 8),
        closing=_hash(" ".join([language, *words[-_EDGE:]]), 8),
        digest=_hash(facts, 16),
    )


def _hash(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()


class Seen:
    """The texts of one source, eight bytes each: which occur in it, and how often."""

    def __init__(self) -> None:
        self._numbers = array("Q")
        self._repeated: set[int] = set()
        self._met: Counter[int] = Counter()

    def add(self, text_key: str) -> None:
        """Note a text; call it for every item before anything else."""
        self._numbers.append(int(text_key[:16], 16))

    def close(self) -> None:
        """Make ready for questions."""
        self._numbers = array("Q", sorted(self._numbers))
        pairs = zip(self._numbers, self._numbers[1:], strict=False)
        self._repeated = {one for one, other in pairs if one == other}

    def __contains__(self, text_key: str) -> bool:
        number = int(text_key[:16], 16)
        place = bisect_left(self._numbers, number)
        return place < len(self._numbers) and self._numbers[place] == number

    def __len__(self) -> int:
        return len(self._numbers)

    def identity(self, text_key: str) -> str:
        """The identity of the next item with this text, in the order of the source."""
        number = int(text_key[:16], 16)
        if number not in self._repeated:
            return text_key
        self._met[number] += 1
        return text_key if self._met[number] == 1 else f"{text_key}-{self._met[number]}"
