"""The index in an OpenSearch cluster, for a network that outgrows one machine."""

from contactpoint.search.engines.opensearch.engine import OpenSearchEngine, make

__all__ = ["OpenSearchEngine", "make"]
