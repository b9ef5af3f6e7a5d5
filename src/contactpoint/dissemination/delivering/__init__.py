"""Mails to many: each exactly once, in the portal's own time."""
