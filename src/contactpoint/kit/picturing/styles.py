"""The style sheet of pictures, for those that leave the page: in plain colours, light and dark.

Pages link `picture.css` and `tokens.css`; a file has to bring its rules along, and not every
program knows variables. So they are read from the same two files, and each variable is put in.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parents[1] / "static" / "kit" / "css"
_OWN: Final = "/* Only of pages"
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]+)\}")
_TOKEN: Final = re.compile(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)")
_VARIABLE: Final = re.compile(r"var\(--([\w-]+)\)")
_SHEET: Final = """
  .picture .p-heading { font-family: var(--serif); font-size: 22px; font-weight: 600; }
  .picture .p-publisher { color: var(--ink); font-size: 12px; font-weight: 600; }
  .p-ground { fill: var(--paper); }
"""
_FONTS: Final = {
    "sans": '"Source Sans 3", "Portal Sans", Arial, sans-serif',
    "serif": '"Source Serif 4", "Portal Serif", Georgia, serif',
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector and what it sets, in light and in dark."""

    selector: str
    light: Mapping[str, str]
    dark: Mapping[str, str]


@cache
def rules() -> tuple[Rule, ...]:
    """All that a picture outside of a page needs."""
    tokens = (_FOLDER / "tokens.css").read_text(encoding="utf-8")
    colours = {name: (light, dark) for name, light, dark in _TOKEN.findall(tokens)}
    css = (_FOLDER / "components" / "picture.css").read_text(encoding="utf-8")
    own = _COMMENT.sub("", css.partition(_OWN)[0]).replace("@layer components {", "") + _SHEET
    return tuple(
        Rule(
            " ".join(selector.split()),
            dict(_declared(body, colours, 0)),
            dict(_declared(body, colours, 1)),
        )
        for selector, body in _RULE.findall(own)
    )


@cache
def style() -> str:
    """As the text of a `<style>`: light, and dark where the reader wants that."""
    light = "".join(_written(rule.selector, rule.light) for rule in rules())
    dark = "".join(
        _written(rule.selector, changed)
        for rule in rules()
        if (
            changed := {
                name: value for name, value in rule.dark.items() if rule.light[name] != value
            }
        )
    )
    return f"{light}@media (prefers-color-scheme:dark){{{dark}}}"


@cache
def policy() -> str:
    """The Content-Security-Policy of a picture that is served as a file: its own style alone."""
    digest = base64.b64encode(sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; sandbox"


@cache
def computed(classes: frozenset[str]) -> Mapping[str, str]:
    """What a text of those classes looks like, in light."""
    found: dict[str, str] = {}
    for rule in sorted(rules(), key=lambda rule: rule.selector.count(".")):
        last = rule.selector.split(" ")[-1]
        if last in ("text", ".picture") or classes.issuperset(last.split(".")[1:]):
            found.update(rule.light)
    return found


def _declared(
    body: str, colours: Mapping[str, tuple[str, str]], mode: int
) -> Iterator[tuple[str, str]]:
    for declaration in filter(str.strip, body.split(";")):
        name, _colon, value = declaration.partition(":")
        yield (
            name.strip(),
            _VARIABLE.sub(lambda found: _value(found[1], colours, mode), value).strip(),
        )


def _value(name: str, colours: Mapping[str, tuple[str, str]], mode: int) -> str:
    return _FONTS.get(name) or colours[name][mode]


def _written(selector: str, declared: Mapping[str, str]) -> str:
    return selector + "{" + ";".join(f"{name}:{value}" for name, value in declared.items()) + "}"
