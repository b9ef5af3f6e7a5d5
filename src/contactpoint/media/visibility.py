"""Which files any reader may have: those that no closed collection holds."""

from typing import Any, TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import CollectionViewRestriction

from contactpoint.media.models import CustomDocument
from contactpoint.media.scanning import not_held

Files = TypeVar("Files", bound="QuerySet[Any]")


def public(files: Files) -> Files:
    """The documents or recordings that any reader may have; whoever may not be asked for them must
    not hear of their text, their title or their number either. Nor of a document that is held back
    because nobody knows yet whether it is clean.
    """
    closed = CollectionViewRestriction.objects.annotate(
        candidate=ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    ).filter(candidate__startswith=F("collection__path"))
    files = files.filter(~Exists(closed.values("pk")))
    return not_held(files) if files.model is CustomDocument else files
