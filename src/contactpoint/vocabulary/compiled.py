"""A vocabulary in the form in which it is used, kept in a file: built in seconds, read in a blink.

The file holds the tables as they lie in memory, and each concept as a line of JSON that is read
when the concept is asked for. It is a cache: made for this version of the library and its language
data only, checked as a whole by a digest before anything in it is believed, never run as code.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, cast

from contactpoint.vocabulary.model import (
    Definition,
    Label,
    LabelKind,
    Note,
    Scheme,
    VocabularyConcept,
    VocabularyError,
)
from contactpoint.vocabulary.tables import NUMBER_TABLES, NUMBERS, WORD_TABLES, Tables

_MAGIC: Final = b"contactpoint vocabulary, compiled\n"
# To be raised when the tables or the way in which words are cut and folded change.
_FORM: Final = "2"
_DIGEST_SIZE: Final = 32
_LENGTH_SIZE: Final = 8
_ALIGNED: Final = 8
_BETWEEN: Final = "\x1f"
_READ_AT_ONCE: Final = 300
_DATA: Final = ("endings.toml", "false_friends.toml", "languages.toml")


class StoredConcepts(Mapping[str, VocabularyConcept]):
    """Concepts by id that are read from the file's bytes when asked for.

    Labels lie apart, so that a match needs no more than the label that it is by.
    """

    def __init__(
        self, ids: list[str], successors: dict[str, str], part: Callable[[str], memoryview]
    ) -> None:
        """`part` gives the bytes of each of the scheme's sections."""
        self.replaced = successors
        self._ids = {name: number for number, name in enumerate(ids)}
        self._lines, self._labels = part("concepts"), part("labels")
        self._places = part("places").cast(NUMBERS)
        self._label_places = part("label_places").cast(NUMBERS)
        self._first_label = part("first_label").cast(NUMBERS)
        self._read = lru_cache(maxsize=_READ_AT_ONCE)(self._read_line)

    def __getitem__(self, name: str) -> VocabularyConcept:
        return self._read(self._ids[name])

    def label(self, name: str, place: int) -> Label:
        """One label of a concept, by its place among them."""
        return self._label(self._first_label[self._ids[name]] + place)

    def _label(self, number: int) -> Label:
        line = self._labels[self._label_places[number] : self._label_places[number + 1]]
        language, kind, variant, text = str(line, "utf-8").split(_BETWEEN, 3)
        return Label(text, language, cast("LabelKind", kind), variant)

    def _read_line(self, number: int) -> VocabularyConcept:
        line = self._lines[self._places[number] : self._places[number + 1]]
        labels = range(self._first_label[number], self._first_label[number + 1])
        return _concept(json.loads(bytes(line)), tuple(map(self._label, labels)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, name: object) -> bool:
        return name in self._ids


def replaced(concepts: Mapping[str, VocabularyConcept]) -> dict[str, str]:
    """The successor of each concept that has one among them."""
    return {
        name: concept.replaced_by
        for name, concept in concepts.items()
        if concept.replaced_by in concepts
    }


def save(path: Path, schemes: Iterable[Scheme], tables: Tables) -> None:
    """Write schemes and the tables compiled from them; whole or not at all."""
    sections: dict[str, bytes] = {}
    for name in NUMBER_TABLES:
        sections[name] = bytes(memoryview(getattr(tables, name)))
    for name in WORD_TABLES:
        sections[name] = "\n".join(getattr(tables, name)).encode()
    described = []
    for number, scheme in enumerate(schemes):
        for name, content in _stored(list(scheme.concepts.values())):
            sections[f"{name}-{number}"] = content
        described.append(
            {
                "id": scheme.id, "version": scheme.version, "uri": scheme.uri,
                "labels": [_label(label) for label in scheme.labels], "other": scheme.other,
                "concepts": list(scheme.concepts), "replaced": replaced(scheme.concepts),
            }
        )  # fmt: skip
    header = {
        "made_for": _made_for(),
        "languages": tables.languages,
        "sets": tables.sets,
        "schemes": described,
        "sections": {name: len(content) for name, content in sections.items()},
    }
    content = b"".join(_laid_out(json.dumps(header, ensure_ascii=False).encode(), sections))
    _write(path, _MAGIC + blake2b(content, digest_size=_DIGEST_SIZE).digest() + content)


def load(path: Path) -> tuple[list[Scheme], Tables]:
    """Read what `save` wrote. A file that is damaged or made for another version of the library is
    a `VocabularyError`, one that can't be opened an `OSError`; compile again then."""
    data = path.read_bytes()
    begins = len(_MAGIC) + _DIGEST_SIZE
    content = memoryview(data)[begins:]
    if not data.startswith(_MAGIC):
        raise VocabularyError(
            f"{path.name} is no compiled vocabulary. Compile one from its source."
        )
    if blake2b(content, digest_size=_DIGEST_SIZE).digest() != data[len(_MAGIC) : begins]:
        raise VocabularyError(f"{path.name} is damaged. Compile it again from its source.")
    size = int.from_bytes(content[:_LENGTH_SIZE], "little")
    header = json.loads(bytes(content[_LENGTH_SIZE : _LENGTH_SIZE + size]))
    if header["made_for"] != _made_for():
        raise VocabularyError(
            f"{path.name} was compiled for another version. Compile it again from its source."
        )
    sections = dict(_sections(content, _aligned(_LENGTH_SIZE + size), header["sections"]))
    schemes = [
        Scheme(
            id=about["id"],
            version=about["version"],
            concepts=StoredConcepts(
                about["concepts"], about["replaced"], _of_scheme(sections, number)
            ),
            labels=tuple(Label(*label) for label in about["labels"]),
            uri=about["uri"],
            other=tuple((one, two, three) for one, two, three in about["other"]),
        )
        for number, about in enumerate(header["schemes"])
    ]
    tables: dict[str, Any] = {name: sections[name].cast(NUMBERS) for name in NUMBER_TABLES}
    tables |= {name: _words(sections[name]) for name in WORD_TABLES}
    languages, sets = tuple(header["languages"]), tuple(map(tuple, header["sets"]))
    return schemes, Tables(languages=languages, sets=sets, **tables)


def _made_for() -> str:
    """Tells apart what would compile to other tables: the form, the machine, the language data."""
    digest = blake2b(f"{_FORM} {sys.byteorder} {array(NUMBERS).itemsize}".encode(), digest_size=16)
    for name in _DATA:
        digest.update((files("contactpoint.vocabulary") / "data" / name).read_bytes())
    return digest.hexdigest()


def _laid_out(header: bytes, sections: Mapping[str, bytes]) -> Iterator[bytes]:
    place = 0
    for part in (len(header).to_bytes(_LENGTH_SIZE, "little") + header, *sections.values()):
        yield part
        place += len(part)
        yield b"\0" * (_aligned(place) - place)
        place = _aligned(place)


def _sections(
    content: memoryview, place: int, lengths: Mapping[str, int]
) -> Iterator[tuple[str, memoryview]]:
    for name, length in lengths.items():
        yield name, content[place : place + length]
        place = _aligned(place + length)


def _aligned(place: int) -> int:
    return -(-place // _ALIGNED) * _ALIGNED


def _words(section: memoryview) -> list[str]:
    text = str(section, "utf-8")
    return text.split("\n") if text else []


def _of_scheme(sections: Mapping[str, memoryview], number: int) -> Callable[[str], memoryview]:
    return lambda name: sections[f"{name}-{number}"]


def _stored(concepts: Sequence[VocabularyConcept]) -> Iterator[tuple[str, bytes]]:
    """The sections of a scheme: its concepts and their labels, each with where they begin."""
    lines = [_line(concept) for concept in concepts]
    labels = [
        _BETWEEN.join((label.language, label.kind, label.variant, label.text)).encode()
        for concept in concepts
        for label in concept.labels
    ]
    yield "concepts", b"".join(lines)
    yield "places", _ends(map(len, lines))
    yield "labels", b"".join(labels)
    yield "label_places", _ends(map(len, labels))
    yield "first_label", _ends(len(concept.labels) for concept in concepts)


def _ends(lengths: Iterable[int]) -> bytes:
    return array(NUMBERS, accumulate(lengths, initial=0)).tobytes()


def _label(label: Label) -> list[str]:
    return [label.text, label.language, label.kind, label.variant]


def _line(concept: VocabularyConcept) -> bytes:
    content = {
        name: getattr(concept, name)
        for name in VocabularyConcept.__slots__
        if getattr(concept, name) and name not in {"labels", "definitions", "notes"}
    }
    content["definitions"] = [
        [one.text, one.language, one.source, one.context] for one in concept.definitions
    ]
    content["notes"] = [[one.text, one.language, one.kind] for one in concept.notes]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _concept(content: dict[str, Any], labels: tuple[Label, ...]) -> VocabularyConcept:
    definitions = tuple(Definition(*one) for one in content.pop("definitions"))
    notes = tuple(Note(*one) for one in content.pop("notes"))
    other = tuple((one, two) for one, two in content.pop("other", ()))
    rest: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in content.items()
    }
    return VocabularyConcept(
        labels=labels, definitions=definitions, notes=notes, other=other, **rest
    )


def _write(path: Path, content: bytes) -> None:
    """Beside the old file first, then in its place: a reader sees one of the two, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
