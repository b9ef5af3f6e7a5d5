"""What all tests share: nothing of one test's is left to the next."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _clean_process() -> Iterator[None]:
    """A cache outlives a test's transaction, and a request leaves its language to the thread."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
