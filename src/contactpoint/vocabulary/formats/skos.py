"""Which statement of SKOS says which field of the model: one table for reading and for writing.

https://www.w3.org/TR/skos-reference/. Where SKOS has no word of its own we take one from a
vocabulary that is widely read, and where a language tag can say it, the tag does.
"""

from __future__ import annotations

import base64
import re
from typing import Final

from rdflib import DCTERMS, OWL, RDF, SKOS, XSD, Literal, URIRef
from rdflib.term import Node

from contactpoint.vocabulary.formats.words import STATUSES
from contactpoint.vocabulary.model import Definition, LabelKind, NoteKind, Status

MINTED: Final = "https://contactpoint.example/id/"
"""Where relative addresses of a file, and concepts without an address, are put."""
LABELS: Final[dict[Node, LabelKind]] = {
    SKOS.prefLabel: "preferred",
    SKOS.altLabel: "alternative",
    SKOS.hiddenLabel: "hidden",
}
NOTES: Final[dict[Node, NoteKind]] = {
    SKOS.note: "note",
    SKOS.scopeNote: "scope",
    SKOS.editorialNote: "editorial",
    SKOS.historyNote: "history",
    SKOS.changeNote: "change",
    SKOS.example: "example",
}
RELATIONS: Final[dict[str, URIRef]] = {
    "broader": SKOS.broader,
    "narrower": SKOS.narrower,
    "related": SKOS.related,
}
MATCHES: Final[dict[str, URIRef]] = {
    "exact_matches": SKOS.exactMatch,
    "close_matches": SKOS.closeMatch,
}
STATUS_STATEMENTS: Final[dict[Status, tuple[URIRef, Literal]]] = {
    "proposed": (
        URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status"),
        Literal("unstable"),
    ),
    "deprecated": (OWL.deprecated, Literal("true", datatype=XSD.boolean)),
}
_ACQUIS: Final = "EU acquis"
_REGION: Final = re.compile(r"([a-z]{2,8}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?)-([a-z]{2})")
_SUBTAG: Final = re.compile(r"[a-z0-9]{1,8}")
_FORBIDDEN: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s/]\S*")


def last_segment(uri: str) -> str:
    """What names a thing in its address: the part after the last slash or hash."""
    return re.split(r"[/#]", uri.rstrip("/#"))[-1]


def is_address(text: str) -> bool:
    """Whether RDF allows this as an address (IRI)."""
    return bool(text) and not _FORBIDDEN.search(text)


def clean(text: str) -> str:
    """A label or definition as the model keeps it: one line, single spaces."""
    return " ".join(text.split())


def language_and_variant(tag: str) -> tuple[str, str]:
    """`de-AT` is German with the variant AT, `en-x-euacquis` English of the EU's law.

    A tag that says more than language, script and country is a language of its own.
    """
    tag = tag.lower()
    language, private, variant = tag.partition("-x-")
    if private and language:
        return language, _decoded(variant)
    region = _REGION.fullmatch(tag)
    return (region[1], region[2].upper()) if region else (tag, "")


def language_tag(language: str, variant: str = "") -> str:
    """The BCP 47 tag for a label's language and variant; `language_and_variant` reads it back."""
    if not variant:
        return language
    if re.fullmatch(r"[A-Z]{2}", variant) and _REGION.fullmatch(f"{language}-{variant.lower()}"):
        return f"{language}-{variant}"
    return f"{language}-x-{_encoded(variant)}"


def _encoded(variant: str) -> str:
    """Private subtags of at most eight signs: plain words as they are, all else in base 32."""
    if variant == _ACQUIS:
        return "euacquis"
    words = variant.split(" ")
    plain = all(_SUBTAG.fullmatch(word) for word in words)
    if plain and words[0] not in {"euacquis", "v"}:
        return "-".join(words)
    code = base64.b32encode(variant.encode()).decode().rstrip("=").lower()
    return "-".join(["v", *(code[place : place + 8] for place in range(0, len(code), 8))])


def _decoded(subtags: str) -> str:
    if subtags == "euacquis":
        return _ACQUIS
    head, _, code = subtags.partition("-")
    if head == "v" and code:
        code = code.replace("-", "").upper()
        try:
            return base64.b32decode(code + "=" * (-len(code) % 8)).decode()
        except ValueError:  # somebody else's private subtag
            return subtags.replace("-", " ")
    return subtags.replace("-", " ")


def source_term(source: str) -> Node:
    """A source that is a web address is written as one, any other as text."""
    is_web = bool(_WEB_ADDRESS.fullmatch(source)) and is_address(source)
    return URIRef(source) if is_web else Literal(source)


def needs_node(definition: Definition, shared: str) -> bool:
    """Whether a definition says more than a text can: a source or a context of its own.

    `shared` is the source that the concept gives for all its definitions (`dct:source`).
    """
    return bool(definition.context) or definition.source != shared


def definition_terms(
    definition: Definition, shared: str, *, as_nodes: bool
) -> Literal | dict[Node, Node]:
    """A definition as text, or what its node says.

    A scheme that needs nodes (`as_nodes`) has them for all its definitions, so that whoever reads
    it meets one shape; only where the concept itself names the source does the text stand alone.
    """
    text = Literal(definition.text, lang=definition.language or None)
    if not needs_node(definition, shared) and (shared or not as_nodes):
        return text
    node: dict[Node, Node] = {RDF.value: text}
    if definition.source:
        node[DCTERMS.source] = source_term(definition.source)
    if definition.context:
        node[DCTERMS.coverage] = Literal(definition.context)
    return node


def status_of(predicate: Node, value: Node) -> tuple[bool, Status | None]:
    """Whether a statement is about the status, and which it says (None: an unknown word)."""
    if predicate == OWL.deprecated:
        says_so = str(value).lower() in {"true", "1"}
        return says_so, "deprecated" if says_so else None
    if last_segment(str(predicate)) in {"status", "term_status"}:
        return True, STATUSES.get(last_segment(str(value)).lower())
    return False, None
