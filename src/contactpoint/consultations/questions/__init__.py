"""What is asked: an instrument as data, its logic and its checks. Knows no Django.

definition.py   an instrument: sections, questions, sets of choices, texts in any language
carrying.py     the same as JSON, and back
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
    "carried",
    "restored",
    "said",
]
