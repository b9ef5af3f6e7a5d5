"""What the worker does for the glossary: tells outcomes, and forgets addresses in time."""

from contactpoint.glossary.proposals.mails import forget_addresses, tell
from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.outbox import handles

tidies(forget_addresses)


@handles("proposal.decided")
def tell_the_reader(*, proposal: int) -> None:
    """A job of its own, because a mail server may be away for longer than the outbox waits."""
    tell.enqueue(proposal)
