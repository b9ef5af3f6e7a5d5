"""Statistics are found by the names of indicators and countries, in every language."""

import re
from typing import Any

import pytest
from factories import make_concept, make_theme
from made_answers import MONTHS, answer, applicants
from storing import kept

from contactpoint.figures import SurprisingError
from contactpoint.search import sources
from contactpoint.search.models import Change, Index
from contactpoint.search.sources.statistics import Statistics, all_keys
from contactpoint.statistics.actions import load_shipped
from contactpoint.statistics.models import Extraction

VALUES = [1500, 1520, 1525, 1700, 1720, 1765]
INDICATOR = "statistics:indicator-first-time-applicants"
GREECE = "statistics:country-el"


@pytest.fixture
def concept(db: None) -> None:
    make_theme("asylum", parent="protection").concepts.add(
        make_concept(
            "first-time-applicant",
            en="first-time applicant",
            nl="eerste verzoeker",
            definitions={"en": {"text": "Somebody who asks for the first time."}},
        )
    )


def test_an_indicator_has_the_glossarys_names_too_and_is_found_by_its_table(concept: None) -> None:
    kept(applicants(EL=VALUES, EU27_2020=VALUES))
    (found,) = sources.documents([INDICATOR])
    assert found.kind == "statistics"
    assert [(one.language, one.title, one.url) for one in found.versions] == [
        ("en", "First-time asylum applicants", "/en/statistics/first-time-applicants/"),
        ("fr", "Primo-demandeurs d’asile", "/fr/statistics/first-time-applicants/"),
        ("nl", "Eerste asielaanvragers", "/nl/statistics/first-time-applicants/"),
        ("de", "Erstmalige Asylbewerber", "/de/statistics/first-time-applicants/"),
    ]
    assert found.versions[0].teaser == "Somebody who asks for the first time."
    assert "migr_asyappctzm" in found.versions[0].text
    assert "Griekenland" in found.versions[2].text
    assert found.names == {"en": ["first-time applicant"], "nl": ["eerste verzoeker"]}
    assert (found.concepts, found.themes) == (["first-time-applicant"], ["asylum"])
    assert found.parents == ["protection"]


def test_a_country_is_found_by_its_name_and_as_the_country_that_it_is(concept: None) -> None:
    kept(applicants(EL=VALUES, EU27_2020=VALUES))
    (found,) = sources.documents([GREECE, "statistics:country-be", "statistics:country-eu27_2020"])
    assert found.countries == ["GR"]
    assert [(one.title.split()[-1], one.url) for one in found.versions] == [
        ("Greece", "/en/statistics/countries/el/"),
        ("Grèce", "/fr/statistics/countries/el/"),
        ("Griekenland", "/nl/statistics/countries/el/"),
        ("Griechenland", "/de/statistics/countries/el/"),
    ]
    assert found.versions[0].teaser == "First-time asylum applicants"


def test_what_has_no_figure_is_not_told(concept: None) -> None:
    assert sources.documents(all_keys()) == []


def test_what_was_set_aside_is_not_told(concept: None) -> None:
    kept(applicants(BE=VALUES))
    with pytest.raises(SurprisingError):
        kept(applicants(BE=VALUES, EL=VALUES), "2019-09-16")
    assert Extraction.objects.filter(state="aside").exists()
    assert sources.documents([GREECE]) == []
    kept(applicants(BE=VALUES, EL=VALUES), "2019-09-16", accept=True)
    assert [one.key for one in sources.documents([GREECE])] == [GREECE]


def test_what_was_printed_is_told_where_no_table_is_there(concept: None) -> None:
    load_shipped()
    assert {one.key for one in sources.documents([INDICATOR, GREECE])} == {INDICATOR, GREECE}
    kept(applicants(BE=VALUES))
    assert {one.key for one in sources.documents([INDICATOR, GREECE])} == {INDICATOR}


def test_it_costs_six_queries_however_many(concept: None, django_assert_num_queries: Any) -> None:
    kept(applicants(BE=VALUES, EL=VALUES))
    kept(answer("migr_asypenctzm", {("BE", when): (1.0, "") for when in MONTHS}))
    with django_assert_num_queries(6):
        assert len(sources.documents(all_keys())) == 4


def test_a_walk_over_all_can_be_taken_up_anywhere(db: None) -> None:
    assert list(Statistics().keys()) == []
    load_shipped()
    every = list(Statistics().keys())
    assert {INDICATOR, GREECE} < set(every) < set(all_keys())
    assert every == sorted(every)
    assert list(Statistics().keys(every[1])) == every[2:]
    assert all(re.fullmatch(r"statistics:(indicator|country)-[a-z0-9-]+", one) for one in every)


def test_an_extraction_lets_the_index_look_again_and_one_set_aside_does_not(db: None) -> None:
    Index.objects.create(name="one", state=Index.State.CURRENT)
    kept(applicants(BE=VALUES))
    assert set(Change.objects.values_list("key", "hides")) == {(key, False) for key in all_keys()}
    Change.objects.all().delete()
    with pytest.raises(SurprisingError):
        kept(applicants(BE=VALUES, EL=VALUES), "2019-09-16")
    assert not Change.objects.exists()
    Extraction.objects.filter(state="aside").delete()
    assert not Change.objects.exists()
    Extraction.objects.all().delete()
    assert set(Change.objects.values_list("key", "hides")) == {(key, True) for key in all_keys()}
