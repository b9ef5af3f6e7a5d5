"""Example series look real, are marked wherever they are told, and give way to real ones."""

from datetime import date
from typing import Any

import pytest
from made_answers import applicants
from storing import Keep

from contactpoint.figures import (
    Reason,
    compare,
    indicator,
    on_year,
    per_million,
    period,
    rank,
    series,
    share,
)
from contactpoint.figures.telling import LANGUAGES, Teller
from contactpoint.statistics.actions import load_shipped, newest
from contactpoint.statistics.configured import shown, sources
from contactpoint.statistics.examples import PUBLISHER, examples, load_examples, remove_examples
from contactpoint.statistics.models import Dataset, Extraction, Line, Series
from contactpoint.statistics.reading import lines, lines_of, newest_extractions
from contactpoint.statistics.report import report

MONTHLY = indicator("first-time-applicants-month")
CODE = "migr_asyappctzm"


@pytest.fixture
def shown_examples(db: None) -> None:
    load_shipped()
    load_examples(CODE, "demo_pjan")


def test_every_indicator_has_two_vintages_that_differ() -> None:
    for one in shown().values():
        for counted in one.by.values():
            then, now = examples(counted.dataset)
            assert then.origin.extracted < now.origin.extracted  # type: ignore[operator]
            for cube in (then, now):
                assert cube.origin.publisher == PUBLISHER
                assert len(series(cube, counted, geo="BE")) > 0, counted.name
    before, after = (series(cube, MONTHLY, geo="BE") for cube in examples(MONTHLY.dataset))
    changed = [one for one in before if one.value != after.at(one.period).value]  # type: ignore[union-attr]
    assert 5 < len(changed) < 25, "the newest months are revised, not those of long ago"
    assert len(after) > len(before)


def test_they_have_what_pages_have_to_cope_with() -> None:
    _then, cube = examples(MONTHLY.dataset)
    told = list(cube.rows())
    assert {*"pbes", ""} <= {letter for row in told for letter in row.flags or [""]}
    assert any(row.value is None and row.flags == "c" for row in told)
    assert any(row.value is None and not row.flags for row in told)
    assert any(row.value == 0 for row in told)
    assert all(row.value % 5 == 0 for row in told if row.value is not None)
    assert series(cube, MONTHLY, geo="UK").at("2020-01") is None, "it had left"
    assert series(cube, MONTHLY, geo="EU28").at("2020-01") is None
    assert series(cube, MONTHLY, geo="EU27_2020").at("2020-01") is not None


def test_they_are_the_same_on_every_machine() -> None:
    (_then, now) = examples(MONTHLY.dataset)
    figure = series(now, MONTHLY, geo="BE").at("2018-10")
    assert figure is not None
    assert figure.value == pytest.approx(2_500, rel=0.5)
    assert now == list(examples(MONTHLY.dataset))[1]


def test_what_is_told_of_them_says_so(shown_examples: None) -> None:
    extraction = newest_extractions([CODE])[CODE]
    assert extraction.is_example
    figures = lines(MONTHLY, extraction, ["BE"])["BE"].figures()
    figure = figures.at("2024-05")
    assert figure is not None
    assert figure.is_example
    words = ("Example series, not official", "Série d’exemple", "Voorbeeldreeks", "Beispielreihe")
    for language, said in zip(LANGUAGES, words, strict=False):
        teller = Teller(language)
        change = on_year(figures, figure.period)
        sentence = teller.sentence(figure, "first-time-applicants", [change])
        assert said.lower() in sentence.lower()
        assert said in teller.source_of(figure)
        assert "Eurostat (" not in teller.source_of(figure)


def test_a_real_figure_is_never_compared_with_one(shown_examples: None, keep: Keep) -> None:
    example = lines(MONTHLY, newest_extractions([CODE])[CODE], ["BE"])["BE"].at(period("2018-11"))
    people = indicator("population")
    inhabitants = lines(people, newest_extractions(["demo_pjan"])["demo_pjan"], ["BE"])["BE"]
    keep(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765]))
    real = lines(MONTHLY, newest_extractions([CODE])[CODE], ["BE"])["BE"].at(period("2018-12"))
    assert example is not None
    assert real is not None
    assert not real.is_example
    assert compare(real, example).reason == Reason.ANOTHER_MEASURE
    assert share(real, example).reason == Reason.ANOTHER_MEASURE
    assert per_million(real, inhabitants.at(period("2018"))).reason == Reason.ANOTHER_MEASURE
    assert per_million(example, inhabitants.at(period("2018"))).reason is None
    assert rank([real, *_as_of(example, "DE")], "BE").reason is not None


def _as_of(figure: Any, geo: str) -> list[Any]:
    line = lines(MONTHLY, newest_extractions([CODE])[CODE], [geo])
    assert not line, "the examples of other countries are gone as well"
    return [type(figure)(10.0, period("2018-12"), geo, figure.measure, figure.unit,
                         vintage=figure.vintage, is_example=True)]  # fmt: skip


def test_a_real_table_takes_their_place_whatever_its_day(shown_examples: None, keep: Keep) -> None:
    real = keep(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765]), "2019-06-17").extraction
    assert newest_extractions([CODE])[CODE] == real
    dataset = real.dataset
    assert not dataset.extractions.filter(is_example=True).exists()
    assert dataset.series.count() == 1
    assert Extraction.objects.filter(is_example=True).exists(), "others stay until theirs is loaded"
    assert load_examples(CODE) == 0
    assert newest(dataset) == real


def test_a_real_one_goes_first_even_if_both_are_there(shown_examples: None, keep: Keep) -> None:
    real = keep(applicants(BE=[1500] * 6), "2019-06-17").extraction
    Extraction.objects.create(
        dataset=real.dataset, first=date(2026, 1, 1), last=date(2026, 1, 1), state="complete",
        checksum="x", is_example=True,
    )  # fmt: skip
    assert newest_extractions([CODE])[CODE] == real


def test_what_was_really_published_goes_before_them(shown_examples: None) -> None:
    rows = report(period("2018-Q4"), country="BE", language="en")
    eu = {row.name: row.places[1] for row in rows}["first-time-applicants"]
    assert eu.figure is not None
    assert (eu.figure.value, eu.figure.is_example) == (151_000.0, False)
    assert "xample" not in eu.sentence


def test_they_are_removed_whole_and_come_only_when_asked_for(db: None) -> None:
    load_shipped()
    assert not Extraction.objects.filter(is_example=True).exists()
    assert load_examples() == 2 * len(sources())
    assert load_examples() == 0
    before = Extraction.objects.exclude(is_example=True).count()
    indicators = [each for one in shown().values() for each in one.by.values()]
    found = lines_of(indicators, newest_extractions(list(sources())), ["BE", "EU27_2020"])
    assert {one.name for one in indicators} == set(found)
    assert remove_examples() == 2 * len(sources())
    assert Extraction.objects.count() == before
    eurostat = Dataset.objects.filter(source=Dataset.Source.EUROSTAT)
    assert not Series.objects.filter(dataset__in=eurostat).exists()
    assert not Line.objects.filter(series__dataset__in=eurostat).exists()
    assert remove_examples() == 0


def test_a_file_is_not_held_against_them(shown_examples: None, keep: Keep) -> None:
    assert keep(applicants(BE=[1500] * 6, SM=[5] * 6)).is_new, "it is the first of its table"
