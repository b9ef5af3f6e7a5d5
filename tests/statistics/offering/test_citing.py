"""Whoever quotes a figure is told how, in their language, and what isn't the source's own."""

import json

import pytest
from made_tables import JUNE, part, table

from contactpoint.figures import vintage
from contactpoint.kit.citing import bibtex, csl, ris, sentence
from contactpoint.statistics.offering.citing import (
    cited,
    dataset_address,
    licence_of,
    remarks,
    reuse,
    source_line,
    source_lines,
)

MONTHLY = part({"BE": {"2018-12": 5.0}})
CODE = "Eurostat (migr_asyappctzm)"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Source: Eurostat (migr_asyappctzm), extracted 17 June 2019"),
        ("fr", "Source\u00a0: Eurostat (migr_asyappctzm), données extraites le 17 juin 2019"),
        ("nl", "Bron: Eurostat (migr_asyappctzm), opgehaald op 17 juni 2019"),
        ("de", "Quelle: Eurostat (migr_asyappctzm), Datenstand 17. Juni 2019"),
    ],
)
def test_the_source_is_named_with_its_table_and_day(language: str, expected: str) -> None:
    assert source_line(CODE, JUNE, language) == expected


def test_each_table_and_each_day_is_named_once() -> None:
    later = part({}, name="two", vintage=vintage("2019-09-16"))
    assert source_lines([MONTHLY, part({}, name="three"), later], "en") == [
        "Source: Eurostat (migr_asyappctzm), extracted 17 June 2019",
        "Source: Eurostat (migr_asyappctzm), extracted 16 September 2019",
    ]


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_what_was_computed_or_made_up_is_said_to_be_so_in_every_language(language: str) -> None:
    assert remarks(is_computed=False, is_example=False, language=language) == []
    example, computed = remarks(is_computed=True, is_example=True, language=language)
    assert "Eurostat" in computed
    assert "Contactpoint" in computed
    assert (example == "Example series, not official figures") == (language == "en")
    assert ("Computed" in computed) == (language == "en")
    assert ("again" in reuse(language)) == (language == "en")


def test_a_chart_is_cited_as_data_of_its_source_of_that_day() -> None:
    one = cited(table(MONTHLY))
    assert sentence(one) == (
        "Eurostat (2019). First-time applicants. migr_asyappctzm. Contactpoint. "
        "https://portal.example/en/statistics/first-time-applicants/"
    )
    assert "date = {2019-06-17}" in bibtex(one)
    assert "note = {Source: Eurostat (migr\\_asyappctzm), extracted 17 June 2019}" in bibtex(one)
    assert ris(one).startswith("TY  - DATA\r\nAU  - Eurostat\r\n")
    item = json.loads(csl(one))[0]
    assert (item["type"], item["issued"]["date-parts"]) == ("dataset", [[2019, 6, 17]])


def test_a_citation_of_an_example_says_what_it_is() -> None:
    made = table(part({"BE": {"2018-12": 5.0}}, is_example=True, vintage=vintage("2019-06")))
    assert "Example series, not official figures" in bibtex(cited(made))
    assert "date = {2019-06}" in bibtex(cited(made))
    assert licence_of(made) == ""


def test_a_table_has_its_address_at_eurostat() -> None:
    assert dataset_address("migr_asyappctzm") == (
        "https://ec.europa.eu/eurostat/databrowser/view/migr_asyappctzm/default/table"
    )
