"""N-Triples terms, in which the model keeps what it has no field for.

https://www.w3.org/TR/n-triples/: `<address>`, `"text"@en`, `"text"^^<type>`, `_:node`.
"""

from __future__ import annotations

import re
from typing import Final

from rdflib import BNode, Literal, URIRef
from rdflib.plugins.parsers.ntriples import unquote
from rdflib.term import Node

from contactpoint.vocabulary.formats.skos import is_address
from contactpoint.vocabulary.model import VocabularyError

_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_STRING: Final = r'"((?:[^"\\\n\r]|\\.)*)"'
_TERM: Final = re.compile(
    rf"<(?P<iri>[^>]*)>|_:(?P<node>[A-Za-z0-9_.\-]+)|"
    rf"{_STRING}(?:@(?P<tag>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^<(?P<type>[^>]*)>)?"
)


def written(term: Node) -> str:
    """The term in N-Triples."""
    if isinstance(term, Literal):
        text = f'"{str(term).translate(_ESCAPES)}"'
        if term.language:
            return f"{text}@{term.language}"
        return f"{text}^^<{term.datatype}>" if term.datatype else text
    return f"_:{term}" if isinstance(term, BNode) else f"<{term}>"


def parsed(term: str) -> Node:
    """The term that `written` wrote; `VocabularyError` where it is none."""
    match = _TERM.fullmatch(term)
    if match is None:
        raise VocabularyError(
            f'{term!r} is no term of N-Triples. Write <address>, "text"@en or _:name.'
        )
    if match["node"]:
        return BNode(match["node"])
    if match["iri"] is not None:
        if not is_address(match["iri"]):
            raise VocabularyError(f"{term} is no address. Write spaces and signs as %20 and so on.")
        return URIRef(match["iri"])
    return Literal(unquote(match[3]), lang=match["tag"], datatype=match["type"])


def split(statement: str, count: int) -> list[str]:
    """The `count` terms of a line, as they are written in it."""
    found = [match[0] for match in _TERM.finditer(statement)]
    rest = _TERM.sub("", statement).strip(" .\t")
    if len(found) != count or rest:
        raise VocabularyError(
            f'{statement!r} is not {count} terms of N-Triples. Write e.g. <address> "text"@en .'
        )
    return found
