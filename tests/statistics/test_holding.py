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
