"""Which documents any reader may have: those that no closed collection holds."""

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import CollectionViewRestriction

from contactpoint.media.models import CustomDocument

Documents = TypeVar("Documents", bound="QuerySet[CustomDocument]")


def public(documents: Documents) -> Documents:
    """The documents that any reader may have; whoever may not be asked for them must not hear of
    their text, their title or their number either.
    """
    closed = CollectionViewRestriction.objects.annotate(
        candidate=ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    ).filter(candidate__startswith=F("collection__path"))
    return documents.filter(~Exists(closed.values("pk")))
