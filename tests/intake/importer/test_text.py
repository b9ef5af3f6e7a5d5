"""The text listing is taken apart into exactly its items."""

from collections import Counter
from pathlib import Path

import pytest
from listings import LEGACY, TWIN

from contactpoint.intake.errors import SourceError
from contactpoint.intake.importer import importer_for
from contactpoint.intake.raw import RawItem


def read(path: Path, text: str, language: str = "en") -> list[RawItem]:
    path.write_text(text, encoding="utf-8")
    importer = importer_for(path, language=language)
    importer.check()
    return list(importer.items())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "listing.txt"


@pytest.mark.parametrize("path", [TWIN, LEGACY], ids=["twin", "legacy"])
def test_a_listing_has_as_many_items_and_facts_as_its_page_showed(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path} is not here; CI has it")
    importer = importer_for(path)
    importer.check()
    items = list(importer.items())
    keywords = [keyword for item in items for keyword in item.keywords]
    assert len(items) == 25
    assert [item.position for item in items] == list(range(1, 26))
    assert sum(bool(item.date) for item in items) == 12
    assert sum(bool(item.themes) for item in items) == 19
    assert sum(len(item.themes) == 2 for item in items) == 2
    assert sum(bool(item.keywords) for item in items) == 13
    assert (len(keywords), len(set(keywords))) == (15, 14)
    assert max(Counter(keywords).values()) == 2


def test_themes_are_parted_at_commas_only_and_keep_their_order(file: Path) -> None:
    items = read(file, "Figures.\nMain theme: Data & Statistics, Return & Readmission\n")
    assert items[0].themes == ["Data & Statistics", "Return & Readmission"]


def test_every_item_knows_its_lines(file: Path) -> None:
    items = read(file, "One.\nWhen1 May 2020\nTwo.\nThree.\nKeywords: a\n")
    assert [(item.first_line, item.last_line) for item in items] == [(1, 2), (3, 3), (4, 5)]


def test_a_text_line_after_a_finished_text_begins_an_item_without_facts(file: Path) -> None:
    items = read(file, "One is told.\nTwo is told.\nWhen1 May 2020\n")
    assert [item.text for item in items] == ["One is told.", "Two is told."]
    assert [item.date for item in items] == ["", "1 May 2020"]


def test_a_line_that_stops_in_mid_sentence_goes_on_and_says_so(file: Path) -> None:
    items = read(file, "The office moved to\nBrussels last week.\nWhen1 May 2020\n")
    assert [item.text for item in items] == ["The office moved to Brussels last week."]
    assert items[0].notes == [("joined-lines", {"first": 1, "last": 2})]


def test_an_empty_line_parts_items(file: Path) -> None:
    items = read(file, "The office moved\n\nbrussels is new.\nWhen1 May 2020\n")
    assert len(items) == 2


def test_a_sentence_that_begins_with_when_is_text(file: Path) -> None:
    items = read(file, "When 27 Member States met, they agreed.\nWhen03 July 2020\n")
    assert (items[0].text, items[0].date) == (
        "When 27 Member States met, they agreed.",
        "03 July 2020",
    )


def test_a_second_date_is_said_and_the_first_is_kept(file: Path) -> None:
    items = read(file, "One.\nWhen1 May 2020\nWhen2 May 2020\n")
    assert items[0].date == "1 May 2020"
    assert items[0].notes == [("second-date", {"line": 3, "text": "2 May 2020"})]


def test_a_fact_without_a_text_above_it_names_its_line(file: Path) -> None:
    with pytest.raises(SourceError, match=r"line 1: .*stands before any text.*line above"):
        read(file, "Main theme: Asylum\nText.\n")
    with pytest.raises(SourceError, match="line 4"):
        read(file, "Text.\nWhen1 May 2020\n\nKeywords: a\n")


def test_a_text_without_any_fact_is_no_listing(file: Path) -> None:
    with pytest.raises(SourceError, match="nothing here looks like a listing"):
        read(file, "Dear all,\nthis is a letter.\n")


def test_a_listing_in_french_has_french_facts(file: Path) -> None:
    items = read(
        file,
        "Le REM publie.\nQuand17 mars 2021\nThème principal: Asile\nMots-clés: visa, asile",
        "fr",
    )
    assert (items[0].date, items[0].themes) == ("17 mars 2021", ["Asile"])
    assert items[0].keywords == ["visa", "asile"]


def test_a_keyword_that_is_repeated_counts_once(file: Path) -> None:
    assert read(file, "One.\nKeywords: a, b,, a ,\n")[0].keywords == ["a", "b"]
