"""Guidance where the site is not: on a phone without a line, in a file, on paper, in a message."""
