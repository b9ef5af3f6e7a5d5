"""What states and respondents answered, in the catalogue and in dumps: only while it is public."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from consulting import made_query, state_answers
from dcat_ap import faults
from django.test import Client
from factories import MadeSite
from rdflib import DCAT, Graph, URIRef
from surveyed import make_survey

from contactpoint.api.dumps.making import make
from contactpoint.consultations.models import Answer, Round


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any, site: MadeSite) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def query() -> Round:
    found = made_query()
    state_answers(found, "BE", {"feasible": "no", "why": "Too few places."}, language="en")
    state_answers(found, "FR", {"feasible": "yes", "why": "Secret."}, Answer.Dissemination.NETWORK)
    return found


def catalogue() -> Graph:
    found = Graph().parse(data=Client().get("/catalogue.ttl").content, format="turtle")
    assert list(faults(found)) == []
    return found


def files(found: Graph, name: str) -> list[str]:
    dataset = URIRef(f"http://localhost:8000/catalogue#{name}")
    return [
        str(found.value(one, DCAT.accessURL)).removeprefix("http://localhost:8000")
        for one in found.objects(dataset, DCAT.distribution)
    ]


def test_a_query_with_public_answers_is_a_dataset_until_they_are_taken_back(query: Round) -> None:
    urls = files(catalogue(), f"query-{query.code}")
    assert len(urls) == 4
    for url in urls:
        assert Client().get(url).status_code == 200, url
    Answer.objects.update(dissemination=Answer.Dissemination.NETWORK)
    assert files(catalogue(), f"query-{query.code}") == []


def test_a_survey_is_a_dataset_while_its_tables_are_public() -> None:
    survey = make_survey()
    urls = files(catalogue(), f"survey-{survey.code}")
    assert len(urls) == 3
    for url in urls:
        assert Client().get(url).status_code == 200, url
    survey.published_at = None
    survey.save()
    assert files(catalogue(), f"survey-{survey.code}") == []


def test_answers_are_in_a_dump_and_taken_back_with_it(query: Round) -> None:
    dump = make()
    with gzip.open(dump.folder / "queries.ndjson.gz", "rt", encoding="utf-8") as lines:
        (told,) = [json.loads(line) for line in lines]
    assert {one["country"] for one in told["answers"]} == {"BE"}
    assert "Secret" not in json.dumps(told)
    assert Client().get("/dumps/latest/queries.ndjson.gz").status_code == 200
    Answer.objects.filter(question="why").update(dissemination=Answer.Dissemination.NETWORK)
    assert Client().get("/dumps/latest/queries.ndjson.gz").status_code == 404
