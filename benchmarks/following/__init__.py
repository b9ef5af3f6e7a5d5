"""Rules and items for `alerts.py`, and what it measures in one process on one database."""
