"""The shipped glossary, compiled once for these tests."""

import pytest

from contactpoint.glossary.terms import GLOSSARY_FILE
from contactpoint.vocabulary import Vocabulary, read_turtle


@pytest.fixture(scope="session")
def glossary() -> Vocabulary:
    return Vocabulary([read_turtle(GLOSSARY_FILE, scheme_id="glossary")])
