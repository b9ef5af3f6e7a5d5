"""Where the pages of statistics and their data stand."""

from contactpoint.figures.places import place


def statistics_url(language: str) -> str:
    """The overview."""
    return f"/{language}/statistics/"


def indicator_url(name: str, language: str, data: str = "") -> str:
    """The page of an indicator, or its figures in a format of `data`: csv, json, xlsx, svg…"""
    return f"/{language}/statistics/{_ending(name, data)}"


def embed_url(name: str, language: str) -> str:
    """A picture of an indicator for pages of others."""
    return f"/{language}/statistics/{name}/embed/"


def countries_url(language: str) -> str:
    """The list of countries."""
    return f"/{language}/statistics/countries/"


def country_url(code: str, language: str, data: str = "") -> str:
    """The page of a country, by its code in any case, or its data; `pdf` is its sheet."""
    return f"/{language}/statistics/countries/{_ending(country_slug(code), data)}"


def comparison_url(language: str, data: str = "") -> str:
    """Countries beside each other, or their data."""
    return f"/{language}/statistics/{_ending('compare', data)}"


def period_url(code: str, language: str, data: str = "") -> str:
    """The page of a period, by its code: `2018-Q4`."""
    return f"/{language}/statistics/periods/{_ending(code, data)}"


def country_slug(code: str) -> str:
    """A country or group of countries as addresses write it: `be`, `el`, `eu27_2020`."""
    return place(code.upper()).lower()


def _ending(name: str, data: str) -> str:
    return f"{name}.{data}" if data else f"{name}/"
