"""All labels of all schemes and languages in one trie of words, compiled once, then only read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from contactpoint.vocabulary.inflection import WordForms, inflections, read_data
from contactpoint.vocabulary.model import Label, LabelKind, Scheme, VocabularyConcept
from contactpoint.vocabulary.normalise import fold, normalise, tokenise

_QUALIFIER: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_ABBREVIATION: Final = re.compile(r"([^\W_]{1,7}[^\W\d_a-z])(?:['’]?[a-z]{1,2})?")
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_BRITISH: Final = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("labour", "labor"),
)
_LEAF: Final = ""
_ANY: Final = "*"
_MERGED_TAGS: Final = {"no": "nb", "nn": "nb", "iw": "he"}


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One way in which a concept may be written: a label, or a spelling made from one.

    `concept` is `None` for a false friend, an expression that swallows a label and means nothing.
    `made_by` is the reason code of the step that made this spelling, empty for the label itself.
    """

    concept: VocabularyConcept | None
    scheme: str
    label: Label
    language: str
    plain: tuple[str, ...]
    folded: tuple[str, ...]
    capitals: int
    made_by: str = ""

    @property
    def kind(self) -> LabelKind:
        return self.label.kind


class Found(NamedTuple):
    """A path through the trie from one word to another. `languages` is `None` where every word is
    a label's word as it stands, else the languages in which all of them are forms of it."""

    end: int
    entries: Sequence[Entry]
    languages: frozenset[str] | None


# For one word of a text: label words it may stand for, with the languages where that is inflection.
Forms = tuple[tuple[str, frozenset[str] | None], ...]
Node = dict[str, "Node | list[Entry]"]


def primary(tag: str) -> str:
    """The language alone of a tag such as `nl-BE`; Norwegian is `nb`."""
    tag = tag.lower().replace("_", "-").partition("-")[0]
    return _MERGED_TAGS.get(tag, tag)


def capitals_of(text: str) -> int:
    """How many letters at a label's beginning are an abbreviation; 0 for an ordinary label.

    `LOI` is 3, and so are its plurals `LOI's` and `LOIs`, and `VoT`; `EU law` is 0.
    """
    match = _ABBREVIATION.fullmatch(text)
    if match is None or sum(sign.isupper() for sign in match[1]) < 2:
        return 0
    return len(match[1])


class LabelIndex:
    """Labels by their words. `languages` are those that occur in the labels."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        self.schemes = tuple(schemes)
        self.scheme_order = {scheme.id: order for order, scheme in enumerate(self.schemes)}
        self.entries: list[Entry] = []
        self.root: Node = {}
        self.words = WordForms()
        self.known: set[str] = set()
        self._openings: dict[str, set[str]] = defaultdict(set)
        self.compact: dict[str, list[Entry]] = defaultdict(list)
        self.word_languages: dict[str, set[str]] = defaultdict(set)
        for scheme in self.schemes:
            for concept in scheme.concepts.values():
                for label in concept.labels:
                    self._add_label(scheme.id, concept, label)
        self.languages = frozenset(entry.language for entry in self.entries)
        self._add_false_friends()
        self.compact = dict(self.compact)

    def _add_label(self, scheme: str, concept: VocabularyConcept, label: Label) -> None:
        language = primary(label.language)
        for text, made_by in _spellings(label.text, language):
            tokens = tokenise(text)
            if tokens:
                entry = Entry(
                    concept, scheme, label, language,
                    tuple(token.plain for token in tokens), tuple(token.folded for token in tokens),
                    capitals_of(text), made_by,
                )  # fmt: skip
                self._add(entry)
                for word in entry.folded:
                    self.words.add(word, language)
                    self.word_languages[word].add(language)

    def _add_false_friends(self) -> None:
        tables = read_data("false_friends")
        self.only_as_written: frozenset[str] = frozenset(
            fold(word) for words in tables["words"].values() for word in words
        )
        for language, phrases in tables["phrases"].items():
            for phrase in phrases if language in self.languages else ():
                words = tuple(token.folded for token in tokenise(phrase))
                label = Label(phrase, language, "hidden")
                self._add(Entry(None, "", label, language, words, words, 0))
                self.words.add(words[-1], language)

    def _add(self, entry: Entry) -> None:
        node = self.root
        counts_anywhere = entry.capitals or (len(entry.folded) > 1 and entry.concept is not None)
        self._openings[entry.folded[0]].update((entry.language, _ANY)[: 1 + bool(counts_anywhere)])
        for word in entry.folded:
            self.known.add(word)
            node = node.setdefault(word, {})  # type: ignore[assignment]
        node.setdefault(_LEAF, []).append(entry)  # type: ignore[union-attr]
        if entry.concept is not None:
            self.entries.append(entry)
            self.compact["".join(entry.folded)].append(entry)

    def successor(self, scheme: str, concept: VocabularyConcept) -> VocabularyConcept:
        """The concept that has taken a deprecated one's place, or the concept itself."""
        concepts = self.schemes[self.scheme_order[scheme]].concepts
        return concepts.get(concept.replaced_by, concept)

    def begins(self, forms: Forms, language: str | None) -> bool:
        """Whether a label that counts in a text of this language begins with one of these words."""
        for word, _ in forms:
            languages = self._openings.get(word)
            if languages and (language is None or language in languages or _ANY in languages):
                return True
        return False

    def forms(self, folded: str, languages: frozenset[str]) -> Forms:
        """What a word may stand for: itself where a label has it, and words it is a form of."""
        inflected = {} if folded in self.only_as_written else self.words.find(folded, languages)
        itself: Forms = ((folded, None),) if folded in self.known else ()
        return (*itself, *inflected.items())

    def walk(self, forms: Sequence[Forms], start: int) -> Iterator[Found]:
        """Every label that begins at word `start`, shorter ones first."""
        level: list[tuple[Node, frozenset[str] | None]] = [(self.root, None)]
        for position in range(start, len(forms)):
            following: list[tuple[Node, frozenset[str] | None]] = []
            for node, languages in level:
                for word, tags in forms[position]:
                    child = node.get(word)
                    if child is None or word == _LEAF:
                        continue
                    both = tags if languages is None else languages & tags if tags else languages
                    if both is None or both:
                        following.append((child, both))  # type: ignore[arg-type]
            if not following:
                return
            for node, languages in following:
                entries = node.get(_LEAF)
                if entries is not None:
                    yield Found(position + 1, entries, languages)  # type: ignore[arg-type]
            level = following


def _spellings(text: str, language: str) -> Iterator[tuple[str, str]]:
    """A label's text, and others as good: (text, reason code of the step or empty)."""
    yield text, ""
    bare = _QUALIFIER.sub("", text)
    if bare and bare != text:
        yield bare, "qualifier"
    plain = normalise(bare or text)
    if language == "de" and plain.translate(_GERMAN) != plain:
        yield plain.translate(_GERMAN), "spelling"
    if language == "en":
        for one, other in _BRITISH:
            for here, there in ((one, other), (other, one)):
                if here in plain:
                    yield plain.replace(here, there), "spelling"


def compound_links(language: str) -> tuple[str, ...]:
    """Letters that may stand between two parts of a compound; empty where a language has none."""
    rules = inflections().get(language)
    return rules.compounds if rules else ()
