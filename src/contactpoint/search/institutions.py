"""The institutions as a scheme of words, so that *DVZ* in a question finds *Immigration Office*.

They come from the shipped file, as places do: what a text is matched with has to be the same in
each process, whatever editors do to the names that are shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from contactpoint.network.actions import shipped_institutions
from contactpoint.vocabulary import Label, Scheme, VocabularyConcept, fold

INSTITUTIONS: Final = "institutions"
# Every act of the Union until 2009 has it in its number, as in 2008/115/EC.
_IN_NUMBERS_OF_ACTS: Final = "EC"


@cache
def institutions() -> Scheme:
    """All shipped ones by slug. An acronym in capitals is found in capitals only."""
    return Scheme(
        id=INSTITUTIONS,
        concepts={
            row["slug"]: VocabularyConcept(
                id=row["slug"], labels=tuple(dict.fromkeys(_labels(row)))
            )
            for row in shipped_institutions()
        },
    )


def without_those_of(scheme: Scheme, others: Iterable[Scheme]) -> Scheme:
    """`scheme` without what has a preferred label that is a label in one of the others, and of the
    rest without such labels: a body that the glossary explains is one concept, not two."""
    taken = {
        _key(label) for other in others for one in other.concepts.values() for label in one.labels
    }
    kept = {}
    for slug, concept in scheme.concepts.items():
        own = tuple(label for label in concept.labels if _key(label) not in taken)
        preferred = sum(label.kind == "preferred" for label in concept.labels)
        if sum(label.kind == "preferred" for label in own) == preferred:
            kept[slug] = replace(concept, labels=own)
    return replace(scheme, concepts=kept)


def _key(label: Label) -> tuple[str, str]:
    return label.language, fold(label.text)


def _labels(row: Mapping[str, Any]) -> Iterator[Label]:
    """A language that has alternatives only is named by the first of them; the acronym is known in
    all languages, as texts leave it in Latin letters."""
    labels: dict[str, str] = dict(row["labels"])
    alternatives: Mapping[str, list[str]] = row.get("alternatives", {})
    for language, texts in alternatives.items():
        labels.setdefault(language, texts[0])
    for language, text in labels.items():
        yield Label(text, language)
        others = [row.get("acronym", ""), *alternatives.get(language, ())]
        for other in dict.fromkeys(others):
            if other and other not in {text, _IN_NUMBERS_OF_ACTS}:
                yield Label(other, language, "alternative")
