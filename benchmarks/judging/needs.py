"""The judged needs: what readers ask, and how well each thing answers, graded by hand.

A topic is graded once and asked in one or more languages; each of these is a need of its own. Keys
are those of files and concepts (`output:<demo file>`, `page:<demo file>`, `concept:<slug>`), so
they stay the same in every database; `judging.systems` turns them into those of the index.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

FOLDER: Final = Path(__file__).parents[1] / "data" / "judged"
GROUPS: Final = ("parallel", "definitions", "single", "held", "typos")
LANGUAGES: Final = ("en", "fr", "nl", "de", "ar")
BEST: Final = 3


class Grade(NamedTuple):
    """3 answers it, 2 is useful, 1 touches it; and why."""

    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class Need:
    """One question in one language; `group` is the file that it stands in."""

    topic: str
    group: str
    language: str
    query: str
    wanted: str
    grades: Mapping[str, Grade]

    @property
    def id(self) -> str:
        """The topic's name and the language."""
        return f"{self.topic}.{self.language}"

    def values(self, among: Sequence[str] = ("output", "page", "concept")) -> dict[str, int]:
        """Grades by key of what is of one of these sorts."""
        return {
            key: grade.value for key, grade in self.grades.items() if key.partition(":")[0] in among
        }


def load(folder: Path = FOLDER) -> list[Need]:
    """Every need, in the order of the files."""
    topics = []
    for group in GROUPS:
        with (folder / f"{group}.toml").open("rb") as file:
            topics += [(group, topic) for topic in tomllib.load(file)["topic"]]
    by_id = {topic["id"]: topic for _group, topic in topics}
    needs = []
    for group, topic in topics:
        judged = by_id[topic["same_as"]] if "same_as" in topic else topic
        grades = {key: Grade(*grade) for key, grade in judged["grades"].items()}
        needs += [
            Need(topic["id"], group, language, query, judged["wanted"], grades)
            for language, query in topic["asked"].items()
        ]
    return needs


def best(values: Mapping[str, int]) -> set[str]:
    """The keys with the highest grade that there is."""
    top = max(values.values(), default=0)
    return {key for key, value in values.items() if value == top}


def speaks(
    language: str, values: Mapping[str, int], languages: Mapping[str, frozenset[str]]
) -> bool:
    """Whether something that answers best has a version in the language of the question.

    Where none has, the need is cross-language: only a text in another language can answer it.
    """
    return any(language in languages[key] for key in best(values) if key in languages)
