"""Extractions are added whole or not at all, once, and what was there stays."""

from datetime import date
from typing import Any

import pytest
from made_answers import answer, applicants
from storing import Keep

from contactpoint.figures import SurprisingError, period
from contactpoint.statistics.actions import load_shipped, newest
from contactpoint.statistics.models import CodeList, Dataset, Extraction, Line, Series
from contactpoint.statistics.reading import labels, published_figures

FIRST = applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765], DE=[9000] * 6)


def test_an_extraction_is_stored_with_where_it_comes_from(keep: Keep) -> None:
    stored = keep(FIRST)
    one = stored.extraction
    assert stored.is_new
    assert (one.first, one.last) == (date(2019, 6, 17), date(2019, 6, 17))
    assert (one.state, one.cells, one.lines_count) == ("complete", 12, 2)
    assert (one.publisher, one.updated[:10]) == ("Eurostat", "2019-06-17")
    assert Line.objects.count() == Series.objects.count() == 2
    assert {len(line.values) for line in Line.objects.all()} == {6 * 8}


def test_the_same_figures_add_nothing_on_another_day(keep: Keep) -> None:
    first = keep(FIRST)
    again = keep(FIRST.replace(b"2019-06-17T11", b"2019-07-01T11"), "2019-07-01")
    assert not again.is_new
    assert again.extraction == first.extraction
    assert Extraction.objects.count() == 1


def test_a_revision_is_added_and_overwrites_nothing(keep: Keep) -> None:
    first = keep(FIRST)
    before = bytes(first.extraction.lines.get(series__geo="BE").values)
    second = keep(FIRST.replace(b"1765", b"1790"), "2019-09-16")
    assert second.is_new
    assert newest(second.extraction.dataset) == second.extraction
    assert bytes(first.extraction.lines.get(series__geo="BE").values) == before
    assert bytes(second.extraction.lines.get(series__geo="BE").values) != before
    assert Series.objects.count() == 2, "the series are the same"


def test_an_older_extraction_that_comes_late_is_not_the_newest(keep: Keep) -> None:
    late = keep(FIRST.replace(b"1765", b"1790"), "2019-09-16")
    keep(FIRST, "2019-06-17")
    assert newest(late.extraction.dataset) == late.extraction


def test_what_surprises_is_set_aside_whole(keep: Keep) -> None:
    first = keep(FIRST)
    strange = applicants(BE=[1, 2, 3, 4, 5, 6], XX=[1] * 6)
    for _attempt in range(2):
        with pytest.raises(SurprisingError, match="The code XX in geo is new"):
            keep(strange, "2019-09-16")
    aside = Extraction.objects.get(state=Extraction.State.ASIDE)
    assert {one["surprise"] for one in aside.findings} == {"new-code", "lost-code"}
    assert not aside.lines.exists()
    assert newest(aside.dataset) == first.extraction
    stored = keep(strange, "2019-09-16", accept=True)
    assert newest(aside.dataset) == stored.extraction
    assert not Extraction.objects.filter(state=Extraction.State.ASIDE).exists(), "it is settled"


def test_the_first_extraction_is_held_against_what_is_known(keep: Keep) -> None:
    strange = answer("migr_asyappctzm", {("BE", "2018-12"): (5, "")}, applicant="FRST", sort="X")
    with pytest.raises(SurprisingError, match="The dimension sort is new"):
        keep(strange)
    assert not Series.objects.exists()


def test_a_load_that_is_killed_leaves_no_trace_and_the_next_completes(
    keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keep(FIRST)
    real = Line.objects.bulk_create

    class Killed(BaseException):
        pass

    def some(rows: list[Line]) -> Any:
        real(rows[:1])
        raise Killed

    revised = FIRST.replace(b"1765", b"1790")
    with monkeypatch.context() as patched:
        patched.setattr(type(Line.objects), "bulk_create", lambda _self, rows: some(rows))
        with pytest.raises(Killed):
            keep(revised, "2019-09-16")
    assert list(Extraction.objects.all()) == [first.extraction]
    assert Line.objects.count() == 2
    assert keep(revised, "2019-09-16").is_new
    assert Line.objects.count() == 4


def test_names_of_codes_are_kept_once_and_added_to(keep: Keep) -> None:
    keep(FIRST)
    assert labels("migr_asyappctzm", "en")["geo"] == {"BE": "BE in words", "DE": "DE in words"}
    rows = CodeList.objects.count()
    keep(applicants(BE=[1] * 6, DE=[1] * 6, FR=[2] * 6), "2019-09-16", accept=True)
    assert set(labels("migr_asyappctzm", "en")["geo"]) == {"BE", "DE", "FR"}
    assert CodeList.objects.count() == rows


def test_storing_costs_few_queries_however_many_cells_there_are(
    keep: Keep, django_assert_max_num_queries: Any
) -> None:
    months = [f"{year}-{month:02}" for year in range(2008, 2019) for month in range(1, 13)]
    many = {(place, month): (1500.0, "") for place in ("BE", "DE") for month in months}
    keep(FIRST)
    with django_assert_max_num_queries(23):
        keep(answer("migr_asyappctzm", many, applicant="FRST"), "2019-09-16")


def test_what_was_published_is_there_without_the_net(db: None) -> None:
    load_shipped()
    dataset = Dataset.objects.get(source=Dataset.Source.PUBLISHED)
    vintages = {str(one.vintage) for one in dataset.extractions.all()}
    assert {"2018-12", "2019-06-17", "2020-03-09"} <= vintages
    (figure,) = published_figures("first-time applicants", ["EU28"], [period("2018-Q4")])
    assert (figure.value, figure.give, str(figure.vintage)) == (151_000.0, 500.0, "2019-06-17")
    assert figure.source == "Statistics Explained: Asylum quarterly report (archive)"
    then, now = published_figures("first-time applicants", ["EU28"], [period("2017")])
    assert (then.value, now.value) == (649_855.0, 654_600.0)


def test_shipping_it_twice_adds_nothing(db: None) -> None:
    load_shipped()
    count = Extraction.objects.count(), Line.objects.count(), Dataset.objects.count()
    load_shipped()
    assert (Extraction.objects.count(), Line.objects.count(), Dataset.objects.count()) == count
