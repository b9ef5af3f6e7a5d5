"""The glossary as data for others: what is in the files, and the files, made once a change.

A process keeps what it made until the glossary changes; that costs one query a request to see.
"""

import gzip
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from django.conf import settings
from django.db.models import Count, Max

from contactpoint.glossary.models import Concept, ConceptLabel, SchemeVersion
from contactpoint.glossary.scheme import scheme_from_rows
from contactpoint.vocabulary import Scheme, VocabularyConcept
from contactpoint.vocabulary.formats import write, write_concept

RIGHTS: Final = (
    "Definitions and other words of this portal: CC BY 4.0 "
    "(https://creativecommons.org/licenses/by/4.0/). Labels and addresses of EuroVoc: © European "
    "Union, Publications Office; reused under Decision 2011/833/EU, selected, spaces normalised."
)
"""In words, and no `dct:license` beside them: none holds for all of the file."""
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_DCT: Final = "http://purl.org/dc/terms/"
_DATE: Final = "http://www.w3.org/2001/XMLSchema#date"
_MOST_KEPT: Final = 2_000
_OF_THE_FILE: Final = {f"<{_SKOS}topConceptOf>", f"<{_SKOS}inScheme>"}
_lock = threading.Lock()
_kept: "GlossaryData | None" = None
Generation = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class GlossaryData:
    """The glossary in one state. `files` holds what was made of it, by format and concept."""

    generation: Generation
    scheme: Scheme
    files: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def whole(self, format_name: str) -> bytes:
        """The whole glossary in a format."""
        return self._made((format_name, ""), lambda: write(self.scheme, format_name))

    def zipped(self, format_name: str) -> bytes:
        """The whole glossary in a format, compressed; the same bytes whenever it is made."""
        return self._made(
            (f"{format_name}.gz", ""), lambda: gzip.compress(self.whole(format_name), mtime=0)
        )

    def concept(self, slug: str, format_name: str) -> bytes:
        """One concept in a format of RDF; `KeyError` where there is none."""
        return self._made(
            (format_name, slug), lambda: write_concept(self.scheme, slug, format_name)
        )

    def _made(self, key: tuple[str, str], make: Callable[[], bytes]) -> bytes:
        if key not in self.files:
            if len(self.files) >= _MOST_KEPT:
                self.files.clear()
            self.files[key] = make()
        return self.files[key]


def glossary_data() -> GlossaryData:
    """The glossary as it is now."""
    global _kept  # noqa: PLW0603 — one copy a process is the point
    generation = _state()
    current = _kept
    if current is None or current.generation != generation:
        with _lock:
            current = GlossaryData(generation, published_data())
            _kept = current
    return current


def _state() -> Generation:
    concepts = Concept.objects.aggregate(newest=Max("updated_at"), count=Count("pk"))
    labels = ConceptLabel.objects.filter(learnt=False).aggregate(
        newest=Max("pk"), count=Count("pk")
    )
    version = SchemeVersion.objects.values_list("pk", "number").first()
    return (*concepts.values(), *labels.values(), version, settings.BASE_URL)


def published_data() -> Scheme:
    """What readers see, as a file says it: the downloads, and `contactpoint glossary export`."""
    return for_others(
        scheme_from_rows(with_deprecated=True, with_learnt=False), SchemeVersion.objects.first()
    )


def for_others(scheme: Scheme, version: SchemeVersion | None) -> Scheme:
    """The scheme with what a file must say that leaves the house: whose it is, and its tops."""
    concepts = {slug: _ours(concept) for slug, concept in scheme.concepts.items()}
    said: list[tuple[str, str]] = [
        (f"<{_DCT}publisher>", _text(settings.SITE_NAME)),
        (f"<{_DCT}rights>", f"{_text(RIGHTS)}@en"),
    ]
    if version is not None:
        said.append((f"<{_DCT}modified>", f"{_text(version.published_on.isoformat())}^^<{_DATE}>"))
    said += [
        (f"<{_SKOS}hasTopConcept>", f"<{concept.uri}>")
        for concept in concepts.values()
        if not concept.broader and concept.status != "deprecated"
    ]
    about = f"<{scheme.uri}>"
    return replace(
        scheme, concepts=concepts, other=tuple(sorted((about, *statement) for statement in said))
    )


def _ours(concept: VocabularyConcept) -> VocabularyConcept:
    """The concept without what a loaded file said of the scheme that it stood in there."""
    kept = tuple(one for one in concept.other if one[0] not in _OF_THE_FILE)
    return replace(concept, other=kept)


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
