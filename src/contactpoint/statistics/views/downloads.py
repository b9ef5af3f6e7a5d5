"""Where the data and pictures of a page are taken away."""

from typing import Final

from contactpoint.kit.locating import Link
from contactpoint.statistics.addresses import country_url
from contactpoint.statistics.choice import Choice

DATA: Final = (("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"), ("jsonstat", "JSON-stat"))
PICTURES: Final = (("svg", "SVG"), ("png", "PNG"))


def downloads(choice: Choice, language: str) -> list[Link]:
    """An address for each format."""
    return [Link(label, choice.address(data, language)) for data, label in (*DATA, *PICTURES)]


def downloads_of_shape(choice: Choice, language: str, shape: str) -> list[Link]:
    """Another picture of the same figures."""
    made = []
    for data, label in PICTURES:
        address = choice.address(data, language)
        made.append(Link(label, f"{address}{'&' if '?' in address else '?'}as={shape}"))
    return made


def downloads_of_country(geo: str, language: str, query: str) -> list[Link]:
    """All indicators of a country; `query` pins a vintage."""
    end = f"?{query}" if query else ""
    made = [Link("PDF", country_url(geo, language, "pdf"))]
    return made + [Link(label, country_url(geo, language, data) + end) for data, label in DATA]


def downloads_of_comparison(choice: Choice, language: str, shape: str) -> list[Link]:
    """The same for countries beside each other; a picture is drawn in the shape asked for."""
    made = [Link(label, choice.comparison_address(data, language)) for data, label in DATA]
    for data, label in PICTURES:
        address = choice.comparison_address(data, language, **{"as": shape})
        made.append(Link(label, address))
    return made
