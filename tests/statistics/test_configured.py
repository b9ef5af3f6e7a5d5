"""What is shown can be counted, named and fetched."""

import pytest

from contactpoint.figures import FiguresError, period
from contactpoint.figures.datasets import datasets
from contactpoint.figures.published import published
from contactpoint.figures.telling import LANGUAGES, Teller
from contactpoint.glossary.terms import GLOSSARY_FILE
from contactpoint.statistics.configured import shown, source, sources
from contactpoint.vocabulary import read_turtle


def test_every_indicator_is_named_and_defined_by_the_shipped_glossary() -> None:
    concepts = read_turtle(GLOSSARY_FILE, scheme_id="glossary").concepts
    for one in shown().values():
        concept = concepts[one.concept]
        labels = {label.language for label in concept.labels}
        assert {*LANGUAGES} <= labels, one.name
        assert concept.definitions, one.name


def test_every_indicator_has_a_sentence_in_each_language() -> None:
    for language in LANGUAGES:
        said = Teller(language).words.said["sentences"]
        assert {one.sentence for one in shown().values()} <= set(said)


def test_what_is_shown_is_fetched() -> None:
    for one in shown().values():
        for counted in one.by.values():
            filters = sources()[counted.dataset.code].filters
            for dimension, code in counted.codes.items():
                assert code in filters.get(dimension, (code,)), (one.name, dimension)


def test_what_is_fetched_fits_its_dataset() -> None:
    assert set(sources()) == set(datasets())
    for one in sources().values():
        assert set(one.filters) <= set(one.dataset.dimensions)
        assert one.filters["unit"] == (one.dataset.unit,)
    assert len(set(source("MIGR_EIORD").places)) == len(source("migr_eiord").places) == 33


def test_what_was_published_is_found_by_its_name() -> None:
    names = {one.published for one in shown().values() if one.published}
    assert names <= {row.figure.measure for row in published()}


def test_a_source_that_is_unknown_is_told_with_those_that_there_are() -> None:
    with pytest.raises(FiguresError, match=r"'migr_nothing' is neither .* migr_asyappctzm"):
        source("migr_nothing")


@pytest.mark.parametrize(
    ("name", "asked", "answers", "looked_at"),
    [
        ("first-time-applicants", "2018Q4", "first-time-applicants-quarter", "2018-Q4"),
        ("first-time-applicants", "2018", "first-time-applicants-year", "2018"),
        ("pending", "2018Q4", "pending", "2018-12"),
        ("pending", "2018", "pending", "2018-12"),
        ("unaccompanied-minors", "2018Q4", "unaccompanied-minors", "2018-Q4"),
        ("unaccompanied-minors", "2018", None, None),
        ("first-permits", "2018Q4", None, None),
        ("first-instance-decisions", "2018-12", None, None),
    ],
)
def test_a_period_is_answered_by_what_is_counted_for_it(
    name: str, asked: str, answers: str | None, looked_at: str | None
) -> None:
    found = shown()[name].counted(period(asked))
    assert (found and found[0].name) == answers
    assert (found and found[1].code) == looked_at
