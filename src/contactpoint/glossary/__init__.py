"""Concepts and themes: what everything is about."""
