"""The editors' summary of a round as readers get it: a live figure in it is told as a number."""

from contactpoint.consultations.models import Round
from contactpoint.consultations.questions import Said, said
from contactpoint.outputs.figures.telling import Telling
from contactpoint.outputs.figures.tokens import references


def told_summary(round: Round, language: str) -> Said:
    """In the language, else in another with that one named. Queries only where figures are told."""
    found = said(round.summaries, language)
    asked = [one.asked for one in references(found.text)]
    if not asked:
        return found
    telling = Telling.of(asked, found.language)
    return found._replace(text=telling.in_words(found.text))
