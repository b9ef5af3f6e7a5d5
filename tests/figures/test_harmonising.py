"""Files of before and of after say the same figures."""

from datetime import date

import pytest
from made_cubes import cube_of

from contactpoint.figures.datasets import dataset, datasets, indicators
from contactpoint.figures.errors import FiguresError, UnreadableError
from contactpoint.figures.formats import read, rows
from contactpoint.figures.harmonising import harmonised, harmonised_rows
from contactpoint.figures.places import is_country, is_group

BEFORE = (
    "unit,citizen,sex,asyl_app,age,geo\\time\t2018M12 \t2018M11 \n"
    "PER,GB,T,NASY_APP,TOTAL,GR\t5 p\t: \n"
    "PER,GB,T,ASY_APP,TOTAL,GR\t10 \t15 \n"
)
NOW = (
    "freq,unit,citizen,sex,applicant,age,geo\\TIME_PERIOD\t2018-11 \t2018-12 \n"
    "M,PER,UK,T,FRST,TOTAL,EL\t: \t5 p\n"
    "M,PER,UK,T,TOTAL,TOTAL,EL\t15 \t10 \n"
)
APPLICANTS = dataset("migr_asyappctzm")


def test_a_file_of_before_becomes_the_file_of_after() -> None:
    before, now = (harmonised(read(text.encode()), APPLICANTS) for text in (BEFORE, NOW))
    assert before == now
    assert [one.id for one in now.dimensions] == list(APPLICANTS.dimensions)
    assert now.time.codes == ("2018-11", "2018-12")
    assert now.origin.dataset == "migr_asyappctzm"


@pytest.mark.parametrize("text", [BEFORE, NOW])
def test_rows_that_are_not_held_become_the_same(text: str) -> None:
    found = harmonised_rows(rows(text.encode()), APPLICANTS)
    assert found.ids == APPLICANTS.dimensions
    assert found.origin.dataset == "migr_asyappctzm"
    assert sorted(found, key=str) == sorted(
        harmonised(read(text.encode()), APPLICANTS).rows(), key=str
    )


def test_rows_with_two_names_of_one_dimension_are_refused_before_the_first() -> None:
    twice = "asyl_app,applicant,geo\\time\t2018M12 \nNASY_APP,FRST,BE\t5 \n"
    with pytest.raises(UnreadableError, match="two dimensions both mean applicant"):
        harmonised_rows(rows(twice.encode()), APPLICANTS)


def test_a_code_of_before_beside_one_of_after_is_refused() -> None:
    both = NOW + "M,PER,UK,T,NASY_APP,TOTAL,EL\t: \t7 \n"
    with pytest.raises(
        UnreadableError,
        match=r"cell freq M, .* applicant FRST, .* geo EL, time 2018-11 stands under a code of tod",
    ):
        harmonised(read(both.encode()), APPLICANTS)


def test_two_names_of_one_dimension_are_refused() -> None:
    twice = "asyl_app,applicant,geo\\time\t2018M12 \nNASY_APP,FRST,BE\t5 \n"
    with pytest.raises(UnreadableError, match="two dimensions both mean applicant"):
        harmonised(read(twice.encode()), APPLICANTS)


def test_what_is_no_period_is_refused_with_its_dimension() -> None:
    with pytest.raises(UnreadableError, match="dimension time: '2018-W05' is no period"):
        harmonised(cube_of({("BE", "2018-W05"): "5"}), APPLICANTS)


def test_codes_that_nobody_had_to_change_stay() -> None:
    cube = cube_of({("BE", "2018-12"): "5 bp", ("XK", "2018-12"): ":"}, extracted=date(2020, 1, 2))
    again = harmonised(cube, APPLICANTS)
    assert [row.codes for row in again.rows()] == [("M", "BE", "2018-12"), ("M", "XK", "2018-12")]
    assert again.origin.extracted == date(2020, 1, 2)


def test_all_datasets_to_start_with_are_configured() -> None:
    wanted = {"migr_asyappctzm", "migr_asyappctza", "migr_asydcfstq", "migr_asydcfina",
              "migr_asypenctzm", "migr_asyumactm", "migr_asyresa", "migr_asytpsm",
              "migr_resfirst", "migr_eiord", "migr_eirtn", "demo_pjan"}  # fmt: skip
    assert set(datasets()) == wanted
    assert {one.dataset.code for one in indicators().values()} == wanted
    for one in datasets().values():
        assert {"geo", "time", "freq", "unit"} <= set(one.dimensions)
        assert one.seen, one.code
        assert set(one.codes) | set(one.names.values()) <= set(one.dimensions)
    for what in indicators().values():
        assert set(what.codes) <= set(what.dataset.dimensions), what.name


def test_pending_applications_and_protected_persons_are_stocks() -> None:
    kinds = {code: one.kind for code, one in datasets().items() if one.kind != "flow"}
    assert kinds == {"migr_asypenctzm": "stock", "migr_asytpsm": "stock", "demo_pjan": "opening"}


def test_an_unknown_dataset_names_those_that_there_are() -> None:
    with pytest.raises(FiguresError, match=r"No dataset 'migr_x' is configured\. .*demo_pjan"):
        dataset("MIGR_X")


def test_groups_and_people_without_a_country_are_no_countries() -> None:
    assert [code for code in ("BE", "EL", "UK", "EU", "STLS", "TOTAL") if is_country(code)] == [
        "BE", "EL", "UK",
    ]  # fmt: skip
    assert all(map(is_group, ("EU", "EU28", "EU27_2020", "EXT_EU27_2020", "EA20", "TOTAL")))
    assert not any(map(is_group, ("EE", "BE", "STLS")))
