"""What the worker does for compilations: states are asked once a year whether answers hold, and
whoever may validate a later change is told of it."""

from contactpoint.consultations.actions.later_changes import TOPIC
from contactpoint.consultations.actions.validity import ask_states
from contactpoint.consultations.compilations.change_letters import send_change_letter
from contactpoint.consultations.compilations.letters import send_letter
from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.outbox import handles

tidies(ask_states)


@handles("consultations.validity")
def ask_whether_valid(*, letter: int) -> None:
    """A job of its own, because a mail server may be away for longer than the outbox waits."""
    send_letter.enqueue(letter)


@handles(TOPIC)
def tell_of_later_change(*, letter: int) -> None:
    """A job of its own, for the same reason."""
    send_change_letter.enqueue(letter)
