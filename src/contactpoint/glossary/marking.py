"""Links the first mention of each glossary term in a page's text to its concept.

`mark_terms` takes the HTML that a template made and lays `<a class="term">` around words of its
text nodes; nothing else of it changes, so what was safe stays safe. A page that is read again has
its marks from memory, as long as the vocabulary is the same.
"""

import threading
from collections import OrderedDict
from typing import Final

from contactpoint.glossary.naming import concept_url
from contactpoint.glossary.terms import vocabulary
from contactpoint.glossary.textnodes import Span, TextNodes
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.vocabulary import Vocabulary

SCHEME: Final = "glossary"
MOST_CHARACTERS: Final = 4_000_000
"""So much of HTML, before and after, a process keeps at most."""


class _Kept:
    """Marked texts by what they were made from; those that were not read for longest go first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._texts: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._characters = 0
        self._made_with: Vocabulary | None = None

    def get(self, key: tuple[str, str], words: Vocabulary) -> str | None:
        """What was made of the text with this very vocabulary."""
        with self._lock:
            if self._made_with is not words or key not in self._texts:
                return None
            self._texts.move_to_end(key)
            return self._texts[key]

    def put(self, key: tuple[str, str], marked: str, words: Vocabulary) -> None:
        """Keep it; all that was made with another vocabulary is forgotten."""
        with self._lock:
            if self._made_with is not words:
                self._texts.clear()
                self._characters, self._made_with = 0, words
            if key not in self._texts:
                self._texts[key] = marked
                self._characters += len(key[1]) + len(marked)
            while self._characters > MOST_CHARACTERS:
                (_language, html), old = self._texts.popitem(last=False)
                self._characters -= len(html) + len(old)


_kept = _Kept()


def mark_terms(html: str, language: str) -> str:
    """The HTML of a page's text in `language` with the first mention of each term linked.

    Costs one query where the vocabulary and the text are known. Marked again, it stays the same.
    """
    if not html.strip():
        return html
    words = vocabulary()
    key = (language, html)
    marked = _kept.get(key, words)
    if marked is None:
        marked = _marked(html, language, words)
        _kept.put(key, marked, words)
    return marked


def _marked(html: str, language: str, words: Vocabulary) -> str:
    nodes = TextNodes(html, language.split("-", maxsplit=1)[0])
    parts: list[str] = []
    at = 0
    for url, span in _first_mentions(nodes, language, words):
        parts += [html[at : span.start], f'<a class="term" href="{url}">']
        parts += [html[span.start : span.end], "</a>"]
        at = span.end
    return "".join([*parts, html[at:]])


def _first_mentions(nodes: TextNodes, language: str, words: Vocabulary) -> list[tuple[str, Span]]:
    found: list[tuple[str, Span]] = []
    seen = set(nodes.links)
    for mention in words.annotate(nodes.text, language, schemes=(SCHEME,)):
        if mention.reason == "compound":  # half a word underlined explains neither half
            continue
        url = concept_url(mention.concept, language)
        if url in seen or not _is_explained(words, mention.concept, language):
            continue
        span = nodes.span(mention.start, mention.end)
        if span is not None:
            seen.add(url)
            found.append((url, span))
    return found


def _is_explained(words: Vocabulary, concept_id: str, language: str) -> bool:
    """Approved, and defined in the reader's language or in English: else a mark leads nowhere."""
    concept = words.concept(concept_id, SCHEME)
    return concept.status == "approved" and any(
        definition.text and definition.language in (language, FALLBACK_LANGUAGE)
        for definition in concept.definitions
    )
