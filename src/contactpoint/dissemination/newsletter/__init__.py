"""The newsletter: issues made from what is new, arranged by editors, sent, and kept in public."""
