"""Whom the mails to followers know, and why."""

from django.utils.translation import gettext_lazy as _

from contactpoint.dissemination.delivering.taking import forget_old
from contactpoint.kit.persons import Address, Data, Ground, Kept, Whose, declare, free, no_persons
from contactpoint.kit.persons.work import work

_UNTIL_STOPPED = Kept(_("Until the person follows nothing any more."))

declare(
    "dissemination.Subscriber",
    Data(
        "address language bounces held_back_since",
        whose=Whose.FOLLOWERS,
        purpose=_("To send what the person asked to be told, in their language."),
        ground=Ground.CONSENT,
        kept=_UNTIL_STOPPED,
    ),
    Data(
        "confirmed_at consented_to",
        whose=Whose.FOLLOWERS,
        purpose=_("To show that the person agreed, when, and to what."),
        ground=Ground.LAW,
        kept=_UNTIL_STOPPED,
    ),
    Data(
        "reference",
        whose=Whose.FOLLOWERS,
        purpose=_("To let the person change or stop it by a link."),
        ground=Ground.CONSENT,
        kept=_UNTIL_STOPPED,
        hidden="reference",
    ),
    person=[Address("address")],
)
declare(
    "dissemination.Subscription",
    Data(
        "interest rhythm since",
        whose=Whose.FOLLOWERS,
        purpose=_("To send what the person asked to be told, in their language."),
        ground=Ground.CONSENT,
        kept=_UNTIL_STOPPED,
    ),
    Data(
        "agreed_at agreed_to agreed_in",
        whose=Whose.FOLLOWERS,
        purpose=_("To show that the person agreed, when, and to what."),
        ground=Ground.LAW,
        kept=_UNTIL_STOPPED,
    ),
    person=[Address("subscriber__address")],
)
declare(
    "dissemination.Delivery",
    Data(
        "about told domain said",
        whose=Whose.FOLLOWERS,
        purpose=_("To send each mail once, and to stop where an address refuses."),
        ground=Ground.CONSENT,
        kept=Kept(_("90 days after the mail."), forget_old),
    ),
    person=[Address("subscriber__address")],
    other=free("taken_by", "the name of a process"),
)
work("dissemination.Issue", "scheduled_by")
work("dissemination.Post", "approved_by", other=free("remote", "the post's number elsewhere"))
no_persons(
    "dissemination.Interest dissemination.Mailing dissemination.Happening dissemination.Match "
    "dissemination.IssueEdition"
)
