"""The switch of a page whose text explains the glossary's terms; the page's template asks it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def explains_terms_field() -> "models.BooleanField[Any, Any]":
    """On, until an editor switches it off."""
    return models.BooleanField(
        _("explain terms"),
        default=True,
        help_text=_("In the text, the first mention of each glossary term shows its definition."),
    )
