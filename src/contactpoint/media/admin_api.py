"""Which documents the admin offers: what any reader may have, and what the visitor may change."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.permissions import permission_policy

from contactpoint.media.models import CustomDocument
from contactpoint.media.visibility import public


class DocumentsAPI(DocumentsAdminAPIViewSet):
    """What the admin's scripts may ask of documents."""

    def get_queryset(self) -> "QuerySet[CustomDocument]":
        """Of all that there are those that are for the visitor."""
        return readable(self.request.user, super().get_queryset())


def readable(user: Any, documents: "QuerySet[Any]") -> "QuerySet[Any]":
    """A closed collection keeps even the titles from who changes none of its documents."""
    own = permission_policy.instances_user_has_permission_for(user, "change")
    found = CustomDocument.objects.filter(
        Q(pk__in=public(CustomDocument.objects.all()).values("pk")) | Q(pk__in=own.values("pk"))
    )
    return documents.filter(pk__in=found.values_list("pk", flat=True))
