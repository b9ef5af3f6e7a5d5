"""A refusal in the language of the person who is refused.

Wagtail says it when its own view, with the person's language, has been left.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from wagtail.admin import auth


def refuse_in_their_language() -> None:
    """Called once, when Django starts."""
    theirs = auth.permission_denied

    def permission_denied(request: HttpRequest) -> HttpResponse:
        """Back to the beginning of the admin, with a sentence."""
        profile = getattr(request.user, "wagtail_userprofile", None)
        if profile is None:
            return theirs(request)
        with override(profile.get_preferred_language()):
            return theirs(request)

    auth.permission_denied = permission_denied
