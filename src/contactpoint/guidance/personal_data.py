"""Whom guidance knows: who looks after it. Of who reads it nothing is kept."""

from django.utils.translation import gettext_lazy as _

from contactpoint.kit.persons import (
    Account,
    Address,
    Data,
    Erased,
    Ground,
    Kept,
    Named,
    Whose,
    declare,
    free,
    no_persons,
)
from contactpoint.kit.persons.work import published, work

work(
    "guidance.GuideText",
    "locked_by",
    Data(
        "checked_by",
        whose=Whose.EDITORS,
        purpose=_("To know who made sure that what applicants read is true."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("Until somebody checks it again, or the person is erased.")),
        erased=Erased.BLANK,
        of=(Address("checked_by"), Named("checked_by")),
    ),
)
declare(
    "guidance.Recording",
    Data(
        "made_by",
        whose=Whose.EDITORS,
        purpose=_("To know who read a text aloud or had it read."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("Until the account is deleted.")),
        erased=Erased.NULL,
    ),
    Data(
        "mp3 opus",
        whose=Whose.EDITORS,
        purpose=_("To let people listen who don't read; a voice is somebody's."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("As long as the text that is read is the same.")),
        erased=Erased.STAYS,
        stays=_("A voice has no name with it; whoever wants theirs gone has the text read anew."),
    ),
    person=[Account("made_by")],
    other=free("language block digest kind", "about the text that is read"),
)
declare(
    "guidance.Place",
    published("names addresses notes phone email website"),
    other=free("code hours languages", "of the place"),
)
no_persons(
    "guidance.GuideTheme guidance.Guide guidance.Guide_concepts guidance.Guide_subjects "
    "guidance.Click"
)
