"""Pages as a reader of the site gets them: their parts, found by name."""

from collections.abc import Callable

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as Page

Reader = Callable[..., Page]


@pytest.fixture
def read(client: Client, guides: None) -> Reader:
    """Opens an address of guidance and gives the page back."""

    def opened(path: str, status: int = 200) -> Page:
        answer = client.get(path)
        assert answer.status_code == status
        return Page(answer.content.decode())

    return opened
