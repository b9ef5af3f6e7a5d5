"""Guidance for applicants: what happens, what they must do and who helps, in their languages."""
