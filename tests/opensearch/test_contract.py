"""The contract of all engines, on three nodes."""

from search.engines.contract import Contract


class TestOpenSearch(Contract):
    """Each test has a fresh prefix in the cluster (see `conftest.engine`)."""

    examples = 60
