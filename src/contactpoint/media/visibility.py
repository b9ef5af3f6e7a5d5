"""Which files any reader may have: those that no closed collection holds."""

from typing import Any, TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import CollectionViewRestriction

Files = TypeVar("Files", bound="QuerySet[Any]")


def public(files: Files) -> Files:
    """The documents or recordings that any reader may have; whoever may not be asked for them must
    not hear of their text, their title or their number either.
    """
    closed = CollectionViewRestriction.objects.annotate(
        candidate=ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    ).filter(candidate__startswith=F("collection__path"))
    return files.filter(~Exists(closed.values("pk")))
