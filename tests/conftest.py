"""What all tests share."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """A cache outlives the transaction of a test; what one test kept is not the next one's."""
    cache.clear()
    yield
    cache.clear()
