"""A scheme from outside as the portal's own."""

from dataclasses import replace
from typing import Final

from contactpoint.glossary.payload import completed
from contactpoint.glossary.scheme import SCHEME_ID, concept_address, scheme_address, titles
from contactpoint.vocabulary import Scheme

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_MEMBERSHIP: Final = {f"<{_SKOS}topConceptOf>", f"<{_SKOS}inScheme>"}


def adopted(scheme: Scheme) -> Scheme:
    """The scheme as the portal's own: relations on both sides, the portal's addresses and titles.

    What a concept says of its place in the file's scheme follows from its relations.
    """
    own = f"<{scheme.uri}>"
    concepts = {
        slug: replace(
            concept,
            uri=_address(slug, concept.uri),
            other=tuple(
                pair for pair in concept.other if pair[1] != own or pair[0] not in _MEMBERSHIP
            ),
        )
        for slug, concept in scheme.concepts.items()
    }
    return completed(
        replace(
            scheme,
            id=SCHEME_ID,
            uri=scheme_address(),
            labels=titles(),
            other=(),
            concepts=concepts,
        )
    )


def _address(slug: str, uri: str) -> str:
    is_own = not uri or uri.endswith(f"/id/concept/{slug}")
    return concept_address(slug) if is_own else uri
