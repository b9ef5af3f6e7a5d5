"""What `search_quality.py` stands on: the judged needs, the measures, and what is compared."""
