"""The desk: what keeps what is published true, and how editors work on it together."""
