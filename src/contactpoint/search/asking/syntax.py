"""How a question is written: words, "phrases", -not, OR, and beg* for words that begin so.

Everything can be read in some way, so there are no errors: a quotation mark that is never closed
ends with the question, an `OR` or a `NOT` with nothing beside it is nothing.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from contactpoint.search.analysis import joined, surfaces
from contactpoint.vocabulary.normalise import tokenise

LONGEST: Final = 200
MOST_ITEMS: Final = 16
SHORTEST_PREFIX: Final = 2
MOST_PREFIXES: Final = 4
"""Further ones are read as words: each may be the beginning of thousands."""
NOT: Final = "NOT"
"""As `-` before what comes next."""
OR_BY_LANGUAGE: Final = {"fr": "OU", "nl": "OF", "de": "ODER"}
_PIECE: Final = re.compile(
    r"""(?P<minus>(?<!\S)[-−–](?=\S))?
    (?: ["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?
      | (?P<bar>(?<!\S)\|(?!\S))
      | (?P<word>[1-9]\d{0,2}(?:[ ]\d{3}){1,4}(?!\S) | [^\s"“”„«»]+) )""",
    re.VERBOSE,
)

Kind = Literal["word", "phrase", "prefix"]


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a phrase or the beginning of a word, with its place in the question.

    `words` are as they are compared: one, but for phrases and for what is `joined`: by hyphens, or
    as the thousands of a number. What is `only_meant` is looked for as what it means, never itself.
    """

    kind: Kind
    text: str
    start: int
    end: int
    words: tuple[str, ...]
    joined: str = ""
    only_meant: bool = False

    @property
    def spellings(self) -> list[list[str]]:
        """For a word: lists of words, of which one has to be there as a whole."""
        if self.only_meant:
            return []
        return [[self.text]] if not self.joined else [list(self.words), [self.joined]]


@dataclass(frozen=True, slots=True)
class Written:
    """A question taken apart: each of `groups` is to be answered by any of its items."""

    text: str
    groups: list[list[Item]] = field(default_factory=list)
    excluded: list[Item] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    """Where in the text each of `excluded` is written, with the sign that excludes it."""
    marked: str = ""
    """The text with everything replaced in which no concept is looked for; offsets are the same."""


def read(text: str, language: str = "") -> Written:
    """Take a question apart; `language` is the asker's, whose word for `OR` is understood too."""
    asked = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    ors = {"OR", OR_BY_LANGUAGE.get(language, "OR")} if not asked.isupper() else {"OR"}
    written = Written(asked)
    marked = list(asked)
    joins, prefixes = False, 0
    excludes_from: int | None = None
    for match in _PIECE.finditer(asked):
        if match["word"] == NOT and not asked.isupper() and not match["minus"]:
            excludes_from = match.start()
            _blank(marked, match.start(), match.end())
            continue
        begins = match.start() if excludes_from is None else excludes_from
        is_excluded = match["minus"] is not None or excludes_from is not None
        excludes_from = None
        if match["bar"] or (match["word"] in ors and not is_excluded):
            joins = bool(written.groups)
            _blank(marked, match.start(), match.end())
            continue
        items = _items(match, begins=prefixes < MOST_PREFIXES)
        prefixes += sum(item.kind == "prefix" for item in items)
        if is_excluded or any(item.kind != "word" for item in items):
            _blank(marked, match.start(), match.end())
        if is_excluded:
            written.excluded.extend(items)
            written.pieces.extend([(begins, match.end())] * len(items))
            continue
        for item in items:
            if joins:
                written.groups[-1].append(item)
                joins = False
            else:
                written.groups.append([item])
    for found in (written.groups, written.excluded, written.pieces):
        del found[MOST_ITEMS:]
    return replace(written, marked="".join(marked))


def _items(match: re.Match[str], *, begins: bool) -> list[Item]:
    if match["phrase"] is not None:
        words = _folded(match["phrase"])
        start, end = match.span("phrase")
        return [Item("phrase", match["phrase"].strip(), start, end, words)] if words else []
    raw, (start, end) = match["word"], match.span("word")
    if raw.endswith("*") and begins:
        words = _folded(raw)
        if len(words) == 1 and len(words[0]) >= SHORTEST_PREFIX:
            return [Item("prefix", raw.rstrip("*"), start, end, words)]
    runs = {one.start: one for one in joined(raw)}
    items: list[Item] = []
    for token in tokenise(raw):
        words = _folded(raw[token.start : token.end])
        if not words or (items and start + token.start < items[-1].end):
            continue
        run = runs.get(token.start)
        last = run.end if run else token.end
        items.append(
            Item(
                "word",
                raw[token.start : last],
                start + token.start,
                start + last,
                _folded(raw[token.start : last]),
                run.plain if run else "",
            )
        )
    return items


def _folded(text: str) -> tuple[str, ...]:
    return tuple(surfaces(text))


def _blank(marked: list[str], start: int, end: int) -> None:
    marked[start:end] = "|" * (end - start)
