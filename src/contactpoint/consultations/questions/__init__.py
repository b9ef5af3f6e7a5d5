"""What is asked: an instrument as data, its logic and its checks. Knows no Django.

definition.py   an instrument: sections, questions, sets of choices, texts in any language
carrying.py     the same as JSON, and back
expressions/    the conditions and calculations of XLSForm
answering.py    answers as expressions see them
walking.py      what is asked of who answered so far, and what follows
checking_answers.py  whether an answer can be taken, and which are missing
shapes.py       the shape of each kind of answer, and which choices are offered
messages.py     what is said of one that can't
differences.py  what differs between two versions, and whether it changes what is asked
findings.py     what is wrong with an instrument, or looks so
reachable.py    tries the answers that could matter to a condition
trial_values.py which answers these are
xlsform/        an instrument as an XLSForm, and back
"""

from contactpoint.consultations.questions.carrying import InstrumentError, carried, restored
from contactpoint.consultations.questions.definition import (
    Choice,
    Instrument,
    Kind,
    Question,
    Said,
    Section,
    Texts,
    Value,
    said,
)

__all__ = [
    "Choice",
    "Instrument",
    "InstrumentError",
    "Kind",
    "Question",
    "Said",
    "Section",
    "Texts",
    "Value",
    "carried",
    "restored",
    "said",
]
