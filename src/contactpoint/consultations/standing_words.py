"""How a round stands, in a word for editors: a closing day that has passed closes a survey,
whatever its row says."""

from django.utils.translation import gettext as _

from contactpoint.consultations.models import Round
from contactpoint.consultations.timing import Standing, standing


def state_words(round: Round) -> str:
    """Such as “Open”; of states it is what was done last, since their deadline closes nothing."""
    if round.is_of_states or round.status == Round.Status.DRAFT:
        return str(round.get_status_display())
    return {
        Standing.NOT_YET: _("Opens later"),
        Standing.OPEN: str(Round.Status.OPEN.label),
        Standing.ENDING: _("Ending"),
        Standing.OVER: str(Round.Status.CLOSED.label),
    }[standing(round)]


def can_close(round: Round) -> bool:
    """Whether closing it now changes anything."""
    if round.status != Round.Status.OPEN:
        return False
    return round.is_of_states or standing(round) in (Standing.NOT_YET, Standing.OPEN)
