"""Documents to search and engines to compare with, for `search_speed.py`."""
