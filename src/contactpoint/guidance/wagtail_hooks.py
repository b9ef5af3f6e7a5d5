"""Puts guidance into the admin."""

from wagtail.snippets.models import register_snippet

from contactpoint.guidance.viewsets import GuidanceGroup

register_snippet(GuidanceGroup)
