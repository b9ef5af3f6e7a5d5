"""Keeps the index true: documents as engines take them, what has changed, and building anew."""
