"""Registers this app's pages of the admin with Wagtail."""

from contactpoint.consultations.drafting import admin_hooks  # noqa: F401 — registers itself
