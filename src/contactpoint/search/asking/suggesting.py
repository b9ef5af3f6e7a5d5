"""What a reader may be about to ask, while the question is typed: concepts, titles, questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from django.utils import timezone

from contactpoint.glossary.lexicon import lexicon
from contactpoint.search.asking.syntax import LONGEST
from contactpoint.search.asking.visibility import shown_versions, waiting, without
from contactpoint.search.engines import engine as engine_of_process
from contactpoint.search.engines.base import Engine, Request
from contactpoint.search.engines.queries import AllOf, Facet, Prefix, Query, Term
from contactpoint.vocabulary.normalise import tokenise

MOST: Final = 4
LOOKED_AT: Final = 24
MOST_NAMES: Final = 24
SHORTEST: Final = 2


class Concept(NamedTuple):
    """A concept and the name by which it was found, empty where that is its label."""

    slug: str
    label: str
    url: str
    matched: str
    language: str


class Title(NamedTuple):
    """A thing whose title has what was typed."""

    title: str
    url: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """At most four of each; `questions` were asked before by several people."""

    concepts: list[Concept] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    questions: Sequence[str] = ()


def suggest(
    text: str,
    language: str,
    *,
    frequent: Callable[[str, str, int], Sequence[str]] = lambda _text, _language, _limit: (),
    engine: Engine | None = None,
) -> Suggestions:
    """Suggestions for a question of a reader of `language` of which `text` is typed so far.

    `frequent` gives questions that begin so. Raises `UnavailableError` as `ask` does.
    """
    typed = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    words = [token.folded for token in tokenise(typed)]
    if not words or len("".join(words)) < SHORTEST:
        return Suggestions()
    used = engine or engine_of_process()
    return Suggestions(
        _concepts(used, typed, language),
        _titles(used, words, language),
        frequent(typed, language, MOST),
    )


def _concepts(engine: Engine, typed: str, language: str) -> list[Concept]:
    """Of names that answer equally well, those of what most public things are about."""
    words = lexicon()
    _total, hits = words.lookup.find(typed, language, MOST_NAMES)
    # Where as many are about two concepts, more may be about what is narrower than one of them.
    fields = ("about", "under")
    terms = [(name, hit.slug) for name in fields for hit in hits]
    counts = dict(zip(terms, engine.frequencies(terms), strict=True)) if terms else {}
    ranked = sorted(hits, key=lambda hit: (hit.rank, *(-counts[name, hit.slug] for name in fields)))
    found = []
    for hit in ranked[:MOST]:
        term = words.term(hit.slug, language)
        is_other = hit.entry.text != term.label and hit.entry.kind != "hidden"
        matched, spoken = (hit.entry.text, hit.entry.language) if is_other else ("", "")
        found.append(Concept(hit.slug, term.label, term.url, matched, spoken))
    return found


def _titles(engine: Engine, words: list[str], language: str) -> list[Title]:
    *whole, last = words
    wanted: list[Query] = [Term("surface_title", word) for word in whole]
    wanted.append(Prefix("surface_title", last))
    answer = engine.search(
        Request(
            query=without(
                AllOf(tuple(wanted), (Facet("kind", "concept"), Facet("kind", "theme"))), waiting()
            ),
            now=int(timezone.now().timestamp()) // 60,
            limit=LOOKED_AT,
        )
    )
    hits = sorted(answer.hits, key=lambda hit: language not in hit.languages)[: 2 * MOST]
    found = []
    for thing, versions in shown_versions(engine.stored(hits)):
        spoken = next(
            (
                code
                for code in sorted(versions, key=lambda code: code != language)
                if _has(versions[code]["title"], whole, last)
            ),
            "",
        )
        if not spoken:  # it is a version that nobody may see any more which has the words
            continue
        version = versions[spoken]
        told = version.get("spoken", ("",))[0] or spoken
        found.append(Title(version["title"], version["url"], thing["kind"], told))
    return found[:MOST]


def _has(title: str, whole: list[str], last: str) -> bool:
    words = [token.folded for token in tokenise(title)]
    return set(whole) <= set(words) and any(word.startswith(last) for word in words)
