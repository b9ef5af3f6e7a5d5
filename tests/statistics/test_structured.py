"""What machines read of an indicator says who counted, as the page does."""

from datetime import date
from pathlib import Path
from typing import Any

from django.http import QueryDict
from factories import make_concept
from made_answers import applicants
from storing import Keep

from contactpoint.statistics.choosing import Choice, chosen
from contactpoint.statistics.examples import load_examples
from contactpoint.statistics.loading import load_file
from contactpoint.statistics.structured import dataset_block

MAPPING = """
dataset = "be-reception"
publisher = "Example agency"
title = "Places"
unit = "PLACE"
kind = "stock"
[dimensions.geo]
constant = "BE"
[dimensions.time]
across = true
[indicators.be-places]
concept = "reception-capacity"
"""


def block(name: str) -> dict[str, Any]:
    return dataset_block(chosen(Choice.read(name, QueryDict(""))), name, None, "en")


def test_a_table_of_eurostat_comes_from_eurostat(keep: Keep) -> None:
    keep(applicants(BE=[1500.0] * 6))
    found = block("first-time-applicants")
    assert found["creator"] == {"@type": "Organization", "name": "Eurostat"}
    assert "migr_asyappctzm" in found["isBasedOn"]
    assert "creativecommons" in found["license"]


def test_a_national_table_comes_from_its_agency(db: None, tmp_path: Path) -> None:
    make_concept("reception-capacity")
    table, mapped = tmp_path / "places.csv", tmp_path / "places.toml"
    table.write_text("2018-Q3,2018-Q4\n100,110\n")
    mapped.write_text(MAPPING)
    load_file(table, mapped=mapped, extracted=date(2019, 6, 17))
    found = block("be-places")
    assert found["creator"]["name"] == "Example agency"
    assert {"isBasedOn", "license"} & set(found) == set(), "nobody knows what may be done with it"


def test_an_invented_series_has_no_creator(db: None) -> None:
    load_examples("migr_asypenctzm")
    found = block("pending")
    assert {"creator", "isBasedOn", "license"} & set(found) == set()
    assert found["creativeWorkStatus"] == "Example series, not official figures"
