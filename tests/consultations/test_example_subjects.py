"""The examples of the demo are about concepts that the portal knows."""

import tomllib

import pytest

from contactpoint.consultations.demonstration import FOLDER
from contactpoint.glossary.actions import load_shipped
from contactpoint.glossary.models import Concept


@pytest.mark.django_db
def test_each_concept_of_an_example_is_one_of_the_shipped_glossary() -> None:
    load_shipped()
    named = {
        concept
        for path in FOLDER.glob("*.toml")
        for round in tomllib.loads(path.read_text())["rounds"]
        for concept in round["concepts"]
    }
    assert named
    assert named <= set(Concept.objects.values_list("slug", flat=True))
