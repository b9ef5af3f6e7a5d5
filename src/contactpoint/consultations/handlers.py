"""What the worker does for consultations."""

from contactpoint.consultations.actions.validity import ask_states
from contactpoint.consultations.compilations.letters import send_letter
from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.outbox import handles

tidies(ask_states)


@handles("consultations.validity")
def ask_whether_valid(*, letter: int) -> None:
    """A job of its own, because a mail server may be away for longer than the outbox waits."""
    send_letter.enqueue(letter)
