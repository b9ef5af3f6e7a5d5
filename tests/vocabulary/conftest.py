"""A small vocabulary of our own, and the shipped one, compiled once a test run."""

from pathlib import Path

import pytest

from contactpoint.vocabulary import Vocabulary, read_turtle

DATA = Path(__file__).parent / "data"
SOURCE = Path(__file__).parents[2] / "src" / "contactpoint"
SHIPPED = {
    "glossary": SOURCE / "glossary/data/glossary.ttl",
    "kinds": SOURCE / "outputs/data/kinds.ttl",
    "places": SOURCE / "network/data/places.ttl",
}


@pytest.fixture(scope="session")
def topics() -> Path:
    return DATA / "topics.ttl"


@pytest.fixture(scope="session")
def vocabulary(topics: Path) -> Vocabulary:
    return Vocabulary([read_turtle(topics), read_turtle(DATA / "forms.ttl")])


@pytest.fixture(scope="session")
def shipped() -> Vocabulary:
    return Vocabulary(read_turtle(path, scheme_id=name) for name, path in SHIPPED.items())
