"""Whom the network's directory knows: who may contribute for an institution."""

from django.utils.translation import gettext_lazy as _

from contactpoint.kit.persons import Account, Data, Ground, Kept, Whose, declare, no_persons
from contactpoint.kit.persons.work import published

declare(
    "network.Institution_contributors",
    Data(
        "user",
        whose=Whose.EDITORS,
        purpose=_("To know who may write for an institution."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("Until the person writes for it no more.")),
    ),
    person=[Account("user")],
)
declare("network.NetworkPage", published("introduction body"))
no_persons(
    "network.Country network.Institution network.SecondReading network.SecondReading_groups "
    "network.ExpertGroup"
)
