"""What the worker does for whoever follows something."""

from contactpoint.dissemination.alerts import composing  # noqa: F401 — registers its composer
from contactpoint.dissemination.alerts.forgetting import forget_happenings, forget_matches
from contactpoint.dissemination.alerts.occasions import begin_due
from contactpoint.dissemination.alerts.opening import opened_lately
from contactpoint.dissemination.delivering import rounds as sending
from contactpoint.dissemination.delivering.returning import read_mailbox
from contactpoint.dissemination.delivering.taking import forget_old
from contactpoint.dissemination.matching import rounds
from contactpoint.dissemination.matching.keeping import forget_unfollowed
from contactpoint.dissemination.matching.listening import corrected_lately, published_lately
from contactpoint.dissemination.newsletter import composing as issues  # noqa: F401 — the same
from contactpoint.dissemination.newsletter.sending import work
from contactpoint.dissemination.social import rounds as posting
from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.rounds import each_round

tidies(forget_unfollowed)
tidies(forget_old)
tidies(read_mailbox)
tidies(forget_matches)
tidies(forget_happenings)
tidies(published_lately)
tidies(corrected_lately)
tidies(opened_lately)


@each_round
def match_what_happened() -> bool:
    """Hold what has happened against what is followed."""
    return rounds.match_waiting()


@each_round
def send_what_waits() -> bool:
    """Hand over mails to whoever follows something."""
    return sending.send_waiting()


@each_round
def begin_alerts() -> bool:
    """Say who is to be told of what happened."""
    return begin_due()


@each_round
def send_issues() -> bool:
    """Let issues of the newsletter leave when their time has come."""
    return work()


@each_round
def send_posts() -> bool:
    """Send what was approved for social networks, and delete what was taken back."""
    return posting.send_posts()
