"""What many tests compile of the same words is compiled once in each process.

A test makes a glossary of its own, and with it goes what the portal has compiled: the words of the
places, kinds and questions, which are the same ever after, were compiled anew some thousand times.
"""

from collections.abc import Iterable
from typing import Final

import pytest

from contactpoint.glossary import lexicon, terms
from contactpoint.search import meanings
from contactpoint.vocabulary import index
from contactpoint.vocabulary.model import Scheme
from contactpoint.vocabulary.tables import Tables, build

MOST: Final = 24
_made: list[tuple[tuple[Scheme, ...], Tables]] = []
_shipped: dict[str, object] = {}


def compile_once(patch: pytest.MonkeyPatch) -> None:
    """From now on the same schemes have the same tables, which are only read."""
    patch.setattr(index, "build", _tables_of)


def _tables_of(schemes: Iterable[Scheme]) -> Tables:
    wanted = tuple(schemes)
    for place, (known, tables) in enumerate(_made):
        if len(known) == len(wanted) and all(map(_is_same, known, wanted)):
            _made.append(_made.pop(place))
            return tables
    tables = build(wanted)
    del _made[: len(_made) + 1 - MOST]
    _made.append((wanted, tables))
    return tables


def _is_same(one: Scheme, other: Scheme) -> bool:
    return one is other or (len(one.concepts) == len(other.concepts) and one == other)


def begin_as_shipped() -> None:
    """Before there is a glossary in the database, the one that is shipped holds: a test finds it as
    the last one that needed it has left it."""
    compiled = terms._compiled
    if compiled is not None and compiled[0] is None:
        _shipped.setdefault("vocabulary", compiled)
        for name, module in (("meanings", meanings), ("lexicon", lexicon)):
            if module._made is not None and module._made[0] is compiled[1]:
                _shipped[name] = module._made
    if "vocabulary" in _shipped:
        terms._compiled = _shipped["vocabulary"]  # type: ignore[assignment]
        meanings._made = _shipped.get("meanings", meanings._made)  # type: ignore[assignment]
        lexicon._made = _shipped.get("lexicon", lexicon._made)  # type: ignore[assignment]
