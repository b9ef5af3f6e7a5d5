"""What machines and those who quote take away: data, citations, embeds.

tables.py      figures with all that has to be said beside them
citing.py      where they come from, how they are cited, what may be done with them
formats/       tables as CSV, JSON, Excel and JSON-stat
describing.py  a table as schema.org's Dataset
answering.py   answers that programs of other sites may read, and keep
views.py       the addresses of data
embedding.py   a page for the frames of other sites
"""
