"""Why there can be no study of a round yet."""

from django.utils import timezone
from django.utils.dateformat import time_format
from django.utils.translation import gettext as _

from contactpoint.consultations.models import Instrument, Response, Round
from contactpoint.consultations.timing import states_may_send_until


def refusal(round: Round) -> str:
    """Why there can be no study of it now; empty where there can."""
    if round.instrument.kind != Instrument.Kind.STUDY or not round.is_of_states:
        return _("Only a study that states answer becomes a family of reports.")
    if round.status != Round.Status.CLOSED:
        return _("States may still answer. Close the study first.")
    until = states_may_send_until(round)
    if until is not None and timezone.now() < until and _is_being_written(round):
        return _(
            "It is closed, and a state that had begun may send until %(time)s. Write the reports "
            "after that."
        ) % {"time": time_format(timezone.localtime(until), "H:i")}
    if not round.is_listed:
        return _("It is not told of in public. Change that before you write reports of it.")
    return ""


def _is_being_written(round: Round) -> bool:
    begun = round.responses.filter(is_test=False, sent_on=None)
    return begun.exclude(status=Response.Status.SENT).exists()
