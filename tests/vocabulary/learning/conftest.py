"""A suggester made from small real data, taught once a test run."""

from pathlib import Path

import pytest

from contactpoint.vocabulary import read_turtle
from contactpoint.vocabulary.learning.documents import Document, read_documents
from contactpoint.vocabulary.learning.suggester import Suggester

DATA = Path(__file__).parents[1] / "data"
ARCHAEOLOGY = DATA / "archaeology"


@pytest.fixture(scope="session")
def archaeology() -> Path:
    return ARCHAEOLOGY / "yso-archaeology.ttl"


@pytest.fixture(scope="session")
def lessons() -> list[Document]:
    return read_documents(ARCHAEOLOGY / "documents.tsv")[:1200]


@pytest.fixture(scope="session")
def unseen() -> list[Document]:
    return read_documents(ARCHAEOLOGY / "documents.tsv")[1200:]


@pytest.fixture(scope="session")
def untaught(archaeology: Path) -> Suggester:
    scheme = read_turtle(archaeology, scheme_id="archaeology")
    return Suggester.compile([scheme], ["fi", "sv", "en"])


@pytest.fixture(scope="session")
def taught(untaught: Suggester, lessons: list[Document]) -> Suggester:
    return untaught.taught({"fi": lessons})


@pytest.fixture(scope="session")
def topics_suggester() -> Suggester:
    schemes = [read_turtle(DATA / "topics.ttl"), read_turtle(DATA / "forms.ttl")]
    return Suggester.compile(schemes, ["en", "nl", "sv", "de"])
