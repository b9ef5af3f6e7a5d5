"""What editors read about importing is what the importer does."""

import re
from pathlib import Path

from contactpoint.intake.phrases import phrases
from contactpoint.intake.problems import MESSAGES

PAGE = Path(__file__).parents[2] / "docs" / "editors" / "importing.md"


def test_every_problem_is_explained_and_no_other() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text.split("## What the problems mean")[1].split("##")[0]
    codes = {
        code
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for code in re.findall(r"`([a-z-]+)`", row)
    }
    assert codes == {code for code in MESSAGES if code != "no-date-but-text"}


def test_the_words_before_facts_that_it_names_are_understood() -> None:
    text = PAGE.read_text(encoding="utf-8")
    listed = " ".join(text.split("- Listings in French")[1].split("\n- ")[0].split())
    words = re.findall(r"`([^`]+)`", listed)
    assert len(words) == 9
    for position, word in enumerate(words):
        name = ("date", "theme", "keyword")[position // 3]
        patterns = phrases(("fr", "nl", "de")[position % 3]).labels[name]
        assert any(re.fullmatch(pattern, word) for pattern in patterns), word
