"""The schemes that a round trip is tried on, read once a test run."""

from pathlib import Path

import pytest

from contactpoint.vocabulary import (
    Definition,
    Label,
    Note,
    Scheme,
    VocabularyConcept,
)
from contactpoint.vocabulary.formats import read

HERE = Path(__file__)
DATA = HERE.parents[1] / "data"
GLOSSARY = HERE.parents[3] / "src/contactpoint/glossary/data/glossary.ttl"


def shared(name: str) -> Path:
    """A file of the data that is laid beside the project; the test is skipped where it is not."""
    for folder in HERE.parents:
        if (path := folder / "shared" / "data" / name).exists():
            return path
    pytest.skip(f"NOT TESTED: shared/data/{name} is not beside the project")


@pytest.fixture(scope="session")
def glossary() -> Scheme:
    return read(GLOSSARY)


@pytest.fixture(scope="session")
def unesco_file() -> Path:
    return shared("unesco/unescothes.ttl")


@pytest.fixture(scope="session")
def unesco(unesco_file: Path) -> Scheme:
    return read(unesco_file)


@pytest.fixture(scope="session")
def eurovoc_file() -> Path:
    return shared("eurovoc/eurovoc.ttl")


@pytest.fixture(scope="session")
def whole() -> Scheme:
    """A scheme in which every field of the model says something, the awkward things too."""
    concepts = [
        VocabularyConcept(
            id="asylum",
            uri="https://example.org/c/asylum",
            labels=(
                Label("Asyl", "de"),
                Label("asylum", "en"),
                Label("asylum of the Union", "en", variant="EU acquis"),
                Label("asyl", "nb"),
                Label("asyl", "nn"),
                Label("azil", "sr-latn"),
                Label("Asylrecht", "de", "alternative"),
                Label("Asylgewährung", "de", "alternative", "AT"),
                Label("24/7; a / b \\ (AT)", "en", "alternative"),
                Label("asylum (EU acquis)", "en", "alternative"),
                Label("old: ‘asylum’", "en", "alternative", "Usage (of 1951), rare"),
                Label("droit d'asile", "fr", "alternative", "LU"),
                Label("=HYPERLINK(1)", "en", "hidden"),
            ),
            definitions=(
                Definition("Schutz durch einen Staat; auf Dauer.", "de", "GG / Art. 16a"),
                Definition("Protection by a state.", "en", "https://example.org/law?a=1", "EU"),
                Definition("A second meaning.", "en", "Directive 2011/95/EU", "global"),
                Definition("Protection of any kind.", "en", "", "global"),
            ),
            narrower=("return",),
            related=("exile",),
            exact_matches=("http://eurovoc.europa.eu/5265", "https://example.net/a?b=c#d"),
            close_matches=("https://example.net/near",),
            notation="A.1\\2",
            notes=(
                Note("In no language.", "", "note"),
                Note("Two\nlines: and 'quotes' \"here\".", "en", "scope"),
                Note("- begins with a dash", "en", "editorial"),
                Note("EN: looks like a tag", "fr", "history"),
                Note("1998", "en", "change"),
                Note("an example", "en", "example"),
            ),
            other=(
                (
                    "<http://purl.org/dc/terms/created>",
                    '"2001-01-01"^^<http://www.w3.org/2001/XMLSchema#date>',
                ),
                ("<http://www.w3.org/2004/02/skos/core#topConceptOf>", "<https://example.org/s>"),
            ),
        ),
        VocabularyConcept(
            id="exile",
            uri="https://example.org/c/exile",
            labels=(Label("exile", "en"), Label("exil", "fr")),
            related=("asylum",),
            status="deprecated",
            replaced_by="asylum",
        ),
        VocabularyConcept(
            id="return",
            uri="https://example.org/c/return",
            labels=(Label("asylum", "fr"), Label("retour", "nl")),
            broader=("asylum",),
            status="proposed",
        ),
    ]
    return Scheme(
        id="s",
        version="2.1 beta",
        concepts={concept.id: concept for concept in concepts},
        labels=(Label("A scheme", "en"), Label("Un schéma", "fr")),
        uri="https://example.org/s",
        other=(
            ("<https://example.org/s>", "<http://purl.org/dc/terms/license>", "<urn:licence>"),
            ("<https://example.org/x>", "<https://example.org/y>", '"a\tb \\" and \\\\"@en-GB'),
        ),
    )  # fmt: skip
