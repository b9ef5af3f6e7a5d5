"""The kind of an answer follows the Accept header, as HTTP reads it."""

import pytest

from contactpoint.glossary.negotiation import preferred

OFFERED = ["text/html", "text/turtle", "application/rdf+xml", "application/ld+json"]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        (BROWSER, "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("text/turtle;q=0.5, application/rdf+xml;q=0.7", "application/rdf+xml"),
        ("text/turtle;q=0.5, */*;q=0.1", "text/turtle"),
        ("text/*;q=0.3, text/turtle;q=0.2, application/ld+json;q=0.25", "text/html"),
        ("text/html;q=0, */*", "text/turtle"),
        ("text/*;q=0, */*;q=0.1", "application/rdf+xml"),
        ("application/ld+json, text/turtle", "text/turtle"),
        ('application/ld+json;profile="urn:compacted"', "application/ld+json"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("nonsense", None),
        (", ,;;,", "text/html"),
    ],
)  # fmt: skip
def test_the_kind_that_is_wanted_most_is_chosen(accept: str | None, wanted: str | None) -> None:
    assert preferred(accept, OFFERED) == wanted


def test_a_header_of_any_length_costs_little() -> None:
    assert preferred("image/png," * 100_000 + "text/turtle", OFFERED) is None
