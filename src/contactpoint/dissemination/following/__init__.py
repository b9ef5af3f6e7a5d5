"""Asking to be told, and asking no more: public pages without an account."""
