"""The contract of all engines, on three nodes."""

import pytest
from search.engines.contract import Contract

pytestmark = pytest.mark.xdist_group("opensearch")


class TestOpenSearch(Contract):
    """Each test has a fresh prefix in the cluster (see `conftest.engine`)."""

    examples = 60
