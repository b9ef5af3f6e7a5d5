"""What the worker does for the room: sends mails, tells and reminds states."""

from contactpoint.consultations.actions.telling import TOPIC, tell_all
from contactpoint.consultations.room.notices import send_state_notice
from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.outbox import handles

tidies(tell_all)


@handles(TOPIC)
def send(*, notice: int) -> None:
    """A job of its own, because a mail server may be away for longer than the outbox waits."""
    send_state_notice.enqueue(notice)
