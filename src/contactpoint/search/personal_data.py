"""What the search keeps of readers: nothing that leads to one, and that for a while."""

from django.utils.translation import gettext_lazy as _

from contactpoint.kit.persons import Data, Erased, Ground, Kept, Whose, declare, free, no_persons
from contactpoint.search.noticing.keeping import forget_questions

declare(
    "search.AskedQuestion",
    Data(
        "words folded",
        whose=Whose.READERS,
        purpose=_("To find out what readers look for and don't find."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(
            _("Until the night where few asked it, else 400 days; never with who asked."),
            forget_questions,
        ),
        erased=Erased.WORDS,
    ),
    Data(
        "networks mark",
        whose=Whose.READERS,
        purpose=_("To count how many asked, not how often one did: keyed digests of a day."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("Until the night."), forget_questions),
        erased=Erased.STAYS,
        stays=_("It is a digest whose key is deleted each night: nobody is found by it."),
    ),
    other=free("language", "the language of the question"),
)
declare(
    "search.LookedFor",
    Data(
        "folded words",
        whose=Whose.READERS,
        purpose=_("To offer the networks' editors what is looked for and missing."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("400 days after it was last asked; never with who asked."), forget_questions),
        erased=Erased.WORDS,
    ),
    other=free("language", "the language of the question"),
)
no_persons("search.Index", free("name", "of the index"))
no_persons(
    "search.DayKey search.Unsuggested search.Change search.Made search.Expiry search.Pin "
    "search.PinnedThing"
)
