"""Whom the lists of events know, and why."""

from django.utils.translation import gettext_lazy as _

from contactpoint.events.keeping import erase
from contactpoint.kit.persons import Address, Data, Ground, Kept, Whose, declare, free, no_persons

_UNTIL_FORGOTTEN = Kept(
    _("Until the days set by CONTACTPOINT_REGISTRATIONS_KEPT_DAYS after the event are over."), erase
)

declare(
    "events.Registration",
    Data(
        "name email organisation needs",
        whose=Whose.PARTICIPANTS,
        purpose=_("To keep a place at an event, to say what changes, and to prepare for needs."),
        ground=Ground.CONSENT,
        kept=_UNTIL_FORGOTTEN,
    ),
    Data(
        "reference ticket told",
        whose=Whose.PARTICIPANTS,
        purpose=_("To let the person cancel by a link, and to tell them each change once."),
        ground=Ground.CONSENT,
        kept=_UNTIL_FORGOTTEN,
        hidden="reference",
    ),
    person=[Address("email")],
    other=free("language", "the language of the mails"),
)
declare(
    "events.Notice",
    Data(
        "registration",
        whose=Whose.PARTICIPANTS,
        purpose=_("To send each mail about an event once."),
        ground=Ground.CONSENT,
        kept=_UNTIL_FORGOTTEN,
    ),
    person=[Address("registration__email")],
)
no_persons("events.EventRegister events.Announced")
