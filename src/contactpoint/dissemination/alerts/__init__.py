"""Mails that tell what happened: at once, daily, weekly."""
