"""Finds outputs that are there already: by source address, title and text."""
