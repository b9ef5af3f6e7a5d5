"""An instrument as an XLSForm, and back.

guarding.py   what is refused of a workbook before anything reads it
sheets.py     a workbook (or its CSV) as rows whose cells know where they stand, by pyxform
columns.py    headings: which text, in which language
conditions.py  expressions, checked where they stand
rows.py       a row as a question
choices.py    the sheet of choices
groups.py     groups within groups, and those that are a matrix
reading.py    rows → instrument
writing.py    instrument → workbook
"""

from contactpoint.consultations.questions.xlsform.reading import Reading, Remark, read, reading
from contactpoint.consultations.questions.xlsform.writing import write

__all__ = ["Reading", "Remark", "read", "reading", "write"]
