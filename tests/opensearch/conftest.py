"""One cluster for all tests here; each test has indexes of its own in it."""

import itertools
from collections.abc import Iterator

import pytest
from opensearch_cluster import Cluster

from contactpoint.search.engines.opensearch import OpenSearchEngine, make

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Three nodes that know each other."""
    with Cluster() as running:
        yield running


@pytest.fixture
def address(cluster: Cluster) -> Iterator[str]:
    """Where an engine finds the cluster, with a prefix that no other test uses."""
    prefix = f"test{next(_numbers)}"
    yield f"http://{cluster.hosts()}/{prefix}"
    cluster.ask(f"/{prefix}-*,{prefix}.*", method="DELETE")


@pytest.fixture
def engine(address: str) -> OpenSearchEngine:
    """An engine without an index."""
    made = make(address)
    assert isinstance(made, OpenSearchEngine)
    return made
