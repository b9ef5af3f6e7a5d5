"""Whom consultations know: who is asked, who answers for a state, who prepares them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contactpoint.consultations.actions.inviting import count
from contactpoint.consultations.models import Response, Round
from contactpoint.consultations.surveys.keeping import cut_links, forget
from contactpoint.kit.persons import (
    Account,
    Address,
    Data,
    Erased,
    Ground,
    Kept,
    Whose,
    declare,
    free,
    no_persons,
)
from contactpoint.kit.persons.work import WHO_DID_IT, WITH_THE_ROUND, published, work

_UNTIL_FORGOTTEN = Kept(
    _("Until the days set by CONTACTPOINT_RESPONDENTS_KEPT_DAYS after the survey are over."), forget
)
_ASKING = _("To ask each person once, by a link of their own, and to remind who has not answered.")
_IN_THE_ROUND = Kept(_("As long as the consultation is kept."))
_ANSWERS_STAY = _("Answers stay, without the name: people were told so before they answered.")
_STATES_WORD = _("It is what the state answered, and stays without saying who wrote it.")


def _take_out(rows: "QuerySet[Any]") -> None:
    """How many were asked stays with the round; what was begun and not sent goes with them."""
    keys = list(rows.values_list("pk", flat=True))
    rounds = list(Round.objects.filter(respondents__in=keys).distinct())
    for each in rounds:
        count(each)
    begun = Response.objects.filter(respondent__in=keys)
    begun.exclude(status=Response.Status.SENT).delete()
    begun.update(digest=None)
    rows.delete()


declare(
    "consultations.Respondent",
    Data(
        "email name language has_answered invited_at reminded_at",
        whose=Whose.RESPONDENTS,
        purpose=_ASKING,
        ground=Ground.PUBLIC_TASK,
        kept=_UNTIL_FORGOTTEN,
    ),
    person=[Address("email")],
    erase=_take_out,
)
declare(
    "consultations.PersonalLink",
    Data(
        "respondent digest",
        whose=Whose.RESPONDENTS,
        purpose=_ASKING,
        ground=Ground.PUBLIC_TASK,
        kept=_UNTIL_FORGOTTEN,
        hidden="digest",
    ),
    person=[Address("respondent__email")],
)
declare(
    "consultations.Mailing",
    Data(
        "respondent turn sent_at is_undeliverable",
        whose=Whose.RESPONDENTS,
        purpose=_ASKING,
        ground=Ground.PUBLIC_TASK,
        kept=_UNTIL_FORGOTTEN,
    ),
    person=[Address("respondent__email")],
)
declare(
    "consultations.Response",
    Data(
        "respondent",
        whose=Whose.RESPONDENTS,
        purpose=_("To let the person correct their answer, unless the survey is anonymous."),
        ground=Ground.PUBLIC_TASK,
        kept=_UNTIL_FORGOTTEN,
        erased=Erased.NULL,
    ),
    Data(
        "digest",
        whose=Whose.RESPONDENTS,
        purpose=_("To let whoever has the link come back to an answer."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("Of an anonymous survey until it is over, else as long as it."), cut_links),
        erased=Erased.STAYS,
        stays=_("It is a digest of a secret that is kept nowhere; the person's own is emptied."),
        hidden="digest",
    ),
    Data(
        "written_by validated_by",
        whose=Whose.STATES,
        purpose=WHO_DID_IT,
        ground=Ground.PUBLIC_TASK,
        kept=WITH_THE_ROUND,
        erased=Erased.NULL,
    ),
    person=[Address("respondent__email"), Account("written_by validated_by")],
    other=free("receipt language place", "about the answer, not about who gave it"),
)
declare(
    "consultations.Answer",
    Data(
        "value markdown remark sources",
        whose=Whose.RESPONDENTS,
        purpose=_("To know what people and states answer: free text may say something of people."),
        ground=Ground.PUBLIC_TASK,
        kept=_IN_THE_ROUND,
        erased=Erased.STAYS,
        stays=_ANSWERS_STAY,
    ),
    person=[Address("response__respondent__email")],
    other=free("question", "the question"),
)
declare(
    "consultations.Attachment",
    Data(
        "name content",
        whose=Whose.RESPONDENTS,
        purpose=_("To know what people and states answer: free text may say something of people."),
        ground=Ground.PUBLIC_TASK,
        kept=_IN_THE_ROUND,
        erased=Erased.STAYS,
        stays=_ANSWERS_STAY,
    ),
    person=[Address("response__respondent__email")],
    other=free("question reference media_type checksum", "about the file"),
)
declare(
    "consultations.Seat",
    Data(
        "user",
        whose=Whose.STATES,
        purpose=_("To know who may answer for a state."),
        ground=Ground.PUBLIC_TASK,
        kept=Kept(_("Until the person answers for the state no more.")),
    ),
    person=[Account("user")],
)
for _label, _path in (
    ("StateNotice", "user"),
    ("ChangeLetter", "seat"),
    ("ValidityLetter", "seat"),
):
    declare(
        f"consultations.{_label}",
        Data(
            _path,
            whose=Whose.STATES,
            purpose=_("To send each mail to the people of a state once."),
            ground=Ground.PUBLIC_TASK,
            kept=WITH_THE_ROUND,
        ),
        person=[Account(_path if _path == "user" else "seat__user")],
    )
declare(
    "consultations.SectionLock",
    Data(
        "user",
        whose=Whose.STATES,
        purpose=_("To keep two people from writing in a section at once."),
        ground=Ground.PUBLIC_TASK,
        kept=WITH_THE_ROUND,
    ),
    person=[Account("user")],
    other=free("section", "a part of the questionnaire"),
)
for _label, _fields in (("Comment", "text"), ("Step", "note kept"), ("LaterChange", "remark")):
    work(
        f"consultations.{_label}",
        "user",
        Data(
            _fields,
            whose=Whose.STATES,
            purpose=_("People of one state agree among themselves on what the state says."),
            ground=Ground.PUBLIC_TASK,
            kept=_IN_THE_ROUND,
            erased=Erased.STAYS,
            stays=_STATES_WORD,
        ),
        whose=Whose.STATES,
    )
work("consultations.Version", "created_by")
work("consultations.Round", "created_by", published("introductions summaries background"))
work("consultations.SynthesisChapter", "changed_by", published("texts"))
no_persons(
    "consultations.Instrument consultations.Round_themes consultations.Round_concepts "
    "consultations.StateAsked consultations.ValidityRequest consultations.ReportedAnswer "
    "consultations.ReportPage consultations.Subject"
)
