"""What is stored of consultations.

instruments.py   what is asked, by versions
rounds.py        who is asked, when, how open; states and respondents
inviting.py      the links of respondents, and the mails that bring them
responses.py     what was answered, and with what mark
asking.py        that states were asked whether their answers still hold
working.py       what people of one state do on one answer: locks, comments, steps, later changes
reported.py      which answers stand in which pages
synthesis.py     what the editors make of the answers to a study
telling.py       mails to the people of states
subjects.py      what a round is about, as the annotator reads it
"""

from contactpoint.consultations.models.asking import ValidityLetter, ValidityRequest
from contactpoint.consultations.models.instruments import Instrument, Version
from contactpoint.consultations.models.inviting import Mailing, PersonalLink
from contactpoint.consultations.models.reported import ReportedAnswer, ReportPage
from contactpoint.consultations.models.responses import Answer, Attachment, Response
from contactpoint.consultations.models.rounds import Respondent, Round, Seat, StateAsked
from contactpoint.consultations.models.subjects import Subject
from contactpoint.consultations.models.synthesis import SynthesisChapter
from contactpoint.consultations.models.telling import StateNotice
from contactpoint.consultations.models.working import (
    ChangeLetter,
    Comment,
    LaterChange,
    SectionLock,
    Step,
)

__all__ = [
    "Answer",
    "Attachment",
    "ChangeLetter",
    "Comment",
    "Instrument",
    "LaterChange",
    "Mailing",
    "PersonalLink",
    "ReportPage",
    "ReportedAnswer",
    "Respondent",
    "Response",
    "Round",
    "Seat",
    "SectionLock",
    "StateAsked",
    "StateNotice",
    "Step",
    "Subject",
    "SynthesisChapter",
    "ValidityLetter",
    "ValidityRequest",
    "Version",
]
