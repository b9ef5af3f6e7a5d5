"""Addresses of a consultation and of what is taken away from it, without asking the resolver."""

from typing import Final

FORMATS: Final = ("csv", "xlsx", "json")


def consultations_url(language: str) -> str:
    """The list of all."""
    return f"/{language}/consultations/"


def round_url(code: str, language: str) -> str:
    """The page of a round."""
    return f"/{language}/consultations/{code}/"


def file_url(code: str, language: str, format: str) -> str:
    """The public tables as a file."""
    return f"/{language}/consultations/{code}/results.{format}"


def codebook_url(code: str, language: str) -> str:
    """What the codes in the public CSV mean."""
    return f"/{language}/consultations/{code}/codebook.csv"


def editors_url(code: str, language: str) -> str:
    """Results as they come in, for editors."""
    return f"/{language}/consultations/{code}/results/"


def responses_url(code: str, language: str, format: str) -> str:
    """Responses one by one, for editors."""
    return f"/{language}/consultations/{code}/responses.{format}"
