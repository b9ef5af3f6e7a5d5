"""A suggester as one file: arrays and text in a zip, nothing that runs when it is read.

The format is numpy's `.npz` without pickled objects. A header names format and version; a digest
over all arrays tells a damaged file from a whole one. A file from somebody else is still only
numbers: every row number is checked before it is used.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from contactpoint.vocabulary.learning.labels import LabelTable
from contactpoint.vocabulary.learning.lessons import Lessons, Neighbours, Witness
from contactpoint.vocabulary.learning.postings import Postings
from contactpoint.vocabulary.learning.suggester import KnownConcept, Suggester
from contactpoint.vocabulary.learning.training import Weights
from contactpoint.vocabulary.learning.words import WordKeys
from contactpoint.vocabulary.model import VocabularyError

FORMAT: Final = "contactpoint-suggester"
VERSION: Final = 1
LARGEST: Final = 2**30

Arrays = dict[str, NDArray[Any]]


def save(suggester: Suggester, path: Path) -> None:
    """Write to `path`; a file that is there is replaced only when the new one is whole."""
    arrays: Arrays = {"concepts": _packed([_row(one) for one in suggester.concepts])}
    for language, table in suggester.tables.items():
        name = f"table.{language}."
        arrays[name + "numbers"] = _packed(list(table.numbers))
        arrays[name + "known"] = _packed(sorted(table.keys.known))
        arrays.update(_parts(name + "by_key", table.by_key))
        for field in _TABLE:
            arrays[name + field] = getattr(table, field)
    header: dict[str, Any] = {"languages": list(suggester.tables), "words": None}
    if suggester.learned is not None:
        lessons, weights = suggester.learned
        header["words"] = list(lessons.words)
        header["bases"] = [weights.known_base, weights.foreign_base]
        for language, numbers in lessons.words.items():
            arrays[f"words.{language}.keys"] = _packed(list(numbers))
            arrays[f"words.{language}.numbers"] = np.fromiter(numbers.values(), np.int64)
        for name, witness in (("by_word", lessons.by_word), ("by_claim", lessons.by_claim)):
            arrays[name + ".seen"] = witness.seen
            arrays.update(_parts(name + ".together", witness.together))
        arrays["neighbours.rarity"] = lessons.neighbours.rarity
        arrays.update(_parts("neighbours.by_word", lessons.neighbours.by_word))
        arrays.update(_parts("neighbours.given", lessons.neighbours.given))
        for field in _COUNTS:
            arrays[field] = getattr(lessons, field)
        arrays["weights.known"], arrays["weights.foreign"] = weights.known, weights.foreign
    header |= {"format": FORMAT, "version": VERSION, "digest": _digest(arrays)}
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        np.savez_compressed(file, **{"header": _packed(header), **arrays})  # type: ignore[arg-type]
    new.replace(path)


def load(path: Path) -> Suggester:
    """Read what `save` wrote. Raises `VocabularyError` for anything else, `OSError`."""
    arrays = _arrays(path)
    header = _header(path, arrays)
    try:
        concepts = [KnownConcept(*map(str, row)) for row in _unpacked(arrays["concepts"])]
        tables = [_table(arrays, str(language), len(concepts)) for language in header["languages"]]
        learned = _learned(arrays, header, len(concepts)) if header["words"] is not None else None
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path) from error
    return Suggester(concepts, tables, learned)


_TABLE: Final = ("concepts", "mass", "lengths", "kinds", "is_form")
_COUNTS: Final = ("given", "claimed", "right")


def _arrays(path: Path) -> Arrays:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > LARGEST:
            raise VocabularyError(
                f"{path.name} would take {size // 2**20} MB of memory; {LARGEST // 2**20} MB are "
                "the most. Train on fewer documents."
            )
        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (zipfile.BadZipFile, ValueError, EOFError, KeyError, NotImplementedError) as error:
        if isinstance(error, VocabularyError):
            raise
        raise _damaged(path) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise _damaged(path) from error
        raise


def _header(path: Path, arrays: Arrays) -> dict[str, Any]:
    try:
        header = _unpacked(arrays.pop("header"))
        if header["format"] != FORMAT:
            raise KeyError(FORMAT)
        version, digest = header["version"], header["digest"]
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path) from error
    if version != VERSION:
        raise VocabularyError(
            f"{path.name} is of version {version!r}; this program reads {VERSION}. Train it again."
        )
    if digest != _digest(arrays):
        raise _damaged(path)
    return header


def _damaged(path: Path) -> VocabularyError:
    return VocabularyError(
        f"{path.name} is no suggester, or it is damaged. Copy it again, or train it again."
    )


def _table(arrays: Arrays, language: str, concepts: int) -> LabelTable:
    name = f"table.{language}."
    numbers = {str(key): place for place, key in enumerate(_unpacked(arrays[name + "numbers"]))}
    keys = WordKeys(language, map(str, _unpacked(arrays[name + "known"])))
    fields = {field: arrays[name + field] for field in _TABLE}
    labels = len(fields["concepts"])
    _check(fields["concepts"], concepts)
    if any(len(fields[field]) != labels for field in ("mass", "lengths", "kinds")):
        raise ValueError(name)
    if len(fields["is_form"]) != len(numbers):
        raise ValueError(name)
    by_key = _postings(arrays, name + "by_key", len(numbers), labels)
    return LabelTable(language, keys, numbers, by_key, *fields.values())


def _learned(arrays: Arrays, header: Mapping[str, Any], concepts: int) -> tuple[Lessons, Weights]:
    things = len(arrays["by_word.seen"])
    words = {
        str(language): dict(
            zip(
                map(str, _unpacked(arrays[f"words.{language}.keys"])),
                _check(arrays[f"words.{language}.numbers"], things).tolist(),
                strict=True,
            )
        )
        for language in header["words"]
    }
    documents = len(arrays["neighbours.given.begins"]) - 1
    lessons = Lessons(
        words,
        _witness(arrays, "by_word", concepts),
        _witness(arrays, "by_claim", concepts),
        Neighbours(
            arrays["neighbours.rarity"],
            _postings(arrays, "neighbours.by_word", things, documents),
            _postings(arrays, "neighbours.given", documents, concepts),
        ),
        *(arrays[field] for field in _COUNTS),
    )
    known, foreign = (float(base) for base in header["bases"])
    return lessons, Weights(arrays["weights.known"], known, arrays["weights.foreign"], foreign)


def _witness(arrays: Arrays, name: str, concepts: int) -> Witness:
    seen = arrays[name + ".seen"]
    if seen.dtype != np.float32:
        raise ValueError(name)
    return Witness(seen, _postings(arrays, name + ".together", len(seen), concepts))


def _parts(name: str, kept: Postings) -> Arrays:
    return {
        f"{name}.begins": kept.begins,
        f"{name}.targets": kept.targets,
        f"{name}.weights": kept.weights,
    }


def _postings(arrays: Arrays, name: str, rows: int, columns: int) -> Postings:
    kept = Postings(*(arrays[f"{name}.{field}"] for field in Postings._fields))
    _check(kept.targets, columns)
    _check(kept.begins, len(kept.targets) + 1)
    if len(kept.begins) != rows + 1 or (np.diff(kept.begins) < 0).any():
        raise ValueError(name)
    if len(kept.weights) != len(kept.targets) or kept.begins[-1] != len(kept.targets):
        raise ValueError(name)
    return kept


def _check(numbers: NDArray[Any], limit: int) -> NDArray[Any]:
    """Whole numbers from 0 to below `limit`, or `ValueError`."""
    if numbers.ndim != 1 or numbers.dtype.kind not in "iu":
        raise ValueError(numbers.dtype)
    if len(numbers) and (numbers.min() < 0 or numbers.max() >= limit):
        raise ValueError(limit)
    return numbers


def _row(concept: KnownConcept) -> list[str]:
    return [concept.scheme, concept.id, concept.uri, concept.label]


def _packed(value: Sequence[Any] | Mapping[str, Any]) -> NDArray[np.uint8]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> Any:
    return json.loads(packed.tobytes().decode("utf-8", "surrogatepass"))


def _digest(arrays: Arrays) -> str:
    total = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        total.update(f"{name}:{array.dtype.str}:{array.shape}\n".encode())
        total.update(array.tobytes())
    return total.hexdigest()
