"""What the glossary finds for what a reader wrote: names first, then what the matcher makes of it.

The look-up of names knows no inflection and no slips of the keyboard. Where it finds next to
nothing, the matcher is asked: what it is sure of stands first and says why, and what it only thinks
likely is offered as a question.
"""

from typing import Final, NamedTuple, TypedDict

from contactpoint.glossary.explaining import of_label
from contactpoint.glossary.languages import own_name
from contactpoint.glossary.lexicon import SCHEME, Lexicon, Term
from contactpoint.glossary.lookup import Hit, Marked, mark
from contactpoint.vocabulary import Harmonised

FEW: Final = 3
"""With fewer names than so many, the matcher is asked too: it takes longer than the look-up."""
LEAST_LETTERS: Final = 4
SURE: Final = 0.85
MOST_GUESSES: Final = 3


class Matched(TypedDict):
    """The name by which a concept was found, where it is not the one that heads the line."""

    text: Marked
    language: str
    languages: list[dict[str, str]]


class Found(TypedDict):
    """A line of what was found; `why` where that is not to be seen from the names."""

    term: Term
    label: Marked
    matched: Matched | None
    why: str


class Findings(NamedTuple):
    """How many concepts were found, the best of them, and what else may have been meant."""

    total: int
    found: list[Found]
    guesses: list[Found]


def find(words: Lexicon, query: str, language: str, limit: int) -> Findings:
    """The best `limit` concepts for a query of a reader of `language`. No query of its own."""
    total, hits = words.lookup.find(query, language, limit)
    found = [_by_name(words, hit, query, language) for hit in hits]
    if total >= FEW or words.matcher is None or sum(map(str.isalpha, query)) < LEAST_LETTERS:
        return Findings(total, found, [])
    meant = words.matcher.harmonise(query, language, schemes=(SCHEME,))
    listed = {hit.slug for hit in hits}
    if meant.concept in words.concepts and meant.confidence >= SURE:
        if hits and hits[0].slug == meant.concept and hits[0].is_whole:
            return Findings(total, found, [])
        others = [one for one in found if one["term"].slug != meant.concept]
        sure = _by_matching(words, meant, language)
        return Findings(total + (meant.concept not in listed), [sure, *others], [])
    # Whoever is still typing a name that is there is not asked whether another was meant.
    return Findings(total, found, [] if total else _guesses(words, meant, language, listed))


def _by_name(words: Lexicon, hit: Hit, query: str, language: str) -> Found:
    term = words.term(hit.slug, language)
    is_shown = hit.entry.kind != "hidden" and hit.entry.text != term.label
    matched: Matched | None = None
    if is_shown:
        matched = {
            "text": mark(hit.entry.text, query),
            "language": hit.entry.language,
            "languages": [_language(code) for code in hit.languages],
        }
    return {"term": term, "label": mark(term.label, query), "matched": matched, "why": ""}


def _by_matching(words: Lexicon, meant: Harmonised, language: str) -> Found:
    """A concept that was recognised. A hidden name is not shown, whatever was made of it."""
    slug = meant.concept or ""
    spoken = _spoken(words, slug, meant.matched_label, meant.language or "")
    line = _line(words, slug, meant.matched_label, spoken, language)
    return line | {"why": of_label(meant.reason, meant.matched_label if spoken else "")}


def _guesses(words: Lexicon, meant: Harmonised, language: str, listed: set[str]) -> list[Found]:
    named = [(meant.concept or "", meant.matched_label)]
    named += [(near.concept, near.label) for near in meant.nearest]
    labels: dict[str, str] = {}
    for slug, label in named:
        if slug in words.concepts and slug not in listed:
            labels.setdefault(slug, label)
    return [
        _line(words, slug, label, _spoken(words, slug, label), language)
        for slug, label in [*labels.items()][:MOST_GUESSES]
    ]


def _line(words: Lexicon, slug: str, label: str, spoken: str, language: str) -> Found:
    term = words.term(slug, language)
    matched: Matched | None = None
    if spoken and label != term.label:
        matched = {
            "text": Marked(label, "", ""),
            "language": spoken,
            "languages": [_language(spoken)],
        }
    return {"term": term, "label": Marked(term.label, "", ""), "matched": matched, "why": ""}


def _spoken(words: Lexicon, slug: str, text: str, language: str = "") -> str:
    """A language in which the concept openly bears this name; empty where the name is hidden."""
    shown = [
        label.language
        for label in words.concepts[slug].labels
        if label.text == text and label.kind != "hidden"
    ]
    return language if language in shown else next(iter(shown), "")


def _language(code: str) -> dict[str, str]:
    return {"code": code, "name": own_name(code)}
