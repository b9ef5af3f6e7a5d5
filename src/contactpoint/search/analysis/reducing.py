"""Words of languages without a good stemmer, reduced to what their forms share.

The longest ending that stands in any paradigm of the language goes; so the forms of one word meet
in one token, without knowing which paradigm it has. The endings are those by which labels are
matched (`contactpoint.vocabulary.inflection`); what only search needs is in `data/stems.toml`.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from contactpoint.vocabulary.inflection import inflections

_SHORTEST_AFTER_INITIAL: Final = 3


class Reduction(NamedTuple):
    """How the folded words of one language are reduced."""

    minimum: int
    longest: int
    endings: frozenset[str]
    initial: tuple[tuple[str, str], ...] = ()
    final: tuple[tuple[str, str], ...] = ()

    def __call__(self, word: str) -> str:
        """The token that forms of the word share; never empty."""
        begun = self._begun(word)
        for cut in range(max(self.minimum, len(begun) - self.longest), len(begun)):
            if begun[cut:] in self.endings:
                begun = begun[:cut]
                break
        for one, other in self.final:
            if begun.endswith(one) and len(begun) - len(one) >= 2:
                return begun[: -len(one)] + other
        return begun

    def _begun(self, word: str) -> str:
        for changed, plain in self.initial:
            if word.startswith(changed) and len(word) - len(changed) >= _SHORTEST_AFTER_INITIAL:
                return plain + word[len(changed) :]
        return word


def reduction(language: str, endings: Iterable[str] = ()) -> Reduction:
    """The reduction of a language, with more endings than labels need."""
    table = inflections().get(language)
    known = frozenset(table.by_ending if table else ()) | frozenset(endings)
    known -= {""}
    return Reduction(
        minimum=table.minimum if table else 4,
        longest=max(map(len, known), default=0),
        endings=known,
        initial=table.initial if table else (),
        final=tuple((two, one) for one, two in table.final) if table else (),
    )
