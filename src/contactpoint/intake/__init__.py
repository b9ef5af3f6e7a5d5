"""Reads old sites' listings into classified items, through a review list."""
