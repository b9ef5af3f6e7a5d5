"""What a list of codes can't show is found all the same, and sets the file aside whole."""

from datetime import date
from pathlib import Path

import pytest
from made_answers import MONTHS, answer, applicants
from storing import Keep

from contactpoint.figures import FiguresError, SurprisingError
from contactpoint.statistics.loading import load_file
from contactpoint.statistics.models import Extraction, Line

BASE = {
    "BE": [1500.0, 1520, 1525, 1700, 1720, 1765], "DE": [9000.0] * 6, "FR": [8000.0] * 6,
}  # fmt: skip
CODE = "migr_asyappctzm"


def both_kinds(*, without: tuple[str, str] = ("", "")) -> str:
    """A table with two kinds of applicants, as Eurostat packs it; perhaps one line short."""
    head = "freq,unit,citizen,sex,applicant,age,geo\\TIME_PERIOD\t2018-11 \t2018-12 "
    lines = [
        f"M,PER,TOTAL,T,{kind},TOTAL,{geo}\t900 \t905 "
        for kind in ("FRST", "TOTAL") for geo in ("BE", "DE", "FR") if (kind, geo) != without
    ]  # fmt: skip
    return "\n".join([head, *lines]) + "\n"


def load(path: Path, text: str, day: str) -> Extraction:
    made = path / f"estat_{CODE}.tsv"
    made.write_text(text)
    return load_file(made, extracted=_day(day)).stored.extraction


def _day(text: str) -> date:
    return date.fromisoformat(text)


def test_a_file_that_broke_off_between_two_lines_has_all_codes_and_is_noticed(
    db: None, tmp_path: Path
) -> None:
    first = load(tmp_path, both_kinds(), "2019-06-17")
    with pytest.raises(FiguresError, match=r"1 series is gone: age=TOTAL.*geo=FR.*broken off"):
        load(tmp_path, both_kinds(without=("TOTAL", "FR")), "2019-07-17")
    assert list(Extraction.objects.filter(state="complete")) == [first]
    assert Line.objects.count() == 6


def test_a_newer_extraction_goes_on_to_where_the_one_before_did(keep: Keep) -> None:
    keep(applicants(**BASE))
    short = {place: values[:4] for place, values in BASE.items()}
    with pytest.raises(
        SurprisingError, match="ends with 2018-10; what is stored goes on to 2018-1"
    ):
        keep(applicants(**short), "2019-07-17")
    assert keep(applicants(**short), "2019-01-17").is_new, "it is older, so it may"


@pytest.mark.parametrize(("factor", "said"), [(0.001, "1,000 times as small"), (1000, "as large")])
def test_a_unit_that_changes_without_a_word_is_noticed(
    keep: Keep, factor: float, said: str
) -> None:
    whole = {place: [1000.0 * value for value in values] for place, values in BASE.items()}
    keep(applicants(**whole))
    other = {place: [factor * value for value in values] for place, values in whole.items()}
    with pytest.raises(SurprisingError, match=said):
        keep(applicants(**other), "2019-07-17")
    assert keep(applicants(**other), "2019-07-17", accept=True).is_new


def test_figures_that_only_rose_are_no_surprise(keep: Keep) -> None:
    keep(applicants(**BASE))
    risen = {place: [3 * value for value in values] for place, values in BASE.items()}
    assert keep(applicants(**risen), "2019-07-17").is_new


@pytest.mark.parametrize(
    ("value", "said"),
    [(-5.0, "below zero"), (1e300, "larger than"), (1.5, "no whole number")],
)
def test_a_value_that_no_count_can_have_is_named_with_its_cell(
    keep: Keep, value: float, said: str
) -> None:
    cells = {("BE", when): (100.0, "") for when in MONTHS} | {("BE", "2018-10"): (value, "")}
    with pytest.raises(SurprisingError, match=rf"geo BE, time 2018-10.*{said}"):
        keep(answer(CODE, cells, applicant="FRST"))
    assert not Line.objects.exists()


def test_the_same_file_is_stored_once_even_if_there_is_a_newer_one(keep: Keep) -> None:
    first = keep(applicants(**BASE)).extraction
    newer = dict(BASE) | {"BE": [*BASE["BE"][:5], 1790.0]}
    keep(applicants(**newer), "2019-07-17")
    again = keep(applicants(**BASE), "2019-06-17")
    assert (again.is_new, again.extraction) == (False, first)
    early = keep(applicants(**newer), "2019-05-17")
    assert early.is_new, "it was known before the day that is stored"
    assert keep(applicants(**newer), "2019-08-17").is_new is False


def test_the_way_to_accept_a_file_keeps_its_day_and_its_options(db: None, tmp_path: Path) -> None:
    path = tmp_path / "a table.json"
    path.write_bytes(applicants(BE=[5.0] * 6))
    load_file(path, code=CODE, extracted=_day("2019-06-17"))
    path.write_bytes(applicants(YY=[5.0] * 6))
    with pytest.raises(FiguresError) as refused:
        load_file(path, code=CODE, extracted=_day("2019-07-17"))
    assert str(refused.value).endswith(
        f"load '{path}' --dataset={CODE} --extracted=2019-07-17 --accept"
    )


def test_a_first_file_is_held_against_known_codes_of_countries(keep: Keep) -> None:
    strange = dict(BASE) | {"<script>": [5.0] * 6}
    with pytest.raises(SurprisingError, match="'<script>' in the dimension geo is no country"):
        keep(applicants(**strange))
    assert keep(applicants(**BASE, GR=[5.0] * 6)).is_new, "nothing of the first was stored"


def test_a_person_may_accept_a_country_that_nobody_knew(keep: Keep) -> None:
    assert keep(applicants(XX=[5.0] * 6), accept=True).is_new
    assert keep(applicants(XX=[5.0] * 5 + [10.0]), "2019-07-17").is_new


def test_a_file_was_not_extracted_before_its_source_changed_it(db: None, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(applicants(BE=[5.0] * 6))
    with pytest.raises(FiguresError, match="changed by its source on 2019-06-17"):
        load_file(path, extracted=_day("2019-06-16"))


@pytest.mark.parametrize("hostile", ["/dev/zero", "."])
def test_a_mapping_that_is_no_file_is_refused(db: None, tmp_path: Path, hostile: str) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(applicants(BE=[5.0] * 6))
    with pytest.raises(FiguresError, match="no regular file"):
        load_file(path, mapped=Path(hostile))


def test_a_newer_extraction_begins_where_the_one_before_did(keep: Keep) -> None:
    keep(applicants(**BASE))
    late = {(place, when): (value, "") for place, values in BASE.items()
            for when, value in zip(MONTHS[3:], values[3:], strict=True)}  # fmt: skip
    only_late = answer(CODE, late, applicant="FRST")
    with pytest.raises(
        SurprisingError, match="begins with 2018-10; what is stored begins with 2018-07"
    ):
        keep(only_late, "2019-07-17")
    assert keep(only_late, "2019-07-17", accept=True).is_new


@pytest.mark.parametrize(
    ("value", "flags", "said"),
    [(None, "", "Not a single cell"), (None, "c", "18 of 18.*no number"), (0.0, "", "18.*zero")],
)
def test_a_file_that_was_emptied_is_noticed(
    keep: Keep, value: float | None, flags: str, said: str
) -> None:
    first = keep(applicants(**BASE)).extraction
    cells = {(place, when): (value, flags) for place in BASE for when in MONTHS}
    emptied = answer(CODE, cells, applicant="FRST")
    with pytest.raises(SurprisingError, match=said):
        keep(emptied, "2019-07-17")
    assert list(Extraction.objects.filter(state="complete")) == [first]
    assert keep(emptied, "2019-07-17", accept=True).is_new


def test_one_country_whose_figures_are_gone_is_named(keep: Keep) -> None:
    cells = {(place, when): (value, "") for place, values in BASE.items()
             for when, value in zip(MONTHS, values, strict=True)}  # fmt: skip
    keep(answer(CODE, cells, applicant="FRST"))
    hidden = cells | {("DE", when): (None, "c") for when in MONTHS[1:]}
    with pytest.raises(SurprisingError, match=r"5 of 18 figures.*most of all in .*geo=DE"):
        keep(answer(CODE, hidden, applicant="FRST"), "2019-07-17")
    few = cells | {("DE", MONTHS[0]): (None, "c")}
    assert keep(answer(CODE, few, applicant="FRST"), "2019-07-17").is_new


def test_one_series_in_another_unit_is_noticed(keep: Keep) -> None:
    keep(applicants(**BASE))
    other = dict(BASE) | {"DE": [9.0] * 6}
    with pytest.raises(SurprisingError, match=r"geo=DE are about 1,000 times as small"):
        keep(applicants(**other), "2019-07-17")


def test_a_month_that_leaps_is_named_once_and_then_known(keep: Keep) -> None:
    leaping = applicants(**dict(BASE) | {"BE": [*BASE["BE"][:5], 12_345_678.0]})
    with pytest.raises(SurprisingError, match=r"geo BE, time 2018-12\) is 7,178 times the 1,720"):
        keep(leaping)
    assert keep(leaping, accept=True).is_new
    again = applicants(**dict(BASE) | {"BE": [1501.0, *BASE["BE"][1:5], 12_345_678.0]})
    assert keep(again, "2019-07-17").is_new, "a person has looked at that month"


def test_a_leap_that_the_source_explains_is_none(keep: Keep) -> None:
    cells = {("BE", when): (100.0, "") for when in MONTHS[:3]}
    cells |= {("BE", when): (90_000.0, "b" if when == MONTHS[3] else "") for when in MONTHS[3:]}
    assert keep(answer(CODE, cells, applicant="FRST")).is_new


def test_a_country_is_no_larger_than_the_group_that_it_is_in(keep: Keep) -> None:
    larger = applicants(BE=[1500.0] * 6, EU27_2020=[1490.0] * 6)
    with pytest.raises(
        SurprisingError, match=r"geo BE, time 2018-07.*5 more.*1,490 of geo EU27_20"
    ):
        keep(larger)
    assert keep(applicants(UK=[1500.0] * 6, EU27_2020=[1490.0] * 6)).is_new, "it is no part of it"


def test_first_time_applicants_are_no_more_than_all(db: None, tmp_path: Path) -> None:
    with pytest.raises(FiguresError, match="of applicant TOTAL"):
        load(
            tmp_path, both_kinds().replace("FRST,TOTAL,BE\t900", "FRST,TOTAL,BE\t920"), "2019-06-17"
        )
    rounded = both_kinds().replace("FRST,TOTAL,BE\t900", "FRST,TOTAL,BE\t905")
    assert load(tmp_path, rounded, "2019-06-17"), "each is rounded to five"


@pytest.mark.parametrize("day", ["1900-06-17", "2018-11-30"])
def test_a_file_was_not_extracted_before_its_periods_began(
    db: None, tmp_path: Path, day: str
) -> None:
    with pytest.raises(FiguresError, match=r"2018-12, which had not begun on .*--extracted"):
        load(tmp_path, both_kinds(), day)
    assert load(tmp_path, both_kinds().replace("905 ", "905 f"), "2018-11-30"), "it is a forecast"


def test_figures_of_another_publisher_are_set_aside(keep: Keep) -> None:
    blog = applicants(**BASE).replace(b'"ESTAT"', b'"Some Blog"')
    with pytest.raises(SurprisingError, match="comes from Some Blog, not from Eurostat"):
        keep(blog)
    assert keep(applicants(**BASE)).is_new
    with pytest.raises(SurprisingError, match="comes from Some Blog, not from Eurostat"):
        keep(blog, "2019-07-17")
    revised = {place: [value + 5 for value in values] for place, values in BASE.items()}
    taken = applicants(**revised).replace(b'"ESTAT"', b'"Some Blog"')
    assert keep(taken, "2019-07-17", accept=True).extraction.publisher == "Some Blog"
    assert keep(applicants(**BASE), "2019-08-17").is_new, "Eurostat's own is never a surprise"


SDMX = "DATAFLOW,LAST UPDATE,freq,unit,citizen,sex,applicant,age,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"


def test_the_same_figures_in_another_format_are_the_same(db: None, tmp_path: Path) -> None:
    """TSV fills all cells and has a line for each country, the others leave out what is empty."""
    head = "freq,unit,citizen,sex,applicant,age,geo\\TIME_PERIOD\t2018-11 \t2018-12 \t2019-01 "
    rows = {"BE": "900 \t905 p\t: ", "DE": ": c\t800 \t: ", "IS": ": \t: \t: "}
    lines = [f"M,PER,TOTAL,T,FRST,TOTAL,{geo}\t{cells}" for geo, cells in rows.items()]
    first = load(tmp_path, "\n".join([head, *lines]) + "\n", "2019-06-17")
    cells = {("BE", "2018-11"): (900.0, ""), ("BE", "2018-12"): (905.0, "p"),
             ("DE", "2018-11"): (None, "c"), ("DE", "2018-12"): (800.0, "")}  # fmt: skip
    path = tmp_path / "answer.json"
    path.write_bytes(answer(CODE, cells, applicant="FRST"))
    assert load_file(path, extracted=_day("2019-06-17")).stored.extraction == first
    said = [
        f"ESTAT:MIGR_ASYAPPCTZM(1.0),17/06/19 11:00:00,M,PER,TOTAL,T,FRST,TOTAL,{geo},{when},"
        f"{'' if value is None else int(value)},{flags}"
        for (geo, when), (value, flags) in cells.items()
    ]
    path = tmp_path / "answer.csv"
    path.write_text("\n".join([SDMX, *said]) + "\n")
    assert load_file(path, extracted=_day("2019-06-17")).stored.extraction == first
    assert (first.cells, Extraction.objects.count()) == (4, 1)
