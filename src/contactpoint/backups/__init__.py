"""Copies of all that the portal holds: made while it runs, tried aside, and put back whole."""
