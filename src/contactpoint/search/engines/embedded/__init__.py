"""The engine that needs nothing but a folder: tantivy, in the process that searches.

`engine.py` is the whole; `folders.py` says which index is searched, `schema.py` how a document is
kept, `writing.py` and `reading.py` open an index, `querying.py` puts questions into tantivy's,
`answering.py` finds, orders and counts, `words.py` looks words up.
"""

from contactpoint.search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
