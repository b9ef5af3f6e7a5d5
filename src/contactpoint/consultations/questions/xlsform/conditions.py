"""The expressions of a form, checked where they stand: an error names the cell."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from contactpoint.consultations.questions.carrying import InstrumentError
from contactpoint.consultations.questions.definition import Question, Section
from contactpoint.consultations.questions.expressions import ExpressionError, parsed, references
from contactpoint.consultations.questions.xlsform.rows import Said

_FIELDS: Final = ("required", "relevant", "constraint", "calculation", "choice_filter")
_NAMED: Final = re.compile(r"\$\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}", re.ASCII)


def joined(above: str, own: str) -> str:
    """Both conditions, where there are two."""
    return f"({above}) and ({own})" if above and own else above or own


class Conditions:
    """Takes note of each expression, until all names are known."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.renamed: dict[str, str] = {}
        self.rows: set[str] = set()

    def add(self, code: str, said: Said) -> str:
        """An expression as it is kept; an `InstrumentError` for one that can't be read."""
        try:
            parsed(said.text, names=said.field == "choice_filter")
        except ExpressionError as error:
            raise InstrumentError(
                said.place, f"{error.message} (character {error.position} of: {error.expression})"
            ) from None
        self.said.append(said)
        return said.text

    def rename(self, row: str, whole: str) -> None:
        """A row of a matrix goes by its own name in the sheet, by that of its matrix too here."""
        self.renamed[row] = whole

    def ensure_known(self, codes: Iterable[str]) -> None:
        """An `InstrumentError` where an expression refers to what isn't asked."""
        known = {*codes, *self.renamed, *self.rows}
        for said in self.said:
            expression = parsed(said.text, names=said.field == "choice_filter")
            for one in references(expression.node):
                if one.code not in known:
                    near = difflib.get_close_matches(one.code, known, 1, 0.7)
                    mend = f" Did you mean ${{{near[0]}}}?" if near else ""
                    raise InstrumentError(
                        said.place,
                        f"${{{one.code}}}: no question is called so.{mend} (character "
                        f"{one.position} of: {said.text})",
                    )

    def mended(self, section: Section) -> Section:
        """A section whose expressions name rows of a matrix in whole."""
        if not self.renamed:
            return section
        return replace(
            section,
            relevant=self._mended(section.relevant),
            questions=tuple(self._question(one) for one in section.questions),
        )

    def _question(self, one: Question) -> Question:
        return replace(one, **{name: self._mended(getattr(one, name)) for name in _FIELDS})  # type: ignore[arg-type]

    def _mended(self, text: str) -> str:
        return _NAMED.sub(lambda found: f"${{{self.renamed.get(found[1], found[1])}}}", text)
