"""How a draft is shown before it is live. Pages know texts, so texts ask for the page here."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

_ways: list[Callable[[Any], HttpResponse]] = []


def register(way: Callable[[Any], HttpResponse]) -> None:
    """Say which function shows a text as its page; called once, when Django starts."""
    _ways[:] = [way]


def show(text: Any) -> HttpResponse:
    """The page of a text that may not be saved yet."""
    return _ways[0](text)
