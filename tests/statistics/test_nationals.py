"""A national table becomes an indicator of the portal by what its mapping says."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict

from contactpoint.figures import FiguresError, period
from contactpoint.figures.telling import Teller
from contactpoint.glossary.models import Concept
from contactpoint.kit import changes
from contactpoint.kit.changes import EVERYTHING
from contactpoint.kit.generations import Generations
from contactpoint.statistics import nationals
from contactpoint.statistics.choosing import Choice, chosen
from contactpoint.statistics.configured import shown
from contactpoint.statistics.defining import notes
from contactpoint.statistics.loading import load_file
from contactpoint.statistics.models import Dataset, Extraction
from contactpoint.statistics.report import report

DAY = date(2019, 6, 17)
PAGE = Path(__file__).parents[2] / "docs" / "operators" / "national-tables.md"


def parts() -> tuple[str, str]:
    """The mapping and the table of the page for operators."""
    blocks = PAGE.read_text(encoding="utf-8").split("```")
    said = {block.split("\n", 1)[0]: block.split("\n", 1)[1] for block in blocks[1::2]}
    return said["toml"], said["csv"]


@pytest.fixture
def files(db: None, tmp_path: Path) -> tuple[Path, Path]:
    Concept.objects.create(
        slug="reception-capacity",
        labels={"en": "reception capacity", "fr": "capacité d’accueil", "nl": "opvangcapaciteit"},
    )
    mapped, table = tmp_path / "places.toml", tmp_path / "places.csv"
    mapping, rows = parts()
    mapped.write_text(mapping, encoding="utf-8")
    table.write_text(rows, encoding="utf-8")
    return table, mapped


def load(files: tuple[Path, Path], **options: Any) -> Extraction:
    table, mapped = files
    return load_file(table, mapped=mapped, **{"extracted": DAY, **options}).stored.extraction


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_it_is_an_indicator_like_any_other_once_it_is_loaded(files: tuple[Path, Path]) -> None:
    assert "be-reception-places" not in shown()
    load(files)
    one = shown()["be-reception-places"]
    assert (one.concept, set(one.by), one.by["Q"].dataset.kind) == (
        "reception-capacity", {"Q"}, "stock",
    )  # fmt: skip
    assert list(shown())[-1] == "be-reception-places", "after those that are shipped"
    row = report(period("2018-Q4"), country="BE", language="nl")[-1]
    assert row.label == "Plaatsen in het opvangnetwerk"
    assert row.places[0].sentence == (
        "Plaatsen in het opvangnetwerk, België, eind december 2018: 21.343, "
        "5% meer dan in het kwartaal ervoor."
    )
    assert row.places[0].source == "Bron: Example agency (be-reception), opgehaald op 17 juni 2019"
    assert row.places[1].reason == "no-figure"


def test_it_is_called_by_its_concept_where_the_mapping_gives_no_name(
    files: tuple[Path, Path],
) -> None:
    change(files[1], 'nl = "Plaatsen in het opvangnetwerk", ', "")
    load(files)
    assert "be-reception-places" in shown()
    assert Teller("nl").words.said["labels"]["be-reception-places"] == "opvangcapaciteit"
    assert Teller("de").words.said["labels"]["be-reception-places"].startswith("Plätze")


def test_another_mapping_changes_what_is_shown_and_no_figure(files: tuple[Path, Path]) -> None:
    first = load(files)
    change(files[1], "[indicators.be-reception-places]", "[indicators.be-places]")
    assert load(files) == first
    assert {"be-places", "be-reception-places"} & set(shown()) == {"be-places"}


def test_other_processes_learn_of_it_by_the_shared_cache(
    files: tuple[Path, Path],
    django_assert_num_queries: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    nationals = "contactpoint.statistics.nationals"
    assert "be-reception-places" not in shown()
    before = dict(shown())
    with django_capture_on_commit_callbacks(execute=True):
        load(files)
    known = __import__(nationals, fromlist=["_known"])._known
    known.found, known.token = {}, None  # another process, which has looked before
    known.looked_at = float("-inf")
    with django_assert_num_queries(1):
        assert set(shown()) - set(before) == {"be-reception-places"}
    with django_assert_num_queries(0):
        shown()
    known.looked_at = float("-inf")
    with django_assert_num_queries(0):
        shown()


def test_a_decimal_sign_that_was_misread_is_noticed(files: tuple[Path, Path]) -> None:
    change(files[0], "21.343", "21,343")
    with pytest.raises(FiguresError, match=r"kind TOTAL, time 2018-Q4.*no whole number"):
        load(files)
    assert not Extraction.objects.filter(state="complete").exists()
    change(files[1], 'kind = "stock"', 'kind = "stock"\nrounding = 0.001')
    with pytest.raises(
        FiguresError, match=r"is 952 times less than the 20,327 of the period before"
    ):
        load(files)
    assert load(files, accept=True), "who counts parts may say so"


def test_another_publisher_of_a_table_is_noticed(files: tuple[Path, Path]) -> None:
    load(files)
    change(files[1], "Example agency", "Other agency")
    change(files[0], "20.327", "20.328")
    with pytest.raises(FiguresError, match="from Other agency, not from Example agency"):
        load(files, extracted=date(2019, 7, 17))


def test_its_notes_tell_its_own_periods_and_source(files: tuple[Path, Path]) -> None:
    change(files[1], 'kind = "stock"', 'kind = "stock"\nrounding = 5')
    load(files)
    found = notes(chosen(Choice.read("be-reception-places", QueryDict(""))))
    assert found == [
        "It is counted at the end of each quarter, not during it.",
        "Example agency rounds each figure to 5, so small differences say nothing.",
    ]


def test_what_came_to_nothing_is_not_remembered(files: tuple[Path, Path]) -> None:
    before = set(shown())
    with transaction.atomic():
        load(files)
        assert "be-reception-places" in shown()
        transaction.set_rollback(True)
    assert set(shown()) == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"reception-capacity"', '"nothing-such"', "concept 'nothing-such', which the glossary"),
        ("[indicators.be-reception-places]", "[indicators.pending]", "called 'pending' already"),
        ("[indicators.be-reception-places]", "[indicators.countries]", "'countries' already"),
        ("[indicators.be-reception-places]", '[indicators."../x"]', "no name of an indicator"),
        ('codes = { kind = "TOTAL" }', "", "leaves open which kind it counts"),
        ('codes = { kind = "TOTAL" }', 'codes = { kind = "X" }', "'X', which the table doesn't"),
        ('codes = { kind = "TOTAL" }', 'codes = { geo = "BE" }', "has a code of 'geo'"),
        ("names = { en", 'names = { xx = "x", en', "has a name in 'xx'"),
        ('kind = "stock"', 'kind = "heap"', "kind = 'heap' is unknown"),
        ('kind = "stock"', 'kind = "stock"\nrounding = 0', "no number above zero"),
        ('kind = "stock"', 'kind = "stock"\nrounding = "5"', "no number above zero"),
    ],
)
def test_what_cannot_be_shown_is_refused_before_anything_is_stored(
    files: tuple[Path, Path], old: str, new: str, said: str
) -> None:
    change(files[1], old, new)
    with pytest.raises(FiguresError, match=said):
        load(files)
    assert not Extraction.objects.exists()
    assert not Dataset.objects.exclude(indicators={}).exists()


def test_two_tables_cannot_have_an_indicator_of_the_same_name(files: tuple[Path, Path]) -> None:
    load(files)
    change(files[1], 'dataset = "be-reception"', 'dataset = "be-other"')
    with pytest.raises(FiguresError, match="'be-reception-places' already"):
        load(files)


def test_where_changes_are_told_another_process_looks_at_each(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = Generations(tmp_path / "generations")
    monkeypatch.setattr(changes, "_opened", [numbers])
    monkeypatch.setattr(changes, "_watching", [True], raising=False)
    shown()
    known = vars(nationals._known).copy()
    load(files)
    for name, value in known.items():  # another process, which has looked this very moment
        setattr(nationals._known, name, value)
    nationals._known.looked_at = time.monotonic()
    numbers.changed([EVERYTHING])
    assert "be-reception-places" in shown()
    numbers.close()
