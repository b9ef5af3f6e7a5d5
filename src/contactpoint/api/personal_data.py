"""Whom the doors for programs know: who made a token, who decided."""

from django.utils.translation import gettext_lazy as _

from contactpoint.api.handlers import forget_decided
from contactpoint.kit.persons import Data, Erased, Ground, Kept, Whose, free, no_persons
from contactpoint.kit.persons.work import work

work("api.ApiToken", "made_by")
work(
    "api.Proposal",
    "decided_by",
    Data(
        "title content read",
        whose=Whose.NAMED,
        purpose=_("To decide on what a partner proposes; its texts may name people."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("A year after it was decided."), forget_decided),
        erased=Erased.WORDS,
    ),
    other=free("key fingerprint", "the partner's own number of it"),
)
no_persons("api.Harvested")
