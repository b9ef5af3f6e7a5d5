"""Contactpoint: a multilingual knowledge portal for a national contact point."""
