"""What `docs/developers/instruments.md` says is what the code does."""

import re
from pathlib import Path

from contactpoint.consultations.questions import Kind
from contactpoint.consultations.questions.expressions import FUNCTIONS
from contactpoint.consultations.questions.xlsform import guarding

DOC = Path(__file__).parents[3] / "docs" / "developers" / "instruments.md"


def test_all_functions_are_named_and_no_others() -> None:
    text = DOC.read_text().partition("Functions:")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([^`]+)`", text)) == set(FUNCTIONS)


def test_all_kinds_are_named() -> None:
    table = DOC.read_text().partition("| kind | answer |")[2].partition("\n\n")[0]
    named = {
        name
        for line in table.splitlines()
        for name in re.findall(r"`([a-z-]+)`", line.partition("|")[2].partition("|")[0])
    }
    assert named == {kind.value for kind in Kind}


def test_the_limits_of_a_workbook_are_those_that_are_told() -> None:
    told = f"{guarding.LARGEST // 2**20} MB, {guarding.MOST_UNPACKED // 2**20} MB unpacked"
    more = f"{guarding.MOST_PARTS} parts, {guarding.MOST_ROWS:,} rows or {guarding.MOST_COLUMNS}"
    text = DOC.read_text()
    assert told in text
    assert more in text
