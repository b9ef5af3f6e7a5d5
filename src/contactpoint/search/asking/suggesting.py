"""What a reader may be about to ask, while the question is typed: concepts, titles, questions."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from django.utils import timezone

from contactpoint.glossary.lexicon import lexicon
from contactpoint.glossary.lookup import Hit as NamedHit
from contactpoint.glossary.lookup import key
from contactpoint.search.asking.syntax import LONGEST
from contactpoint.search.asking.visibility import shown_versions, waiting, without
from contactpoint.search.engines import engine as engine_of_process
from contactpoint.search.engines.base import Engine, Request
from contactpoint.search.engines.queries import AllOf, AnyOf, Facet, Prefix, Term
from contactpoint.vocabulary.normalise import tokenise

MOST: Final = 4
LOOKED_AT: Final = 24
MOST_NAMES: Final = 24
SHORTEST: Final = 2
_UMLAUTS: Final = {"ae": "ä", "oe": "ö", "ue": "ü"}
# Not behind a vowel with which it is another sound: `neue`.
_SPELT_OUT: Final = re.compile("ae|oe|(?<![aeq])ue", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"\bال(?=\w{3})")


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
    spelt = _spellings(typed, language)
    rows = [[token.folded for token in tokenise(one)] for one in spelt]
    if not rows[0] or len("".join(rows[0])) < SHORTEST:
        return Suggestions()
    used = engine or engine_of_process()
    return Suggestions(
        _concepts(used, spelt, language),
        _titles(used, rows, language),
        frequent(typed, language, MOST),
    )


def _spellings(typed: str, language: str) -> list[str]:
    """What was typed, and how names may have it: with the letters that a keyboard lacks, and
    without the article that Arabic writes in one with its word."""
    found = [typed, _ARTICLE.sub("", typed)]
    if language == "de":
        found.append(_SPELT_OUT.sub(lambda match: _UMLAUTS[match[0].lower()], typed))
    return list(dict.fromkeys(found))


def _concepts(engine: Engine, spelt: Sequence[str], language: str) -> list[Concept]:
    """Of names that answer equally well, those of what most public things are about."""
    words = lexicon()
    best: dict[str, NamedHit] = {}
    for typed in spelt:
        for hit in words.lookup.find(typed, language, MOST_NAMES)[1]:
            is_told = _is_told(hit, words.term(hit.slug, language).label, typed)
            if is_told and (hit.slug not in best or hit.rank < best[hit.slug].rank):
                best[hit.slug] = hit
    hits = list(best.values())
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


def _is_told(hit: NamedHit, label: str, typed: str) -> bool:
    """Whether a reader sees why a concept is there. Hidden names are shown to nobody: what only
    such a name begins like is told from any other concept by who knows the whole of it."""
    if hit.entry.kind != "hidden" or hit.is_whole:
        return True
    name, wanted = (key(text).replace(" ", "") for text in (label, typed))
    return wanted in name


def _titles(engine: Engine, rows: Sequence[Sequence[str]], language: str) -> list[Title]:
    wanted = AnyOf(
        tuple(
            AllOf(
                (
                    *(Term("surface_title", word) for word in whole),
                    Prefix("surface_title", last),
                )
            )
            for *whole, last in rows
        )
    )
    answer = engine.search(
        Request(
            query=without(
                AllOf((wanted,), (Facet("kind", "concept"), Facet("kind", "theme"))), waiting()
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
                if any(_has(versions[code]["title"], words) for words in rows)
            ),
            "",
        )
        if not spoken:  # it is a version that nobody may see any more which has the words
            continue
        version = versions[spoken]
        told = version.get("spoken", ("",))[0] or spoken
        found.append(Title(version["title"], version["url"], thing["kind"], told))
    return found[:MOST]


def _has(title: str, typed: Sequence[str]) -> bool:
    *whole, last = typed
    words = [token.folded for token in tokenise(title)]
    return set(whole) <= set(words) and any(word.startswith(last) for word in words)
