"""The words that a listing is matched with: the portal's vocabulary, and names of its own tables.

Institutions and themes become SKOS schemes, so that the one matcher of `contactpoint.vocabulary`
finds them too. A `Terms` is made once for a run: what it holds doesn't change under an import.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from contactpoint.glossary.models import Theme
from contactpoint.glossary.terms import vocabulary
from contactpoint.network.models import Country, Institution
from contactpoint.vocabulary import Label, Scheme, Vocabulary, VocabularyConcept

INSTITUTIONS: Final = "institutions"
THEMES: Final = "themes"


@dataclass(frozen=True, slots=True)
class Terms:
    """`vocabulary` has the schemes glossary, kinds and places; `names` institutions and themes."""

    vocabulary: Vocabulary
    names: Vocabulary
    acronyms: Mapping[str, str]
    countries: frozenset[str]

    @classmethod
    def load(cls) -> "Terms":
        """From the database: four queries."""
        institutions = list(Institution.objects.all())
        return cls(
            vocabulary=vocabulary(),
            names=Vocabulary(
                [
                    _scheme(INSTITUTIONS, institutions),
                    _scheme(THEMES, Theme.objects.all()),
                ]
            ),
            acronyms={row.slug: row.acronym for row in institutions if row.acronym},
            countries=frozenset(Country.objects.values_list("code", flat=True)),
        )


def _scheme(scheme_id: str, rows: Iterable[Any]) -> Scheme:
    return Scheme(
        id=scheme_id,
        concepts={
            row.slug: VocabularyConcept(id=row.slug, labels=tuple(_labels(row))) for row in rows
        },
    )


def _labels(row: Any) -> Iterable[Label]:
    acronym = getattr(row, "acronym", "")
    for language, text in row.labels.items():
        yield Label(text, language)
        if acronym and acronym != text:
            yield Label(acronym, language, "alternative")
    for language, texts in row.alternatives.items():
        for text in texts:
            yield Label(text, language, "alternative")
