"""Finds what is published, from words and from concepts."""
