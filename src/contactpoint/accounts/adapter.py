"""How allauth behaves here: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up: operators and administrators create users."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
