"""Text → tree. All that can be wrong with an expression is found here, once, so that working it out
for somebody who answers never fails on how it was written."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from contactpoint.consultations.questions.expressions.functions import FUNCTIONS, MANY, pattern
from contactpoint.consultations.questions.expressions.nodes import (
    Call,
    Chain,
    Literal,
    Logic,
    Name,
    Negative,
    Node,
    Own,
    Reference,
)

LONGEST: Final = 2_000
DEEPEST: Final = 40
_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<reference>\$\{\s*(?P<code>[A-Za-z_][A-Za-z0-9_.-]*)\s*\})
    | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<name>[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?)
    | (?P<mark><=|>=|!=|\.\.|[=<>+*(),./|-])
    )""",
    re.VERBOSE | re.ASCII,
)
_RANKS: Final = (("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_CURLED: Final = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
"""Word processors and spreadsheets curl them by themselves."""


class ExpressionError(ValueError):
    """An expression can't be read or worked out. `position` counts characters from 1."""

    def __init__(self, expression: str, position: int, message: str) -> None:
        super().__init__(f"{message} (character {position} of: {expression})")
        self.expression, self.position, self.message = expression, position, message


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that can be worked out."""

    text: str
    node: Node


@lru_cache(maxsize=8192)
def parsed(text: str, *, names: bool = False) -> Expression:
    """An `ExpressionError` for what is none. `names`: whether columns of the sheet of choices may
    be named, as in a filter of choices."""
    if len(text) > LONGEST:
        raise ExpressionError(text[:40] + "…", LONGEST, f"Longer than {LONGEST} characters.")
    return Expression(text, _Reader(text, names).whole())


def _tokens(text: str) -> Iterator[_Token]:
    at, plain = 0, text.translate(_CURLED).rstrip()
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            start = at + len(plain[at:]) - len(plain[at:].lstrip())
            raise ExpressionError(text, start + 1, f'"{text[start]}" can\'t stand here.')
        kind = match.lastgroup or ""
        if match["reference"]:
            kind = "reference"
        written = match["code"] if kind == "reference" else match[kind]
        yield _Token(kind, written, match.start(kind) + 1)
        at = match.end()


class _Reader:
    """Reads by descent; `depth` is what stands between an expression and the stack."""

    def __init__(self, text: str, names: bool) -> None:
        self.text, self.names = text, names
        self.tokens = [*_tokens(text), _Token("end", "", len(text) + 1)]
        self.at = self.depth = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.at]

    def whole(self) -> Node:
        if self.now.kind == "end":
            raise ExpressionError(self.text, 1, "The expression is empty.")
        node = self._logic("or")
        if self.now.kind != "end":
            raise self._unexpected()
        return node

    def _logic(self, word: str) -> Node:
        def part() -> Node:
            return self._logic("and") if word == "or" else self._chain(0)

        parts = [part()]
        while self._takes("name", word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Logic(word == "and", tuple(parts))

    def _chain(self, rank: int) -> Node:
        def part() -> Node:
            return self._chain(rank + 1) if rank + 1 < len(_RANKS) else self._signed()

        first, rest = part(), []
        while self.now.text in _RANKS[rank] and self.now.kind in {"mark", "name"}:
            operator = self.now.text
            self.at += 1
            rest.append((operator, part()))
        return Chain(first, tuple(rest)) if rest else first

    def _signed(self) -> Node:
        is_negative = False
        signed = False
        while self._takes("mark", "-"):
            is_negative, signed = not is_negative, True
        node = self._single()
        if not signed:
            return node
        return Negative(node) if is_negative else Negative(Negative(node))

    def _single(self) -> Node:
        token = self.now
        self.at += 1
        if token.kind == "reference":
            return Reference(token.text, token.position)
        if token.kind == "number":
            return Literal(Decimal(token.text.rstrip(".")))
        if token.kind == "text":
            return Literal(token.text[1:-1])
        if token.kind == "name":
            return self._named(token)
        if token == ("mark", ".", token.position) and self.now.text not in {"/", "."}:
            return Own()
        if token.text == "(" and token.kind == "mark":
            self._descend(token)
            node = self._logic("or")
            self._closes(token)
            self.depth -= 1
            return node
        self.at -= 1
        raise self._unexpected()

    def _named(self, token: _Token) -> Node:
        if not (self.now.kind == "mark" and self.now.text == "("):
            if self.names and token.text not in {"and", "or", "div", "mod"}:
                return Name(token.text, token.position)
            raise ExpressionError(
                self.text,
                token.position,
                f'"{token.text}" alone means nothing here. For an answer write '
                f"${{{token.text}}}, for a text '{token.text}'.",
            )
        function = FUNCTIONS.get(token.text)
        if function is None:
            near = difflib.get_close_matches(token.text, FUNCTIONS, 1, 0.75)
            mend = f" Did you mean {near[0]}()?" if near else ""
            raise ExpressionError(
                self.text, token.position, f"There is no function {token.text}() here.{mend}"
            )
        opening = self.now
        self.at += 1
        self._descend(opening)
        given: list[Node] = []
        if not self._sees(")"):
            given.append(self._logic("or"))
            while self._takes("mark", ","):
                given.append(self._logic("or"))
        self._closes(opening)
        self.depth -= 1
        if not function.least <= len(given) <= function.most:
            raise ExpressionError(
                self.text,
                token.position,
                f"{token.text}() takes {_count(function.least, function.most)}, not {len(given)}.",
            )
        self._ensure_pattern(token, given)
        return Call(token.text, tuple(given))

    def _ensure_pattern(self, token: _Token, given: list[Node]) -> None:
        if token.text != "regex" or not isinstance(given[1], Literal):
            return
        if pattern(str(given[1].value)) is None:
            raise ExpressionError(
                self.text,
                token.position,
                "The pattern of regex() can't be read. Patterns are those of RE2: without looking "
                "ahead or back, and without \\1.",
            )

    def _descend(self, token: _Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError(
                self.text, token.position, f"More than {DEEPEST} brackets within each other."
            )

    def _sees(self, mark: str) -> bool:
        return self.now.kind == "mark" and self.now.text == mark

    def _takes(self, kind: str, text: str) -> bool:
        if self.now.kind != kind or self.now.text != text:
            return False
        self.at += 1
        return True

    def _closes(self, opening: _Token) -> None:
        if not self._takes("mark", ")"):
            if self.now.kind != "end":
                raise self._unexpected()
            raise ExpressionError(
                self.text, opening.position, 'This bracket is never closed. Add ")".'
            )

    def _unexpected(self) -> ExpressionError:
        token = self.now
        if token.kind == "end":
            message = "Something is missing at the end."
        elif token.text in {"/", ".."} or (token.text == "." and token.kind == "mark"):
            message = "Paths aren't read here. Refer to an answer by ${its code}."
        elif token.kind == "reference":
            message = f"${{{token.text}}} can't stand here. An operator is missing before it."
        else:
            message = f'"{token.text}" can\'t stand here.'
        return ExpressionError(self.text, token.position, message)


def _count(least: int, most: int) -> str:
    if least == most:
        return f"{least} value" if least == 1 else f"{least} values"
    return f"{least} or more values" if most == MANY else f"{least} to {most} values"
