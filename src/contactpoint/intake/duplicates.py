"""Whether something is there already: by its source address, its title or its text.

Two things are compared as the desk compares outputs. What it has read is found by the numbers that
it keeps; pages that it has not come to yet, and items that wait for review, get theirs once a
reading, and only when something new turns up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from contactpoint.desk.likeness.finding import COMMON, known_of, sharing
from contactpoint.desk.likeness.keys import Known, keys, known, likeness
from contactpoint.desk.models.likeness import By
from contactpoint.desk.reading import changed
from contactpoint.intake.models import ImportedItem
from contactpoint.intake.problems import Problem, problem
from contactpoint.outputs.models import Output

_MOST_COMPARED: Final = 20
_WAITING: Final = (ImportedItem.Status.PENDING, ImportedItem.Status.CHANGED)
_CODES: Final = {
    By.SOURCE: "duplicate-address",
    By.TITLE: "duplicate-title",
    By.TEXT: "duplicate-text",
}
_COMPARED: Final = ("title", "teaser", "body", "source_url")

Place = tuple[type[Output] | type[ImportedItem], int]
"""Where something is: a page or an item that waits, and its key."""


def is_duplicate(problems: Iterable[Mapping[str, Any]]) -> bool:
    """Whether one of the problems is that the item may be there already."""
    return any(found["code"].startswith("duplicate-") for found in problems)


class Duplicates:
    """What is there in one language, pages and items that wait."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._unread: dict[int, set[Place]] = defaultdict(set)
        self._is_loaded = False

    def find(self, items: Sequence[Mapping[str, Any]]) -> list[Problem | None]:
        """For each item of a batch what it is most like; as many queries for many as for few."""
        if not items:
            return []
        self._load()
        of = [_known_of(item) for item in items]
        numbers = [keys(one, self._language) for one in of]
        read = sharing({value for each in numbers for _by, value in each}, self._language)
        near = [self._near(each, read) for each in numbers]
        there = self._there({place for each in near for place in each})
        return [
            _strongest(one, [(place, *there[place]) for place in each if place in there])
            for one, each in zip(of, near, strict=True)
        ]

    def _load(self) -> None:
        """What was there when the reading began: a source knows its own items."""
        if self._is_loaded:
            return
        self._is_loaded = True
        pages = Output.objects.filter(
            pk__in=changed().values("pk"), locale__language_code=self._language
        )
        for page in pages.only(*_COMPARED).iterator(500):
            self._add((Output, page.pk), known_of(page))
        waiting = ImportedItem.objects.filter(status__in=_WAITING, language=self._language)
        for pk, inferred in waiting.values_list("pk", "inferred").iterator(500):
            self._add((ImportedItem, pk), _known_of(inferred))

    def _add(self, place: Place, what: Known) -> None:
        for _by, value in keys(what, self._language):
            self._unread[value].add(place)

    def _near(self, numbers: list[tuple[By, int]], read: Mapping[int, set[int]]) -> list[Place]:
        """Whatever shares the most of these numbers; those that many share say nothing."""
        times: Counter[Place] = Counter()
        for by, value in numbers:
            places: set[Place] = {(Output, page) for page in read.get(value, ())}
            places |= self._unread.get(value, set())
            if len(places) <= COMMON[by]:
                times.update(places)
        return [place for place, _number in times.most_common(_MOST_COMPARED)]

    def _there(self, places: Iterable[Place]) -> dict[Place, tuple[str, Known]]:
        """Title and what is compared of each; two queries."""
        wanted: dict[Any, list[int]] = {Output: [], ImportedItem: []}
        for model, pk in places:
            wanted[model].append(pk)
        found: dict[Place, tuple[str, Known]] = {}
        for page in Output.objects.filter(pk__in=wanted[Output]).only(*_COMPARED):
            found[Output, page.pk] = page.title, known_of(page)
        items = ImportedItem.objects.filter(pk__in=wanted[ImportedItem])
        for pk, inferred in items.values_list("pk", "inferred"):
            found[ImportedItem, pk] = inferred["title"], _known_of(inferred)
        return found


def _known_of(inferred: Mapping[str, Any]) -> Known:
    teaser = inferred["teaser"]
    text = f"{teaser} {inferred['body']}"
    return known(inferred["title"], text, inferred.get("source_url", ""), teaser=teaser)


def _strongest(of: Known, there: list[tuple[Place, str, Known]]) -> Problem | None:
    best: tuple[int, By, Place, str] | None = None
    for place, title, what in there:
        same = likeness(of, what)
        if same is not None and (best is None or same[1] > best[0]):
            best = same[1], same[0], place, title
    if best is None:
        return None
    _percent, by, (model, pk), title = best
    return problem(_CODES[by], title=title, page=pk if model is Output else 0)
