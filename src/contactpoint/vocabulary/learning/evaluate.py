"""How good and how fast suggestions are on classified documents, without and with learning."""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from contactpoint.vocabulary.formats import read
from contactpoint.vocabulary.learning.documents import Document, read_documents
from contactpoint.vocabulary.learning.metrics import f1_at, mean, ndcg_at
from contactpoint.vocabulary.learning.storage import load, save
from contactpoint.vocabulary.learning.suggester import Suggester

LIMIT = 10


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of one run. Seconds are of CPU; `peak_mb` is the most that the process ever held."""

    f1: float
    ndcg: float
    per_cpu_second: float
    load_seconds: float
    train_seconds: float
    peak_mb: float
    documents: int

    def as_json(self) -> dict[str, float | int]:
        """The names that the outside relies on."""
        return {
            "f1@5": round(self.f1, 4),
            "ndcg@10": round(self.ndcg, 4),
            "per_cpu_second": round(self.per_cpu_second, 1),
            "load_seconds": round(self.load_seconds, 3),
            "train_seconds": round(self.train_seconds, 3),
            "peak_mb": round(self.peak_mb, 1),
            "documents": self.documents,
        }


def evaluate(
    suggester: Suggester,
    documents: Sequence[Document],
    language: str,
    *,
    load_seconds: float = 0.0,
    train_seconds: float = 0.0,
) -> Evaluation:
    """Suggest for `documents` and compare with what a person gave them.

    Only suggesting is timed. Addresses that the vocabulary doesn't have are left out of account.
    """
    before = time.process_time()
    found = suggester.suggest_all([one.text for one in documents], LIMIT, language=language)
    spent = time.process_time() - before
    addresses = {(one.scheme, one.id): one.uri for one in suggester.concepts}
    known = frozenset(addresses.values())
    ranked = [[addresses[one.scheme, one.concept] for one in each] for each in found]
    right = [one.concepts & known for one in documents]
    return Evaluation(
        f1=mean(map(f1_at, ranked, right)),
        ndcg=mean(map(ndcg_at, ranked, right)),
        per_cpu_second=len(documents) / max(spent, 1e-9),
        load_seconds=load_seconds,
        train_seconds=train_seconds,
        peak_mb=peak_mb(),
        documents=len(documents),
    )


def run(
    vocabulary: Path,
    language: str,
    test: Path,
    train: Path | None = None,
    *,
    train_language: str | None = None,
) -> Evaluation:
    """Load, learn if there is something to learn from, and evaluate.

    `vocabulary` is a scheme, or a suggester that was kept in a file (`.npz`). Documents are read
    before the clock starts. Raises `VocabularyError`, `OSError`."""
    documents = read_documents(test)
    lessons = {train_language or language: read_documents(train)} if train else {}
    before = time.process_time()
    suggester = open_suggester(vocabulary, {language, *lessons})
    _settle()
    loaded = time.process_time()
    if lessons:
        suggester = suggester.taught(lessons)
    trained = time.process_time()
    lessons.clear()
    _settle()
    return evaluate(
        suggester, documents, language,
        load_seconds=loaded - before, train_seconds=trained - loaded,
    )  # fmt: skip


def keep(
    vocabulary: Path, language: str, documents: Path, target: Path, serve: Iterable[str] = ()
) -> dict[str, float | int]:
    """Learn from documents and keep the suggester in `target`; returns what it cost.

    `serve` are more languages that it shall suggest in. Raises `VocabularyError`, `OSError`."""
    lessons = {language: read_documents(documents)}
    before = time.process_time()
    suggester = open_suggester(vocabulary, {language, *serve})
    _settle()
    loaded = time.process_time()
    taught = suggester.taught(lessons)
    trained = time.process_time()
    save(taught, target)
    return {
        "documents": len(lessons[language]),
        "load_seconds": round(loaded - before, 3),
        "train_seconds": round(trained - loaded, 3),
        "peak_mb": round(peak_mb(), 1),
        "file_mb": round(target.stat().st_size / 2**20, 2),
    }


def _settle() -> None:
    """What is loaded stays, and need not be looked through for rubbish again and again."""
    gc.collect()
    gc.freeze()


def open_suggester(source: Path, languages: Iterable[str]) -> Suggester:
    """From a kept one (`.npz`), or compiled from a scheme. Raises `VocabularyError`, `OSError`."""
    if source.suffix == ".npz":
        return load(source)
    return Suggester.compile([read(source, scheme_id=source.stem)], sorted(languages))


def peak_mb() -> float:
    """The most memory that this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
