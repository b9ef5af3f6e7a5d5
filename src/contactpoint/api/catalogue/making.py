"""All datasets together, written."""

from contactpoint.api.catalogue.datasets import glossary, lists
from contactpoint.api.catalogue.features import figures, queries, surveys
from contactpoint.api.catalogue.graph import graph_of


def made(format_name: str) -> bytes:
    """The catalogue as it is now, in a format of rdflib's."""
    datasets = [*lists(), *glossary(), *figures(), *queries(), *surveys()]
    return graph_of(datasets).serialize(format=format_name, encoding="utf-8")
