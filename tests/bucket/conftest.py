"""A bucket in the place of the folder of files."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from buckets import BucketServer
from factories import MadeSite, make_site
from storing_in_bucket import use

from contactpoint.media.bucket import BucketStorage

_numbers = count(1)


@pytest.fixture(scope="session")
def bucket_server() -> Iterator[BucketServer]:
    server = BucketServer()
    yield server
    server.stop()


@pytest.fixture
def bucket(bucket_server: BucketServer, settings: Any) -> BucketStorage:
    """An empty folder of the bucket."""
    return use(settings, **bucket_server.options, folder=f"test-{next(_numbers)}/files")


@pytest.fixture
def away(bucket_server: BucketServer, settings: Any) -> BucketStorage:
    """Nobody answers there."""
    return use(settings, **bucket_server.options | {"endpoint": "http://127.0.0.1:1"})


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site()
