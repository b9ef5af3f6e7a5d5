"""Rows that are work of people with an account: they keep who did it, and are about something else.

When the person is erased the work stays, and nothing says any more whose it was.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contactpoint.kit.persons.declaring import Data, Kept, declare
from contactpoint.kit.persons.kinds import Erased, Ground, Whose
from contactpoint.kit.persons.links import Account, Link

WHO_DID_IT: Final = _("Colleagues can ask who wrote, decided or approved something.")
WITH_THE_ACCOUNT: Final = Kept(_("Until the account is deleted."))
WITH_THE_ROUND: Final = Kept(_("As long as the consultation is kept, or until the account is."))


def work(
    label: str,
    fields: str,
    *more: Data,
    person: Sequence[Link] = (),
    other: dict[str, str] | None = None,
    whose: Whose = Whose.EDITORS,
    spared: "Callable[[QuerySet[Any]], QuerySet[Any]] | None" = None,
) -> None:
    """Declare a model whose `fields` are users that did something; its texts are their work."""
    done_by = Data(
        fields,
        whose=whose,
        purpose=WHO_DID_IT,
        ground=Ground.PUBLIC_TASK,
        kept=WITH_THE_ACCOUNT,
        erased=Erased.NULL,
    )
    links = [Account(fields), *person]
    declare(label, done_by, *more, person=links, other=other, is_work=True, spared=spared)


def published(fields: str) -> Data:
    """Texts for readers that may name people: speakers, authors, whoever is quoted."""
    return Data(
        fields,
        whose=Whose.NAMED,
        purpose=_("To publish: authors, speakers and whoever is quoted are named."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("As long as the text is kept; editors take a name out by hand.")),
        erased=Erased.STAYS,
        stays=_(
            "It is published, or waits for it. Whether a name may stand there is for an editor to "
            "weigh (article 17 (3)): each place that has the address is listed."
        ),
    )
