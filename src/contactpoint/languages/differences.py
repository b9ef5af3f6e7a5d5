"""In which paragraphs a translation differs from what its original says now.

The paragraphs of a path are compared as a whole, so that one that was put in does not make all
that follow it look changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from contactpoint.languages.passages import Passage, alike, by_path

CHANGED, NEW, GONE = "changed", "new", "gone"
UNTRANSLATED, UNCHECKED = "untranslated", "unchecked"
OLDER: Final = frozenset({CHANGED, NEW, GONE})
"""What makes a translation older than its original."""
_LABEL: Final = 48
_OWN: Final = "~"
Basis = list[list[Any]]
"""`[[path, [digest, …]], …]`"""


def standing_in(digest: str) -> str:
    """In a basis: what nobody has translated, so that this version of the original stands there."""
    return f"{_OWN}{digest}"


def is_translated(noted: str) -> bool:
    """Whether an entry of a basis is a paragraph in the language of the translation."""
    return bool(noted) and not noted.startswith(_OWN)


def version_of(noted: str) -> str:
    """The digest of an entry of a basis; empty where an older release did not note it."""
    return noted.removeprefix(_OWN)


def instead(noted: str, digest: str) -> str:
    """The same entry, of another version of the original."""
    return standing_in(digest) if noted.startswith(_OWN) else digest


@dataclass(slots=True)
class Difference:
    """One paragraph. `before` and `after` are digests of the original's versions.

    `at` and `place` say where in the translation: a path, and which of its paragraphs; `at` is
    empty where the translation has nothing there. `index` is the place in the basis.
    """

    kind: str
    path: str
    index: int
    before: str
    after: str
    was: str
    now: str
    at: str
    place: int
    label: str

    @property
    def key(self) -> str:
        """Names the change, whichever translation it is seen from."""
        return f"{self.path} {self.before or '-'} {self.after or '-'}"

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def differences(
    basis: Basis,
    original: Sequence[Passage],
    translation: Sequence[Passage],
    texts: Mapping[str, str],
    unchecked: Iterable[tuple[str, int]] = (),
) -> list[Difference]:
    """All of them in the order of the original; `texts` are earlier versions by digest.

    `unchecked` are paths of the translation, with places, that a machine wrote.
    """
    now, there = by_path(original), by_path(translation)
    based = dict(basis)
    known = dict(texts) | {passage.digest: passage.text for passage in original}
    paths = [path for path, _digests in basis]
    near = alike(paths, list(there))
    found: list[Difference] = []
    for path in [*now, *(path for path in paths if path not in now)]:
        then = [str(digest) for digest in based.get(path, [])]
        today = [passage.digest for passage in now.get(path, [])]
        written = there.get(near.get(path, path), [])
        for kind, index, before, after in _steps(then, today):
            label, at, place = _place(near.get(path, path), index, len(then), written, kind)
            found.append(
                Difference(
                    kind=kind, path=path, index=index, before=before, after=after,
                    was=known.get(before, ""), now=known.get(after, ""),
                    at=at, place=place, label=label,
                )
            )  # fmt: skip
    for path, place in unchecked:
        written = there.get(path, [])
        if place < len(written):
            label = _short(written[place].text)
            found.append(Difference(UNCHECKED, path, place, "", "", "", "", path, place, label))
    return found


def moved_on(basis: Basis, settled: Iterable[Difference], paths: Sequence[str]) -> Basis:
    """The basis when these differences, in their order, count no more.

    `paths` is the order of the original.
    """
    based = {path: list(digests) for path, digests in basis}
    for one in reversed(list(settled)):
        digests = based.setdefault(one.path, [])
        if one.kind == NEW:
            digests.insert(one.index, one.after)
        elif one.kind == GONE:
            del digests[one.index]
        elif one.kind == CHANGED:
            digests[one.index] = instead(digests[one.index], one.after)
    ordered = [*paths, *(path for path in based if path not in set(paths))]
    return [[path, based[path]] for path in ordered if based.get(path)]


def _steps(then: list[str], today: list[str]) -> Iterable[tuple[str, int, str, str]]:
    """`(kind, index in then, before, after)`.

    What is not translated is told for itself; it is older, too, if it stands in words that the
    original has no more. Where nobody noted which words those were, it stands for whatever is now.
    """
    if "" in then and len(then) == len(today):
        for index, (before, after) in enumerate(zip(then, today, strict=True)):
            yield from _step(index, before, after)
        return
    versions = [version_of(noted) for noted in then]
    matcher = SequenceMatcher(None, versions, today, autojunk=False)
    for _tag, start, end, first, last in matcher.get_opcodes():
        both = min(end - start, last - first)
        for step in range(both):
            yield from _step(start + step, then[start + step], today[first + step])
        for index in range(start + both, end):
            yield from _step(index, then[index], "")
        for number in range(first + both, last):
            yield NEW, end, "", today[number]


def _step(index: int, noted: str, after: str) -> Iterable[tuple[str, int, str, str]]:
    """What has become of one paragraph."""
    before = version_of(noted)
    if not is_translated(noted):
        yield UNTRANSLATED, index, "", after
    if before and before != after:
        yield (CHANGED if after else GONE), index, before, after


def _place(
    path: str, index: int, based: int, written: Sequence[Passage], kind: str
) -> tuple[str, str, int]:
    """The label and the place in the translation; -1 is the whole block, where they don't match."""
    if not written:
        return "", "", -1
    place = index if len(written) == based else -1
    if kind == NEW:
        place = min(index - 1, len(written) - 1) if place >= 0 else -1
        return "", (path if index else ""), max(place, -1)
    return _short(written[max(place, 0)].text), path, place


def _short(text: str) -> str:
    if len(text) <= _LABEL:
        return text
    return f"{text[:_LABEL].rsplit(' ', 1)[0].rstrip(' ,.;:–-')} …"
