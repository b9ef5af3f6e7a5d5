"""Ranking concepts for a document: what labels say, and what classified documents teach.

Needs numpy, so nothing here is imported until somebody ranks or trains. A `Suggester` reads the
labels of schemes; `train` makes one that has learned from documents. See
`docs/decisions/0013-learning-to-suggest.md`.
"""
