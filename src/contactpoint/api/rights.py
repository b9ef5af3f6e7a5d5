"""What may be done with what is told: what describes is CC BY 4.0, words of others are not.

A licence is told only where it holds for all of a list or file. Where it doesn't, words say so.
"""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME: Final = "CC BY 4.0"


class Rights(StrEnum):
    """What holds beside the licence or in its place."""

    TEXTS = "texts"
    ANSWERS = "answers"
    FIGURES = "figures"
    TABLES = "tables"
    TERMS = "terms"

    @property
    def in_words(self) -> str:
        """A sentence or two in the active language."""
        return {
            Rights.TEXTS: _(
                "Titles, days, terms and other descriptions may be used under CC BY 4.0. Texts and "
                "files keep the rights that stand beside them; no licence is given here."
            ),
            Rights.ANSWERS: _(
                "Titles, days, terms and other descriptions may be used under CC BY 4.0. Questions "
                "and answers are the words of those who asked and answered; no licence is given "
                "here."
            ),
            Rights.FIGURES: _(
                "Figures keep the rights of those who publish them and are named beside them; no "
                "licence is given here."
            ),
            Rights.TABLES: _("The tables of a survey may be read by anybody; no licence is given."),
            Rights.TERMS: _(
                "Definitions and other words of this site may be used under CC BY 4.0. Labels and "
                "addresses of EuroVoc: © European Union, Publications Office; they may be reused "
                "under Decision 2011/833/EU if their source is named."
            ),
        }[self]
